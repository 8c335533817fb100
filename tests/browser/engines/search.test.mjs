/** Search in every engine: the same hits, keys, arrival, the way back, input methods. */
import assert from 'node:assert/strict'
import { none } from '../faults.mjs'
import { askHere, piecesOf, plainSearch } from '../search.mjs'
import { inEngines } from '../support/engines.mjs'
import { isInSight } from '../support/looks.mjs'
import { sleep } from '../support/page.mjs'
import { ORIGINS, columns } from './fixture.mjs'

const ways = columns()
const QUERIES = ['教育整顿', '身份证', '学习', '户籍室', '一把手', '12337', 'GPS', '《条例》', '党支部 学习', '两天', '不会有这个词']

const open = async (page, origin, query = '') => {
  await page.goto(`${ways.sample[origin]}search.html${query ? `?q=${encodeURIComponent(query)}` : ''}`)
  await page.until(() => document.querySelector('[data-search][data-ready]') !== null)
}
const settled = (page) => page.until(() => ['complete', 'partial'].includes(document.querySelector('[data-search]').dataset.state))
const idle = (page) => page.until(() => document.querySelector('[data-search]').dataset.state !== 'busy')
const field = (page) => page.evaluate(() => document.querySelector('[data-part=input]').value)
const status = (page) => page.evaluate(() => document.querySelector('[data-part=status]').textContent)
const hits = (page) => page.evaluate(() => document.querySelectorAll('[data-part=hits] h2').length)

/** The same hits as a plain search in the texts has. */
async function sameHits(page, origin) {
  await open(page, origin)
  const pieces = piecesOf(ways.sample.folder)
  const faults = []
  for (const query of QUERIES) {
    const { paths } = await page.evaluate(askHere, query)
    const expected = plainSearch(pieces, query)
    if (paths.join() !== expected.join()) faults.push(`${query}: ${paths.length} pieces, not ${expected.length}`)
  }
  none(faults)
}

/** Search and its hits by keyboard alone. */
async function byKeys(page, origin) {
  await open(page, origin)
  await page.fill('[data-part=input]', '教育整顿')
  await settled(page)
  await page.press('ArrowDown', 'ArrowDown')
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.hit h2 a')].indexOf(document.activeElement)), 1)
  await page.press('Escape')
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'combobox')
  await page.press('Escape')
  await idle(page)
  assert.equal(await field(page), '')
}

/** From a hit to its words, which are in sight; and back, where all is as it was left. */
async function thereAndBack(page, origin) {
  await open(page, origin)
  await page.fill('[data-part=input]', '学习')
  await settled(page)
  const before = [await status(page), await hits(page)]
  await page.follow('.hit h2 a')
  await page.until(() => document.querySelector('mark.found') !== null)
  await page.until(isInSight, 'mark.found')
  await page.back()
  await settled(page)
  assert.equal(await field(page), '学习', 'the field after Back')
  assert.deepEqual([await status(page), await hits(page)], before)
  await page.until(() => document.querySelectorAll('.facet button').length > 2)
  await page.click('.facet button:nth-of-type(2)')
  await settled(page)
  assert.equal(await field(page), '学习')
  assert.ok((await hits(page)) > 0, 'a filter after Back finds nothing')
  const narrowed = await hits(page)
  await page.follow('.hit h2 a')
  await page.back()
  await settled(page)
  assert.equal(await hits(page), narrowed, 'the filter is kept on the way back')
  assert.equal(await page.evaluate(() => document.querySelector('.facet button[aria-pressed=true]:nth-of-type(n+2)') !== null), true)
}

/** What an input method is still composing is not asked, not even after a first word. */
async function composing(page) {
  await open(page, 'http')
  await page.click('[data-part=input]')
  await page.until(() => document.activeElement.matches('[data-part=input]'))
  await page.compose('户籍', 's')
  await sleep(600)
  assert.doesNotMatch(await status(page), /s/, 'half a word is asked')
  // On a busy machine the first word may have been asked before the second began: that is right.
  assert.doesNotMatch(decodeURIComponent(await page.address()), /q=户籍s/)
}

inEngines([
  ...ORIGINS.flatMap(([how, origin]) => [
    { name: `search finds what a plain search finds, ${how}`, group: 'Search', work: (page) => sameHits(page, origin) },
    { name: `search by keyboard, ${how}`, group: 'Search', work: (page) => byKeys(page, origin) },
    { name: `to a hit's words and back, ${how}`, group: 'Search: arrival and the way back', width: 390, height: 844, work: (page) => thereAndBack(page, origin) },
    {
      name: `words searched for are in sight, ten times, ${how}`,
      group: 'Search: arrival and the way back',
      work: async (page) => {
        const faults = []
        for (let n = 0; n < 10; n += 1) {
          await page.goto('about:blank')
          await page.goto(`${ways.sample[origin]}news/id-card.html#find=${encodeURIComponent('身份证')}`)
          await page.until(() => document.querySelector('mark.found') !== null)
          await sleep(60)
          if (!await page.evaluate(isInSight, 'mark.found')) faults.push(`load ${n}: not in sight`)
        }
        none(faults)
      },
    },
  ]),
  { name: 'an input method asks nothing half-typed', group: 'Search with an input method', needs: ['composition'], work: composing },
])
