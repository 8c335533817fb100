/** Columns that nobody plans for: long names and titles, forty topics, three hundred pieces, one piece, no photo. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch } from './browser.mjs'
import { checkElder } from './checks/elder.mjs'
import { checkLayout } from './checks/layout.mjs'
import { none } from './faults.mjs'
import { Folder } from './folder.mjs'
import { binary, NOW } from './site.mjs'
import { run } from './tools.mjs'

/** Sixty characters. */
const LONG = '从“为什么学、学什么、怎样学”三个问题说起：全市公安机关主要领导听党课、一百八十个党支部每周二周四集中学习的做法体会综述'
const TOPICS = Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? `名字很长的第${at}个主题` : `主题${at}号`))

const piece = (title, day, more = '', body = '正文只有一句。') => `---\ntitle: ${title}\ndate: ${day}\nsummary: 一句话说明这一篇。\n${more}---\n\n${body}\n`

/** Three hundred pieces in a section; a name of two lines. */
function many() {
  const files = {
    'column.yaml': `title: 教育整顿进行时全市公安队伍专栏
base_url: https://www.example.org/
sections:
  - {folder: news, title: 新闻动态}
  - {folder: study, title: 学习资料与交流体会}
phases:
  - {name: 学习教育, slug: learning, start: 2021-03-08, end: 2021-04-15}
`,
    'content/study/wide.md': piece(LONG, '2021-03-09', '', [
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft 和 https://www.example.org/a/very/long/path/that/does/not/end/soon/index.html 也要装得下。',
      '| 一 | 二 | 三 | 四 | 五 | 六 | 七 |\n|---|---|---|---|---|---|---|\n| 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 |',
    ].join('\n\n')),
  }
  for (let at = 0; at < 300; at += 1) {
    const topics = at === 0 ? TOPICS : [0, 1, 2].map((step) => TOPICS[(at * 3 + step) % 40])
    const day = `2021-0${1 + Math.floor(at / 140)}-${String(1 + (at % 28)).padStart(2, '0')} 09:00`
    files[`content/news/n${at}.md`] = piece(at % 7 === 0 ? LONG : `第${at}号消息，队伍在学`, day, `topics: [${topics.join(', ')}]\n`)
  }
  return files
}

/** One piece, no phase, no photo, a name of two characters. */
const one = () => ({
  'column.yaml': 'title: 专栏\nbase_url: https://www.example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n',
  'content/news/a.md': piece('全市公安队伍教育整顿动员部署电视电话会召开', '2021-03-08 18:10'),
})

function built(home, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  const done = run(binary(), ['build', '--root', home, '--output', join(home, 'output'), '--now', NOW])
  if (done.code !== 0) throw new Error(`not built:\n${done.stderr}${done.stdout}`)
  return new Folder(join(home, 'output'))
}

const home = mkdtempSync(join(tmpdir(), 'zhuanlan-extremes-'))
let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser?.close()
  rmSync(home, { recursive: true, force: true })
})

for (const [name, files, more] of [
  ['three hundred pieces, forty topics, titles of sixty characters', many, ['news/n0.html', 'news/page-8.html', 'study/wide.html', 'topics/index.html']],
  ['one piece', one, ['news/a.html']],
]) {
  test(name, async () => {
    const folder = built(join(home, name.slice(0, 3)), files())
    const base = `${pathToFileURL(folder.root).href}/`
    const paths = [...new Set([...folder.onePageOfEachKind, ...more])]
    none(await checkLayout(browser, base, paths, [320, 360, 768, 1280]))
    none(await checkElder(browser, base, paths))
  })
}
