/** Lighthouse over pages that are served, as a phone on a slow line sees them. */
import { rmSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { ARGS } from './browser.mjs'
import { tool } from './tools.mjs'

/** The least of each category, in hundredths. */
const LEAST = { performance: 99, accessibility: 100, 'best-practices': 100, seo: 100 }

/**
 * What is no fault of a page on this machine: the test server speaks plain HTTP, and names the address
 * that the site is to have.
 */
const PASSED_OVER = ['is-on-https', 'redirects-http', 'canonical']

/** Faults of each page; `say` gets the four numbers. Simulated throttling: a busy machine changes little. */
export async function checkByLighthouse(base, paths, say) {
  const home = mkdtempSync(join(tmpdir(), 'zhuanlan-lighthouse-'))
  const port = 9000 + (process.pid % 1000)
  const browser = await chromium.launchPersistentContext(home, {
    executablePath: tool('chromium'), headless: true, args: [...ARGS, `--remote-debugging-port=${port}`],
  })
  const faults = []
  try {
    for (const path of paths) {
      let result = await measure(base + path, port)
      // Performance alone hangs on the machine's hour: the better of two is the page's own.
      if (score(result, 'performance') < LEAST.performance) {
        const again = await measure(base + path, port)
        if (score(again, 'performance') > score(result, 'performance')) result = again
      }
      const scores = Object.keys(LEAST).map((name) => `${name} ${score(result, name)}`)
      say(`${path}: ${scores.join(', ')}`)
      for (const [name, least] of Object.entries(LEAST)) {
        if (score(result, name) < least) faults.push(`${path}: ${name} ${score(result, name)} of ${least}: ${failed(result, name).join('; ')}`)
      }
    }
  } finally {
    await browser.close()
    rmSync(home, { recursive: true, force: true })
  }
  return faults
}

async function measure(url, port) {
  const run = await lighthouse(url, {
    port, logLevel: 'error', output: 'json', onlyCategories: Object.keys(LEAST), skipAudits: PASSED_OVER, formFactor: 'mobile',
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
