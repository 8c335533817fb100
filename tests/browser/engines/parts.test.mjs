/** The parts of pages that scripts and styles better, in every engine: photos, quiz, ledger, library, share. */
import assert from 'node:assert/strict'
import { inEngines } from '../support/engines.mjs'
import { ORIGINS, columns, opinions } from './fixture.mjs'

const ways = columns()
const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length).length
const text = (selector) => document.querySelector(selector).textContent

/** A photo at full size stays where the window is, whatever is turned; Back closes it. */
async function lightbox(page, origin) {
  await page.goto(`${ways.small[origin]}stories/upright.html`)
  await page.click('.scene:nth-of-type(3) .zoom')
  const box = () => {
    const { top, left, width, height } = document.querySelector('.lightbox[open]').getBoundingClientRect()
    return [top, left, width, height].map(Math.round)
  }
  await page.until(() => document.querySelector('.lightbox[open] img')?.complete)
  const whole = await page.evaluate(() => [0, 0, document.documentElement.clientWidth, window.innerHeight])
  assert.deepEqual(await page.evaluate(box), whole)
  const before = await page.evaluate(() => window.scrollY)
  await page.wheel(6)
  assert.deepEqual(await page.evaluate(box), whole, 'after the wheel')
  assert.equal(await page.evaluate(() => window.scrollY), before, 'the page behind moved')
  await page.press('ArrowRight')
  assert.match(await page.evaluate(text, '.lightbox-count'), /^第4幅，共7幅$/)
  const { drawn, is } = await page.evaluate(async () => {
    const image = document.querySelector('.lightbox img')
    await image.decode()
    return { drawn: image.clientWidth / image.clientHeight, is: image.naturalWidth / image.naturalHeight }
  })
  assert.ok(Math.abs(drawn / is - 1) < 0.03, `${drawn} for ${is}`)
  await page.press('Escape')
  await page.until(() => !document.querySelector('.lightbox').open)
  assert.match(await page.address(), /upright\.html$/)
}

/** A quiz is marked, counted, kept over a reload and done again. */
async function quiz(page, origin) {
  await page.goto(`${ways.sample[origin]}study/zi-ce-ti.html`)
  await page.click('.questions > li:first-child .option')
  await page.click('.questions > li:first-child summary')
  await page.until(() => document.querySelector('.questions > li:first-child .verdict').textContent !== '')
  const score = await page.evaluate(text, '.quiz-score')
  assert.match(score, /^已答1题/)
  await page.reload()
  assert.equal(await page.evaluate(text, '.quiz-score'), score)
  await page.click('.quiz-again')
  assert.match(await page.evaluate(text, '.quiz-score'), /还没有开始/)
}

/** A ledger shows what is asked for, by state and by source; a cell leads to an opinion that is filtered out. */
async function ledger(page, origin) {
  await page.goto(`${ways.small[origin]}ledger.html`)
  const count = () => page.evaluate(shown, '.opinion')
  assert.equal(await count(), opinions('', ''))
  await page.click('.f-open + label')
  assert.equal(await count(), opinions('', '办理中'))
  await page.click('.s-2 + label')
  assert.equal(await count(), opinions('信箱', '办理中'))
  await page.click('.cells li:first-child a')
  assert.match(await page.address(), /#opinion-1$/)
  assert.equal(await page.evaluate(shown, '#opinion-1'), 1)
}

/** The library's filters, alone and together, and after Back. */
async function library(page, origin) {
  await page.goto(`${ways.sample[origin]}materials.html`)
  const rows = () => page.evaluate(shown, '.files-table tbody tr')
  const all = await rows()
  await page.click('label[for=kind-1]')
  assert.equal(await rows(), Number((await page.evaluate(text, 'label[for=kind-1]')).split(' ')[1]))
  await page.fill('[name=text]', '自测')
  assert.equal(await rows(), 1)
  await page.follow('.files-table tr:not([hidden]) .col-name a')
  await page.back()
  await page.until(() => document.readyState === 'complete')
  const agrees = await page.evaluate(() => {
    const [{ value }, rows] = [document.querySelector('[name=text]'), [...document.querySelectorAll('.files-table tbody tr')]]
    const shown = rows.filter((row) => row.getClientRects().length)
    return shown.every((row) => row.textContent.includes(value)) && (value !== '' || shown.length > 1)
  })
  assert.equal(agrees, true, 'after Back the field says what the list shows')
  await page.click('.library-search [type=reset]')
  await page.until((all) => document.querySelectorAll('.files-table tbody tr:not([hidden])').length === all, all)
}

/** The share panel has the code and a link to copy, or says that it did not work. */
async function share(page, origin) {
  await page.goto(`${ways.sample[origin]}news/first-fortnight.html`)
  await page.click('.to-share')
  assert.equal(await page.evaluate(shown, '.panel .qr'), 1)
  await page.click('.panel-actions button')
  await page.until(() => /已复制|请手工复制/.test(document.querySelector('.share-said').textContent))
  await page.press('Escape')
  assert.equal(await page.evaluate(shown, '.panel'), 0)
}

const PARTS = { 'Photos at full size': lightbox, Quiz: quiz, Ledger: ledger, Library: library, 'Share panel': share }

inEngines(ORIGINS.flatMap(([how, origin]) => Object.entries(PARTS).map(([group, work]) => ({
  name: `${group.toLowerCase()}, ${how}`, group, work: (page) => work(page, origin),
}))))
