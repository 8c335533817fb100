/** What a reader chose, in every engine: elder mode, colours, text size; kept over pages, on paper never. */
import assert from 'node:assert/strict'
import { inEngines } from '../support/engines.mjs'
import { ORIGINS, columns } from './fixture.mjs'

const ways = columns()
const isElder = () => document.documentElement.classList.contains('elder') && parseFloat(window.getComputedStyle(document.querySelector('p')).fontSize) >= 20
const root = (name) => document.documentElement.getAttribute(name)

/** Elder mode chosen at home is there on the next pages, by links and after a reload. */
async function elder(page, origin) {
  await page.goto(`${ways.sample[origin]}index.html`)
  await page.click('.to-elder')
  await page.until(isElder)
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true)
  await page.follow('.lead-title a')
  await page.until(isElder)
  await page.reload()
  await page.until(isElder)
  await page.follow('.head-name a')
  await page.until(isElder)
  await page.click('.from-elder')
  await page.until(() => !document.documentElement.classList.contains('elder'))
}

/** Dark colours and large letters chosen on an article are there on the next page. */
async function choices(page, origin) {
  await page.goto(`${ways.sample[origin]}news/first-fortnight.html`)
  await page.click('.tools .to-settings')
  await page.click('.panel input[value=dark]')
  await page.until(() => document.documentElement.getAttribute('data-theme') === 'dark')
  await page.click('.panel input[name=reading-size][value="3"]')
  await page.press('Escape')
  await page.follow('.neighbours-two a')
  assert.deepEqual([await page.evaluate(root, 'data-theme'), await page.evaluate(root, 'data-size')], ['dark', '3'])
  assert.equal(await page.evaluate(() => window.getComputedStyle(document.documentElement).backgroundColor), 'rgb(20, 23, 27)')
  assert.doesNotMatch(await page.address(), /[?]/, 'the address is as it was')
}

/** A piece of a series that was read is marked on the page of the series. */
async function series(page, origin) {
  await page.goto(`${ways.sample[origin]}experience/five-ways/1-together.html`)
  await page.evaluate(() => document.querySelector('.series').scrollIntoView({ block: 'center' }))
  await page.until(() => document.querySelector('.series .read') !== null)
  await page.follow('.series h2 a')
  assert.equal(await page.evaluate(() => document.querySelectorAll('li.read').length), 1)
}

inEngines(ORIGINS.flatMap(([how, origin]) => [
  { name: `elder mode is kept, ${how}`, group: `Elder mode, ${how}`, width: 390, height: 844, work: (page) => elder(page, origin) },
  { name: `colours and text size are kept, ${how}`, group: `Colours and text size, ${how}`, work: (page) => choices(page, origin) },
  { name: `a series knows what was read, ${how}`, group: `Progress in a series, ${how}`, work: (page) => series(page, origin) },
]))
