/** Accessibility by axe-core, in light and dark. */
import { readFileSync } from 'node:fs'
import { overPages } from '../browser.mjs'
import { packageFile } from '../tools.mjs'

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }

/** The rules that colours can break: what a second colour scheme is asked for. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/**
 * Runs axe on each page: all rules in light, those of colours in dark too.
 * `prepare(page)` does something in the page first.
 */
export function checkByAxe(browser, base, paths, options = {}, prepare = () => {}) {
  const source = readFileSync(packageFile('axe-core/axe.min.js'), 'utf8')
  return overPages(browser, { reducedMotion: 'reduce', ...options }, paths, async (page, path) => {
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    await prepare(page)
    await page.evaluate(source)
    const faults = []
    for (const [colorScheme, rules] of [['light', ALL], ['dark', COLOURS]]) {
      await page.emulateMedia({ colorScheme })
      const violations = await page.evaluate(runAxe, rules)
      faults.push(...violations.map((message) => `${path} (${colorScheme}): ${message}`))
    }
    return faults
  })
}

/** Runs in the page. */
async function runAxe(rules) {
  const { violations } = await window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`),
  )
}
