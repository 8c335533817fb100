/** A slow reader, in every engine: styles, scripts and fonts each late; no flash, no shift, no lost position. */
import assert from 'node:assert/strict'
import { none } from '../faults.mjs'
import { inEngines } from '../support/engines.mjs'
import { isInSight } from '../support/looks.mjs'
import { sleep } from '../support/page.mjs'
import { columns } from './fixture.mjs'

/** Which files are late, and by how many milliseconds. */
let late = /^$/
const LATE = 400
const ways = columns((path) => (late.test(path) ? LATE : 0))

const KINDS = { styles: /\.css$/, scripts: /\.js$/, fonts: /\.woff2$/, photos: /\.(webp|jpe?g|png)$/ }
const PAGES = ['index.html', 'news/first-fortnight.html', 'stories/two-weeks.html', 'materials.html', 'search.html', 'phases/index.html']

/** Runs in the page: where its landmarks stand, once something has been painted. */
function landmarks(url) {
  // The page before is still there until the new one has begun.
  if (window.location.href !== url || document.readyState === 'loading' || !performance.getEntriesByType('paint').length) return null
  const place = (selector) => {
    const node = [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length)
    return node ? Math.round(node.getBoundingClientRect().top + window.scrollY) : -1
  }
  return ['h1', 'main', '.nav', '.prose p:last-of-type', '.lead-title', '.row', '.foot'].map((selector) => `${selector} ${place(selector)}`)
}

/** Opens a page and looks at it again and again until it is there whole: places that changed after the first paint. */
async function moves(page, url) {
  const seen = []
  let loaded = false
  const loading = page.goto(url).then(() => { loaded = true })
  for (let more = 4; more > 0; more -= loaded ? 1 : 0) {
    const places = await page.evaluate(landmarks, url).catch(() => null)
    if (places) seen.push(places)
    await sleep(loaded ? 120 : 15)
  }
  await loading
  const last = seen.at(-1) ?? []
  return last.filter((place, at) => seen.some((places) => places[at] !== place)).map((place) => `${place}, and before: ${[...new Set(seen.map((places) => places[last.indexOf(place)]))].join(', ')}`)
}

/** Runs in the page: how many milliseconds before the sheets had come it was painted, at most 0 where it was not. */
function paintedTooEarly() {
  const painted = performance.getEntriesByType('paint').find((entry) => entry.name === 'first-contentful-paint')?.startTime
  const sheets = performance.getEntriesByType('resource').filter((entry) => /\.css/.test(entry.name)).map((entry) => entry.responseEnd)
  return Math.max(...sheets) - painted
}

async function noFlash(page) {
  late = KINDS.styles
  const faults = []
  for (const choices of [{}, { elder: true }, { theme: 'dark', size: '4' }]) {
    await page.goto(`${ways.sample.http}404.html`)
    await page.evaluate((choices) => localStorage.setItem('gazette', JSON.stringify(choices)), choices)
    for (const path of PAGES) {
      await page.goto(ways.sample.http + path)
      await page.until(() => performance.getEntriesByType('paint').length > 0)
      const early = await page.evaluate(paintedTooEarly)
      if (early > 5) faults.push(`${path}: painted ${Math.round(early)} ms before its styles, with ${JSON.stringify(choices)}`)
    }
  }
  none(faults)
}

async function noShift(page, kind) {
  late = KINDS[kind]
  const faults = []
  for (const path of PAGES) for (const move of await moves(page, ways.sample.http + path)) faults.push(`${path}: ${move}`)
  none(faults)
}

/** Where the reader was is where the reader is: arriving, reloading, going back. */
async function noLostPosition(page, kind) {
  late = KINDS[kind]
  await page.goto(`${ways.sample.http}news/id-card.html#find=${encodeURIComponent('身份证')}`)
  await page.until(isInSight, 'mark.found')
  await page.goto(`${ways.sample.http}news/first-fortnight.html`)
  await page.evaluate(() => window.scrollTo(0, 900))
  await sleep(150)
  await page.reload()
  await page.until(() => Math.abs(window.scrollY - 900) < 4)
  await page.follow('.related h3 a')
  const left = await page.evaluate(() => window.scrollY)
  assert.equal(left, 0)
  await page.back()
  await page.until(() => window.scrollY > 700)
  await page.goto(`${ways.small.http}ledger.html#opinion-6`)
  await page.until(isInSight, '#opinion-6 .opinion-number')
}

inEngines([
  { name: 'nothing is painted before its styles', group: 'Styles 0.4 s late', work: noFlash },
  ...Object.keys(KINDS).flatMap((kind) => [390, 1280].map((width) => (
    { name: `nothing moves at ${width} px with ${kind} late`, group: `${kind[0].toUpperCase()}${kind.slice(1)} 0.4 s late`, width, height: 844, work: (page) => noShift(page, kind) }
  ))),
  ...Object.keys(KINDS).map((kind) => (
    { name: `no position is lost with ${kind} late`, group: `${kind[0].toUpperCase()}${kind.slice(1)} 0.4 s late`, work: (page) => noLostPosition(page, kind) }
  )),
])
