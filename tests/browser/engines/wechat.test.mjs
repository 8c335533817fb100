/** The copy page of a WeChat edition, in every engine: what is on the clipboard, and what editors make of it. */
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import { after, before } from 'node:test'
import { BASE, NOW, REPO, binary } from '../site.mjs'
import { inEngines } from '../support/engines.mjs'
import { run } from '../tools.mjs'

const TEXT = `---
title: 集中学习第一课
date: 2021-03-19
署名: {本报记者: 薛宏}
cover: ../photos/a.png
---

这是**《教育整顿进行时》**专栏，见[新华网](https://www.example.com/a?x=1&y=2)[^1]。

## 一、提高认识

- 第一条**粗体**：正文
- 第二条

| 日期 | 内容 |
|---|---|
| 3月8日 | **动员** |

![会场](../photos/a.png "集中学习会场")

> 引文。

[^1]: 这是脚注。
`

/** Makes a column and its edition; gives the folder of the edition. */
function editions() {
  const home = mkdtempSync(join(tmpdir(), 'zhuanlan-wechat-'))
  process.once('exit', () => rmSync(home, { recursive: true, force: true }))
  const files = {
    'column.yaml': `title: 教育整顿进行时\nbase_url: ${BASE}\nsections: [{folder: news, title: 新闻}]\n`,
    'content/news/a.md': TEXT,
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  mkdirSync(join(home, 'content/photos'), { recursive: true })
  cpSync(join(REPO, 'tests/fixtures/pixel.png'), join(home, 'content/photos/a.png'))
  const made = run(binary(), ['wechat', '--root', home, '--now', NOW])
  if (made.code !== 0) throw new Error(`\`zhuanlan wechat\` ended with ${made.code}:\n${made.stderr}`)
  return join(home, 'wechat')
}

const folder = editions()
const page = readFileSync(join(folder, 'news/a/article.html'), 'utf8')
const { linked, spaced } = JSON.parse(page.split('id="edition">')[1].split('</script>')[0])

const PACKAGES = ['state', 'model', 'transform', 'view', 'schema-basic', 'schema-list'].map((name) => `prosemirror-${name}`)
const imports = Object.fromEntries([...PACKAGES, 'orderedmap'].map((name) => [name, `/node_modules/${name}/dist/index.js`]))

/** An editor over the schema that ProseMirror has for articles: the nearest that npm has to the account's own. */
const EDITOR = `<!doctype html><meta charset="utf-8"><title>编辑器</title><div id="editor"></div>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { Schema } from 'prosemirror-model'
import { schema as basic } from 'prosemirror-schema-basic'
import { addListNodes } from 'prosemirror-schema-list'
const schema = new Schema({ nodes: addListNodes(basic.spec.nodes, 'paragraph block*', 'block'), marks: basic.spec.marks })
window.editor = new EditorView(document.getElementById('editor'), { state: EditorState.create({ schema }) })
</script>`

let http = ''
let server
before(async () => {
  const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.jpg': 'image/jpeg', '.png': 'image/png' }
  server = createServer((request, answer) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)).slice(1)
    const within = path.startsWith('node_modules/') ? join(REPO, 'tests/browser', path) : join(folder, path)
    const text = path === 'editor.html' ? EDITOR : statSync(within, { throwIfNoEntry: false })?.isFile() ? readFileSync(within) : null
    answer.writeHead(text === null ? 404 : 200, { 'Content-Type': types[extname(path)] ?? 'text/plain' })
    answer.end(text ?? '')
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  http = `http://127.0.0.1:${server.address().port}/`
})
after(() => {
  server.closeAllConnections()
  server.close()
})

/** Pastes into a field of the page and gives what the clipboard had as HTML, and what the field made of it. */
async function pasted(page) {
  await page.evaluate(() => {
    const field = document.createElement('div')
    field.contentEditable = 'true'
    field.id = 'field'
    field.style.minHeight = '40px'
    document.body.prepend(field)
    window.got = null
    field.addEventListener('paste', (event) => { window.got = event.clipboardData.getData('text/html') })
    field.focus()
    window.scrollTo(0, 0)
  })
  await page.click('#field')
  await page.paste()
  await page.until(() => window.got !== null)
  return page.evaluate(() => ({ got: window.got, html: document.getElementById('field').innerHTML }))
}

