/** Paper, in every engine: the book whole, pages without what only a screen needs, ink black, photos there. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { inEngines } from '../support/engines.mjs'
import { run, tool } from '../tools.mjs'
import { columns } from './fixture.mjs'

const ways = columns()
const work = mkdtempSync(join(tmpdir(), 'zhuanlan-paper-'))
after(() => rmSync(work, { recursive: true, force: true }))

const beside = (name) => tool('pdftotext').replace(/pdftotext$/, name)
/** Characters that some engines' PDFs have as radicals, which NFKC leaves as they are. */
const RADICALS = { '⻅': '见', '⻚': '页', '⻋': '车', '⻓': '长', '⻔': '门', '⻛': '风', '⻢': '马', '⻜': '飞', '⺠': '民', '⻄': '西', '⻉': '贝', '⻘': '青', '⻆': '角' }
const bare = (text) => text.normalize('NFKC').replace(/[⺀-⻳]/g, (c) => RADICALS[c] ?? c).replace(/\s+/g, '')

let printed = 0

/** Prints the page that is open into a file of its own: engines print side by side. */
async function print(page) {
  printed += 1
  const file = join(work, `${printed}.pdf`)
  await page.pdf(file)
  return file
}

/** Prints the page that is open: the text of each sheet, and the pictures in it. */
async function paper(page) {
  const file = await print(page)
  const sheets = run(tool('pdftotext'), ['-layout', file, '-']).stdout.split('\f').slice(0, -1)
  const images = run(beside('pdfimages'), ['-list', file]).stdout.split('\n').slice(2).filter((line) => / image /.test(line))
  return { sheets, images }
}

/** Prints the page that is open: how light each sheet is on the whole. */
async function lightness(page) {
  const file = await print(page)
  const sheets = file.replace(/\.pdf$/, '')
  mkdirSync(sheets)
  run(beside('pdftoppm'), ['-gray', '-r', '20', file, join(sheets, 'sheet')])
  return readdirSync(sheets).sort().map((name) => {
    const bytes = readFileSync(join(sheets, name)).subarray(15)
    return bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length / 255
  })
}

/** No heading is the last thing on a sheet. */
async function noneAlone(page, sheets, selector) {
  const headings = (await page.evaluate((selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent), selector)).map(bare)
  const alone = sheets.map((sheet) => sheet.trim().split('\n').filter((line) => !/^\s*\d*\s*$/.test(line)).pop() ?? '').filter((last) => headings.includes(bare(last)))
  assert.deepEqual(alone, [], 'headings alone at the end of a sheet')
}

/** The book takes the sheets that its contents count, each piece begins on one of its own, and each photo is there. */
async function book(page, engine) {
  await page.goto(`${ways.sample.http}booklets/reader.html`)
  await page.until(() => document.documentElement.dataset.pages)
  const said = await page.evaluate(() => ({ pages: Number(document.documentElement.dataset.pages), photos: document.querySelectorAll('figure img').length }))
  const { sheets, images } = await paper(page)
  assert.equal(sheets.length, said.pages)
  assert.equal(images.length, said.photos)
  if (!engine.can.has('pdf-text')) return
  for (const name of ['目录', '学习计划', '参考答案']) assert.ok(sheets.some((sheet) => bare(sheet).includes(name)), name)
  // No date of a piece is broken at a line's end.
  const broken = sheets.flatMap((sheet) => sheet.split('\n')).map(bare).filter((line) => /来源[:：].*\d{4}(年(\d+月?)?)?$/.test(line))
  assert.deepEqual(broken, [])
  // The title has the first sheet to itself.
  const title = bare(await page.evaluate(() => document.querySelector('.book-title h1').textContent))
  assert.ok(bare(sheets[0]).includes(title), 'the first sheet has no title')
  assert.ok(!bare(sheets[0]).includes('前言') && bare(sheets[1]).includes('前言'), 'the foreword is not on the second sheet')
  await noneAlone(page, sheets, '.entry-text h3, .entry-text h4, .block-name')
  // Each piece begins on a sheet of its own, and they stand in their order.
  const heads = (await page.evaluate(() => [...document.querySelectorAll('.entry-kicker')].map((node) => node.textContent))).map(bare)
  const begins = heads.map((head) => sheets.findIndex((sheet) => bare(sheet).includes(head)))
  assert.ok(heads.length > 15 && begins.every((at, n) => at > (n ? begins[n - 1] : 2)), `${begins}`)
}

