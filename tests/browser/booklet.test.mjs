/** The sample column's book: the EPUB by epubcheck, the page to be printed on paper. */
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, openPage } from './browser.mjs'
import { NOW, REPO, binary, site, zhuanlan } from './site.mjs'
import { run, tool } from './tools.mjs'

const PAGE = 'booklets/reader.html'
const EPUB = 'booklets/reader.epub'

/** Debian's program `epubcheck` is the archive itself under a name that not every shell runs. */
const CHECKER = '/usr/share/java/epubcheck.jar'

const { folder } = site()
const bare = (text) => text.replace(/\s+/g, '')

/** Other books of the same column: long and short, with and without a foreword, a plan and answers. */
const OTHERS = {
  short: '{title: 短册, slug: short, section: experience, plan: false, foreword: 写在前面。}',
  one: '{title: 一篇, slug: one, pieces: [study/book-list.md], plan: false}',
  whole: '{title: 全部稿件, slug: whole, parts: [{title: 新闻, section: news}, {title: 部署, section: directives}, {title: 做法, section: experience}, {title: 图片, section: stories}, {title: 资料, section: study}]}',
}

let browser
let work
let book
let others
before(async () => {
  browser = await launch()
  work = mkdtempSync(join(tmpdir(), 'zhuanlan-booklet-'))
  book = await print(folder.place(PAGE))
  others = await printOthers()
})
after(async () => {
  await browser?.close()
  if (work) rmSync(work, { recursive: true, force: true })
})

/** Makes and prints the other books. */
async function printOthers() {
  const root = join(work, 'column')
  mkdirSync(root)
  for (const name of ['content', 'themes']) cpSync(join(REPO, name), join(root, name), { recursive: true })
  const column = readFileSync(join(REPO, 'column.yaml'), 'utf8')
  const [start, end] = [column.indexOf('\nbooklet:\n'), column.indexOf('\n# 政府网站网页标签')]
  assert.ok(start > 0 && end > start)
  const list = Object.values(OTHERS).map((one) => `  - ${one}\n`).join('')
  writeFileSync(join(root, 'column.yaml'), `${column.slice(0, start)}\nbooklet:\n${list}${column.slice(end)}`)
  const made = run(binary(), ['booklet', '--root', root, '--now', NOW])
  assert.equal(made.code, 0, made.stderr)
  const books = {}
  for (const name of Object.keys(OTHERS)) books[name] = await print(join(root, `booklet/booklets/${name}.html`))
  return books
}

/** Prints a book and gives `{counted, contents, photos, texts, images}`: what the page says, and what is on paper. */
async function print(place) {
  const page = await openPage(browser)
  await page.goto(pathToFileURL(place).href, { waitUntil: 'load' })
  await page.waitForFunction(() => document.documentElement.dataset.pages)
  const said = await page.evaluate(() => ({
    counted: Number(document.documentElement.dataset.pages),
    contents: [...document.querySelectorAll('.contents a')]
      .filter((link) => link.querySelector('.page'))
      .map((link) => ({
        title: link.querySelector('.contents-title').textContent,
        number: link.querySelector('.contents-number')?.textContent ?? '',
        page: Number(link.querySelector('.page').dataset.page),
      })),
    photos: document.querySelectorAll('figure img').length,
  }))
  const file = join(work, 'book.pdf')
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }))
  await page.context().close()
  const texts = run(tool('pdftotext'), ['-layout', file, '-']).stdout.split('\f').slice(0, -1)
  const beside = (name) => tool('pdftotext').replace(/pdftotext$/, name)
  const images = run(beside('pdfimages'), ['-list', file]).stdout.split('\n').slice(2).filter((line) => / image /.test(line))
  return { ...said, texts, images, facts: run(beside('pdfinfo'), [file]).stdout }
}

test('epubcheck finds neither error nor warning', () => {
  assert.ok(tool('epubcheck'))
  const checked = run(tool('java'), ['-XX:TieredStopAtLevel=1', '-jar', CHECKER, folder.place(EPUB)])
  assert.equal(checked.code, 0, checked.stdout + checked.stderr)
  assert.match(checked.stdout + checked.stderr, /No errors or warnings detected/)
})

test('the book prints on A4, on as many pages as its contents count', () => {
  assert.match(book.facts, /^Page size:\s+59[45](\.\d+)? x 84[12]/m)
  assert.equal(book.texts.length, book.counted)
  assert.ok(book.counted > 20 && book.counted < 60, `${book.counted} pages`)
})