const origins = { 'over http': () => http, 'from a disk': () => `${pathToFileURL(folder).href}/` }
const copying = Object.entries(origins).map(([where, base]) => ({
  name: `the edition is copied byte by byte ${where}`,
  group: 'WeChat edition',
  // What is pasted names pictures where the site has them, and this site is nowhere.
  allows: /ERR_NAME_NOT_RESOLVED/,
  async work(page) {
    await page.goto(`${base()}news/a/article.html`)
    await page.click('#copy')
    const said = await page.until(() => document.getElementById('said').textContent)
    assert.equal(said, `已复制 ${[...linked].length} 字`)
    const { got, html } = await pasted(page)
    // Chromium hands a fragment on with its marks; between them it is what was given.
    assert.equal(got.replace(/^<meta charset=['"]?utf-8['"]?>/i, ''), linked)
    const count = (text, tag) => text.split(`<${tag}`).length
    for (const tag of ['strong', 'li', 'td', 'h2', 'blockquote']) assert.equal(count(html, tag), count(linked, tag), `${tag} in ${html}`)
    await page.goto(`${base()}news/a/article.html`)
    await page.click('input[value=spaced]')
    await page.click('#copy')
    await page.until(() => document.getElementById('said').textContent)
    assert.ok(spaced.includes('【图1】') && !spaced.includes('<img'))
    assert.equal((await pasted(page)).got.replace(/^<meta charset=['"]?utf-8['"]?>/i, ''), spaced)
  },
}))

inEngines([
  ...copying,
  {
    name: 'a field is copied by its own button',
    group: 'WeChat edition',
    allows: /ERR_NAME_NOT_RESOLVED/,
    async work(page) {
      await page.goto(`${http}news/a/article.html`)
      await page.click('.copy-field[data-for=f-title]')
      await page.until(() => document.querySelector('.copy-field[data-for=f-title]').textContent === '已复制')
      await page.evaluate(() => {
        window.text = null
        document.body.tabIndex = -1
        const field = document.createElement('textarea')
        field.id = 'plain'
        document.body.prepend(field)
        field.addEventListener('paste', (event) => { window.text = event.clipboardData.getData('text/plain') })
        window.scrollTo(0, 0)
      })
      await page.click('#plain')
      await page.paste()
      await page.until(() => window.text !== null)
      assert.equal(await page.evaluate(() => window.text), '集中学习第一课')
    },
  },
  {
    name: 'an editor of the kind that the account has keeps the structure',
    group: 'WeChat edition',
    allows: /ERR_NAME_NOT_RESOLVED/,
    needs: ['importmap'],
    async work(page) {
      await page.goto(`${http}news/a/article.html`)
      await page.click('#copy')
      await page.until(() => document.getElementById('said').textContent)
      await page.goto(`${http}editor.html`)
      await page.until(() => window.editor && window.editor.state)
      await page.click('#editor .ProseMirror')
      await page.paste()
      await page.until(() => window.editor.state.doc.textContent.length > 20)
      const kept = await page.evaluate(() => {
        const found = { heading: [], item: [], bold: [], quote: [], image: 0 }
        window.editor.state.doc.descendants((node) => {
          if (node.type.name === 'heading') found.heading.push(node.textContent)
          if (node.type.name === 'list_item') found.item.push(`${node.childCount} ${node.textContent}`)
          if (node.type.name === 'blockquote') found.quote.push(node.textContent)
          if (node.type.name === 'image') found.image += 1
          if (node.isText && node.marks.some((mark) => mark.type.name === 'strong')) found.bold.push(node.text)
        })
        return found
      })
      assert.deepEqual(kept, {
        heading: ['一、提高认识'],
        // One paragraph an item: nothing breaks at the bold word.
        item: ['1 第一条粗体：正文', '1 第二条'],
        bold: kept.bold,
        quote: ['引文。'],
        image: 1,
      })
      for (const word of ['《教育整顿进行时》', '粗体', '动员']) assert.ok(kept.bold.includes(word), `${word} in ${kept.bold}`)
    },
  },
])
