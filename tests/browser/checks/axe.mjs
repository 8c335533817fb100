/** Accessibility by axe-core, in light and dark. */
import { readFileSync } from 'node:fs'
import { overPages } from '../browser.mjs'
import { packageFile } from '../tools.mjs'

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Runs axe on each page in each colour scheme. */
export function checkByAxe(browser, base, paths, options = {}) {
  const source = readFileSync(packageFile('axe-core/axe.min.js'), 'utf8')
  return overPages(browser, { reducedMotion: 'reduce', ...options }, paths, async (page, path) => {
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    await page.evaluate(source)
    const faults = []
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      const violations = await page.evaluate(runAxe, TAGS)
      faults.push(...violations.map((message) => `${path} (${colorScheme}): ${message}`))
    }
    return faults
  })
}

/** Runs in the page. */
async function runAxe(tags) {
  const settings = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }
  const { violations } = await window.axe.run(document, settings)
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`),
  )
}
