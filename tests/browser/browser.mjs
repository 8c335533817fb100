/** Debian's Chromium without a window (the same engine, in two thirds of the time), started once for a test file. */
import { chromium } from 'playwright-core'
import { tool } from './tools.mjs'

/** How Chromium is started. */
export const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the browser; the caller closes it. */
export function launch() {
  return chromium.launch({ executablePath: tool('chromium-headless-shell'), headless: true, args: ARGS })
}

/** How long one step may take, in milliseconds: a busy machine is no fault of a page. */
const PATIENCE = 180_000

/** A page in a context of its own. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(PATIENCE)
  return context.newPage()
}

/** How many pages work side by side: as many as the small machines have cores. */
const LANES = 2

/**
 * Runs `work(page, item)` for each item, in a few pages that are reused, and
 * gives all results in the items' order. `options` are those of a new context;
 * `prepare(page)` is called once for each page.
 */
export async function overPages(browser, options, items, work, prepare = () => {}) {
  const results = new Array(items.length)
  let next = 0
  const lane = async () => {
    const page = await openPage(browser, options)
    await prepare(page)
    while (next < items.length) {
      const here = next
      next += 1
      results[here] = await work(page, items[here])
    }
    await page.context().close()
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return results.flat()
}
