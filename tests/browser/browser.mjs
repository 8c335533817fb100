/** Debian's Chromium, started once for a test file. */
import { chromium } from 'playwright-core'
import { tool } from './tools.mjs'

const ARGS = [
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
  return chromium.launch({ executablePath: tool('chromium'), headless: true, args: ARGS })
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
    const context = await browser.newContext(options)
    const page = await context.newPage()
    await prepare(page)
    while (next < items.length) {
      const here = next
      next += 1
      results[here] = await work(page, items[here])
    }
    await context.close()
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return results.flat()
}
