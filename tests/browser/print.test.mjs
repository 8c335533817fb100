/** Pages on paper: A4, counted, with a running head, whole photos and no navigation; with scripts, without, from a disk. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, openPage } from './browser.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { site } from './site.mjs'
import { run, tool } from './tools.mjs'

const { folder } = site()

/** Pages of each kind that is printed, and the most sheets of A4 that each may take. */
const PAGES = {
  'index.html': 6,
  'news/first-fortnight.html': 4,
  'stories/two-weeks.html': 4,
  'study/compilation.html': 3,
  'study/zi-ce-ti.html': 6,
  'phases/index.html': 5,
  'ledger.html': 1,
}

/** Where paper has 70 mm at most for a photo, in CSS pixels. */
const TALLEST = (70 * 96) / 25.4

let browser
let server
let work
before(async () => {
  browser = await launch()
  server = await serve(folder.root)
  work = mkdtempSync(join(tmpdir(), 'zhuanlan-print-'))
})
after(async () => {
  await browser?.close()
  server?.stop()
  if (work) rmSync(work, { recursive: true, force: true })
})

/** Those whose print is made or helped by scripts. */
const SCRIPTED = ['news/first-fortnight.html', 'study/zi-ce-ti.html', 'ledger.html']

const WAYS = [
  ['over http', () => server.url, {}, Object.keys(PAGES)],
  ['over http without scripts', () => server.url, { javaScriptEnabled: false }, SCRIPTED],
  ['from a disk', () => `${pathToFileURL(folder.root).href}/`, {}, SCRIPTED],
]

const bare = (text) => text.replace(/\s+/g, '')

/** Prints the page that is open and gives the text of each sheet, and what is said of the file. */
async function sheets(page) {
  const file = join(work, 'page.pdf')
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }))
  const texts = run(tool('pdftotext'), ['-layout', file, '-']).stdout.split('\f').slice(0, -1)
  return { texts, facts: run(tool('pdftotext').replace(/pdftotext$/, 'pdfinfo'), [file]).stdout }
}

/** Runs in the page: photos that are not as tall as they are wide, or taller than they may be. */
function spoiled(tallest) {
  return [...document.querySelectorAll('.prose figure img')]
    .map((image) => ({ box: image.getBoundingClientRect(), name: image.alt, ratio: image.width && image.getAttribute('width') / image.getAttribute('height') }))
    .filter(({ box, ratio }) => Math.abs(box.width / box.height / ratio - 1) > 0.02 || box.height > tallest + 1)
    .map(({ box, name }) => `“${name}” is ${box.width} by ${box.height}`)
}

for (const [how, base, options, paths] of WAYS) {
  test(`pages print on A4, ${how}`, async () => {
    const faults = []
    const page = await openPage(browser, options)
    for (const path of paths) {
      await page.goto(base() + path, { waitUntil: 'load' })
      const title = bare(await page.locator('h1').first().innerText())
      const { texts, facts } = await sheets(page)
      const say = (fault) => faults.push(`${path}: ${fault}`)
      if (!/^Page size:\s+59[45](\.\d+)? x 84[12]/m.test(facts)) say('is not A4')
      if (texts.length > PAGES[path]) say(`takes ${texts.length} sheets`)
      if (!bare(texts[0]).includes(title)) say('has no title on its first sheet')
      texts.forEach((text, n) => {
        const lines = text.trim().split('\n').map(bare)
        if (!lines[0].startsWith('教育整顿进行时')) say(`sheet ${n + 1} begins with ${lines[0]}`)
        if (lines.at(-1) !== `${n + 1}/${texts.length}`) say(`sheet ${n + 1} ends with ${lines.at(-1)}`)
        if (lines.length < 7 && !bare(text).includes('扫码阅读网页版')) say(`sheet ${n + 1} is all but empty: ${lines.join(' ')}`)
        for (const word of ['长者模式', '阅读设置']) if (lines.some((line) => line.includes(word))) say(`sheet ${n + 1} has ${word}`)
      })
    }
    await page.context().close()
    none(faults)
  })
}

test('photos on paper keep their shape and are 70 mm tall at most', async () => {
  const faults = []
  const page = await openPage(browser, { viewport: { width: 627, height: 900 } })
  await page.emulateMedia({ media: 'print' })
  for (const path of ['news/first-fortnight.html', 'stories/two-weeks.html']) {
    await page.goto(server.url + path)
    faults.push(...(await page.evaluate(spoiled, TALLEST)).map((fault) => `${path}: ${fault}`))
  }
  await page.context().close()
  none(faults)
})

test('where links lead stands beside the QR code: pages, not photos', async () => {
  const page = await openPage(browser)
  await page.goto(`${server.url}news/first-fortnight.html`)
  const text = bare((await sheets(page)).texts.join(''))
  assert.match(text, /文中链接：〔1〕动员部署https:\/\/www\.example\.org\/jyzd\/directives\/deployment-meeting\.html〔2〕/)
  assert.doesNotMatch(text, /\.(jpg|webp|png)/)
  await page.goto(`${server.url}study/zi-ce-ti.html`)
  const paper = await sheets(page)
  const last = paper.texts.findIndex((sheet) => sheet.includes('参考答案'))
  assert.ok(last > 0 && !paper.texts.slice(0, last).join('').includes('正确答案'), 'the answers stand after the questions')
  assert.match(bare(paper.texts[1]), /1[．.]全市公安队伍/)
  await page.context().close()
})