/** An article from a wide window: no menu, no buttons, its title, its last words. */
async function article(page, engine) {
  await page.goto(`${ways.sample.http}news/first-fortnight.html`)
  const last = await page.evaluate(() => [...document.querySelectorAll('.prose > p')].pop().textContent.trim().slice(-8))
  const { sheets } = await paper(page)
  const all = bare(sheets.join(''))
  assert.ok(sheets.length <= 4, `${sheets.length} sheets`)
  if (!engine.can.has('pdf-text')) return
  assert.doesNotMatch(all, /长者模式|阅读设置|跳到正文|朗读/)
  const before = all.slice(0, all.indexOf('开局十五天'))
  assert.doesNotMatch(before, /学习资料|意见台账|全部文章/, 'the menu is printed')
  assert.ok(all.replace(/〔\d+〕/g, '').includes(bare(last)), 'the end is missing')
}

/** What was chosen for the screen does not reach paper. */
async function ink(page) {
  await page.goto(`${ways.sample.http}news/first-fortnight.html`)
  const plain = await lightness(page)
  for (const choice of [{ theme: 'dark' }, { theme: 'dark', contrast: 'more' }, { elder: true }]) {
    await page.evaluate((choice) => localStorage.setItem('gazette', JSON.stringify(choice)), choice)
    await page.reload()
    const light = await lightness(page)
    assert.equal(light.length, plain.length, `${JSON.stringify(choice)}: other sheets`)
    light.forEach((one, at) => assert.ok(Math.abs(one - plain[at]) < 0.02, `${JSON.stringify(choice)}: sheet ${at + 1} is ${one}, not ${plain[at]}`))
  }
}

/** Photos that were never scrolled to are printed by the button, which waits for them. */
async function photos(page, engine) {
  await page.goto(`${ways.sample.http}stories/two-weeks.html`)
  const wanted = await page.evaluate(() => {
    window.print = () => { window.printed = true }
    return document.querySelectorAll('.scene img').length
  })
  await page.click('.to-print')
  await page.until(() => window.printed)
  const { sheets, images } = await paper(page)
  if (engine.can.has('pdf-text')) await noneAlone(page, sheets, '.story-body h2')
  assert.ok(images.length >= wanted, `${images.length} of ${wanted} photos`)
}

/** Home and lists on paper: nothing beyond the edge, nothing of the screen. */
async function lists(page, engine) {
  for (const path of ['index.html', 'news/index.html', 'materials.html', 'ledger.html', 'phases/index.html']) {
    await page.goto(ways.sample.http + path)
    const title = bare(await page.evaluate(() => document.querySelector('h1').textContent))
    const { sheets } = await paper(page)
    const all = bare(sheets.join(''))
    if (engine.can.has('pdf-text')) {
      assert.ok(all.includes(title), `${path}: no title`)
      assert.doesNotMatch(all, /长者模式|阅读设置|跳到正文/, path)
    }
    assert.ok(sheets.length <= 7, `${path}: ${sheets.length} sheets`)
  }
}

const needs = ['pdf']
inEngines([
  { name: 'the book prints on as many sheets as it counts, with all photos', group: 'The book on paper', needs, work: book },
  { name: 'an article prints without the screen\'s furniture, from a wide window', group: 'Articles on paper', needs, width: 1280, work: article },
  { name: 'an article prints the same from a phone', group: 'Articles on paper', needs, width: 390, work: article },
  { name: 'paper knows no dark, no contrast and no elder mode', group: 'Articles on paper', needs, work: ink },
  { name: 'photos that were not scrolled to are printed', group: 'Photos on paper', needs, height: 500, work: photos },
  { name: 'home and lists print whole', group: 'Lists on paper', needs, work: lists },
])