test('other books have the pages that their contents count', () => {
  const counts = Object.values(others).map((other) => other.counted)
  assert.ok(Math.min(...counts) < 6 && Math.max(...counts) > 50, `${counts}`)
  for (const [name, other] of Object.entries(others)) {
    assert.equal(other.texts.length, other.counted, name)
    contentsHold(other)
  }
})

test('the contents name the pages on which the pieces begin, and running heads name the pieces', () => {
  assert.ok(book.contents.length > 15)
  contentsHold(book)
  assert.doesNotMatch(book.texts[0].trimEnd(), /\n\s*1$/, 'the title page has no number')
})

/** Whether each entry of the contents stands on the page that it names. */
function contentsHold(book) {
  for (const { title, number, page } of book.contents) {
    const text = book.texts[page - 1] ?? ''
    const where = `${number} ${title}, page ${page}:\n${text}`
    assert.ok(bare(text).includes(bare(title)), where)
    if (number) {
      assert.ok(bare(text).includes(`第${number}篇`), where)
      assert.ok(bare(text.trimStart().split('\n')[0]).includes(bare(`${number}${title}`).slice(0, 20)), where)
    }
    assert.equal(text.trimEnd().split('\n').pop().trim(), String(page), where)
  }
}

test('photos of the EPUB keep their proportions on a narrow screen', async () => {
  const place = join(work, 'epub')
  assert.equal(run(tool('unzip'), ['-q', folder.place(EPUB), '-d', place]).code, 0)
  const page = await openPage(browser, { viewport: { width: 390, height: 700 } })
  let seen = 0
  for (const name of readdirSync(join(place, 'EPUB')).filter((name) => /^piece-\d+\.xhtml$/.test(name))) {
    await page.goto(pathToFileURL(join(place, 'EPUB', name)).href, { waitUntil: 'load' })
    const images = await page.evaluate(() =>
      [...document.querySelectorAll('figure img')].map((image) => ({ shown: image.width / image.height, is: image.naturalWidth / image.naturalHeight })),
    )
    for (const { shown, is } of images) assert.ok(Math.abs(shown / is - 1) < 0.02, `${name}: ${shown} for ${is}`)
    seen += images.length
  }
  assert.ok(seen > 3)
  await page.context().close()
})

test('every photo is on one page, with its caption', () => {
  assert.equal(book.images.length, book.photos)
  for (let number = 1; number <= book.photos; number += 1) {
    const pages = book.texts.map((text, at) => (new RegExp(`图${number}(?!\\d)`).test(text) ? at + 1 : 0)).filter(Boolean)
    assert.equal(pages.length, 1, `图${number} is on pages ${pages}`)
    const drawn = book.images.filter((line) => Number(line.trim().split(/\s+/)[0]) === pages[0])
    assert.ok(drawn.length > 0, `图${number}: its photo is on another page than its caption`)
  }
})

test('nothing is wider than the paper', async () => {
  const page = await openPage(browser, { viewport: { width: 605, height: 900 } })
  await page.emulateMedia({ media: 'print' })
  await page.goto(pathToFileURL(folder.place(PAGE)).href, { waitUntil: 'load' })
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('.book *')]
      .filter((node) => node.getBoundingClientRect().right > 605 + 1)
      .map((node) => `${node.localName}.${node.className}: ${node.textContent.trim().slice(0, 20)}`),
  )
  assert.deepEqual(wide, [])
  await page.context().close()
})

test('`zhuanlan booklet` gives the same book in a folder that is whole', async () => {
  const output = join(work, 'alone')
  const made = zhuanlan('booklet', '--output', output, '--format', 'json')
  assert.equal(made.code, 0, made.stderr)
  assert.deepEqual(JSON.parse(made.stdout).booklets.map((one) => one.epub), [EPUB])
  const page = await openPage(browser)
  const failed = []
  page.on('requestfailed', (request) => failed.push(request.url()))
  await page.goto(pathToFileURL(join(output, PAGE)).href, { waitUntil: 'load' })
  assert.deepEqual(failed, [])
  assert.equal(await page.evaluate(() => [...document.images].filter((image) => image.naturalWidth === 0).length), 0)
  await page.context().close()
})
