/** A slow reader, in every engine: styles, scripts and fonts each late; no flash, no shift, no lost position. */
import assert from 'node:assert/strict'
import { none } from '../faults.mjs'
import { inEngines } from '../support/engines.mjs'
import { isInSight } from '../support/looks.mjs'
import { sleep } from '../support/page.mjs'
import { columns } from './fixture.mjs'

/** Which files are late, and by how many milliseconds: a server for each kind. */
const KINDS = { styles: /\.css$/, scripts: /\.js$/, fonts: /\.woff2$/, photos: /\.(webp|jpe?g|png)$/ }
const LATE = 400
/** How long a page may take until it is painted, in milliseconds. */
const PATIENCE = 30_000
const late = Object.fromEntries(Object.entries(KINDS).map(([kind, files]) => [kind, (path) => (files.test(path) ? LATE : 0)]))
const ways = columns(late)

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

/** Runs in the page: waits until what has come is drawn. */
async function drawn() {
  await document.fonts.ready
  for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => { requestAnimationFrame(done); setTimeout(done, 200) })
  return true
}

/** Opens a page and looks at it again and again until all that it asks for is there: places that changed after the first paint. */
async function moves(page, server, path) {
  const url = server.url + path
  const seen = []
  const patience = Date.now() + PATIENCE
  let [loaded, over, fault] = [false, false, null]
  page.goto(url).catch((error) => { fault = error }).then(() => { loaded = true })
  while (!over) {
    // What was drawn may ask for more: photos further down, the parts of the search.
    const still = loaded && server.waiting() === 0
    if (still) await page.evaluate(drawn)
    const places = await page.evaluate(landmarks, url).catch(() => null)
    if (places) seen.push(places)
    // On a busy machine all may be there before the first paint is.
    over = still && server.waiting() === 0 && (seen.length > 0 || fault !== null || Date.now() > patience)
    if (!over) await sleep(15)
  }
  if (fault) throw fault
  if (seen.length === 0) return ['was never painted']
  const last = seen.at(-1)
  return last.filter((place, at) => seen.some((places) => places[at] !== place)).map((place) => `${place}, and before: ${[...new Set(seen.map((places) => places[last.indexOf(place)]))].join(', ')}`)
}

/** Runs in the page: how many milliseconds before the sheets had come it was painted, at most 0 where it was not. */
function paintedTooEarly() {
  const painted = performance.getEntriesByType('paint').find((entry) => entry.name === 'first-contentful-paint')?.startTime
  const sheets = performance.getEntriesByType('resource').filter((entry) => /\.css/.test(entry.name)).map((entry) => entry.responseEnd)
  return Math.max(...sheets) - painted
}

async function noFlash(page) {
  const { url } = ways.sample.slow.styles
  const faults = []
  for (const choices of [{}, { elder: true }, { theme: 'dark', size: '4' }]) {
    await page.goto(`${url}404.html`)
    await page.evaluate((choices) => localStorage.setItem('gazette', JSON.stringify(choices)), choices)
    for (const path of PAGES) {
      await page.goto(url + path)
      await page.until(() => performance.getEntriesByType('paint').length > 0)
      const early = await page.evaluate(paintedTooEarly)
      if (early > 5) faults.push(`${path}: painted ${Math.round(early)} ms before its styles, with ${JSON.stringify(choices)}`)
    }
  }
  none(faults)
}

async function noShift(page, kind) {
  const faults = []
  for (const path of PAGES) for (const move of await moves(page, ways.sample.slow[kind], path)) faults.push(`${path}: ${move}`)
  none(faults)
}

/** Where the reader was is where the reader is: arriving, reloading, going back. */
async function noLostPosition(page, kind) {
  const [{ url }, small] = [ways.sample.slow[kind], ways.small.slow[kind]]
  await page.goto(`${url}news/id-card.html#find=${encodeURIComponent('身份证')}`)
  await page.until(isInSight, 'mark.found')
  await page.goto(`${url}news/first-fortnight.html`)
  await page.evaluate(() => window.scrollTo(0, 900))
  await sleep(150)
  await page.reload()
  await page.until(() => Math.abs(window.scrollY - 900) < 4)
  await page.follow('.related h3 a')
  const left = await page.evaluate(() => window.scrollY)
  assert.equal(left, 0)
  await page.back()
  await page.until(() => window.scrollY > 700)
  await page.goto(`${small.url}ledger.html#opinion-6`)
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
