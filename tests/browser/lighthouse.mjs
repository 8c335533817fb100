/** Lighthouse over pages that are served, as a phone on a slow line sees them. */
import { rmSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { ARGS } from './browser.mjs'
import { tool } from './tools.mjs'

/** The categories whose audits look at the page itself: each must be whole. */
const WHOLE = ['accessibility', 'best-practices', 'seo']

/** The most that may be sent before a phone shows the page and its largest picture, in bytes. */
const FIRST_VIEW = 130 * 1024

/**
 * What is no fault of a page on this machine: the test server speaks plain HTTP, and names the address
 * that the site is to have.
 */
const PASSED_OVER = ['is-on-https', 'redirects-http', 'canonical']

/**
 * Faults of each page; `say` gets the four numbers.
 *
 * Performance is shown and does not decide: Lighthouse simulates the line, but multiplies the processor's time at
 * this hour on this machine. What of it is the page's own decides here: nothing moves, and few bytes come before
 * the first view is whole.
 */
export async function checkByLighthouse(base, paths, say) {
  const home = mkdtempSync(join(tmpdir(), 'zhuanlan-lighthouse-'))
  const port = 9000 + (process.pid % 1000)
  const browser = await chromium.launchPersistentContext(home, {
    executablePath: tool('chromium-headless-shell'), headless: true, args: [...ARGS, `--remote-debugging-port=${port}`],
  })
  const faults = []
  try {
    for (const path of paths) {
      const result = await measure(base + path, port)
      const bytes = firstView(result)
      const scores = ['performance', ...WHOLE].map((name) => `${name} ${score(result, name)}`)
      say(`${path}: ${scores.join(', ')}; first view ${(bytes / 1024).toFixed(1)} KB`)
      for (const name of WHOLE) {
        if (score(result, name) < 100) faults.push(`${path}: ${name} ${score(result, name)} of 100: ${failed(result, name).join('; ')}`)
      }
      const moved = result.audits['cumulative-layout-shift'].numericValue
      if (moved > 0.01) faults.push(`${path}: moves by ${moved.toFixed(3)} while it loads`)
      if (bytes > FIRST_VIEW) faults.push(`${path}: first view of ${(bytes / 1024).toFixed(1)} KB, the budget is ${FIRST_VIEW / 1024}`)
    }
  } finally {
    await browser.close()
    rmSync(home, { recursive: true, force: true })
  }
  return faults
}

/** What comes before the first view is whole: the document, what blocks its painting, fonts, pictures that do not wait. */
function firstView(result) {
  return result.audits['network-requests'].details.items
    .filter(({ resourceType, priority }) => ['Document', 'Stylesheet', 'Font'].includes(resourceType) || ['High', 'VeryHigh'].includes(priority))
    .reduce((sum, { transferSize }) => sum + transferSize, 0)
}

async function measure(url, port) {
  const run = await lighthouse(url, {
    port, logLevel: 'error', output: 'json', onlyCategories: ['performance', ...WHOLE], skipAudits: PASSED_OVER, formFactor: 'mobile',
  })
  return run.lhr
}

const score = (result, name) => Math.round((result.categories[name]?.score ?? 0) * 100)

function failed(result, name) {
  return result.categories[name].auditRefs
    .map((ref) => result.audits[ref.id])
    .filter((audit) => audit && audit.score !== null && audit.score < 1 && !['informative', 'notApplicable', 'manual'].includes(audit.scoreDisplayMode))
    .map((audit) => `${audit.id} ${audit.displayValue ?? ''}`.trim())
}
