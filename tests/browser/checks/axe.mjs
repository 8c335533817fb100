/** Accessibility by axe-core, in four modes: light, dark, high contrast, elder. */
import { readFileSync } from 'node:fs'
import { overPages } from '../browser.mjs'
import { packageFile } from '../tools.mjs'

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }

/** The rules that colours can break: what a second colour scheme is asked for. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** A mode: its name, the system's colours, what the reader chose, the rules that it can break. */
const LIGHT = ['light', 'light', {}, ALL]
const DARK = ['dark', 'dark', {}, COLOURS]
const CONTRAST = ['high contrast', 'light', { contrast: 'more' }, COLOURS]
const CONTRAST_DARK = ['high contrast, dark', 'dark', { contrast: 'more' }, COLOURS]
const ELDER = ['elder', 'dark', { elder: true, size: '3' }, ALL]
export const TWO = [LIGHT, DARK]
export const FOUR = [LIGHT, DARK, CONTRAST, CONTRAST_DARK, ELDER]

/**
 * Runs axe on each page: all rules in light and elder mode, those of colours in
 * the others. `prepare(page)` does something in the page first.
 */
export function checkByAxe(browser, base, paths, options = {}, modes = TWO, prepare = () => {}) {
  const source = readFileSync(packageFile('axe-core/axe.min.js'), 'utf8')
  return overPages(browser, { reducedMotion: 'reduce', ...options }, paths, async (page, path) => {
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    await prepare(page)
    await page.evaluate(source)
    const faults = []
    for (const [mode, colorScheme, chosen, rules] of modes) {
      await page.emulateMedia({ colorScheme })
      await page.evaluate(choose, chosen)
      const violations = await page.evaluate(runAxe, rules)
      faults.push(...violations.map((message) => `${path} (${mode}): ${message}`))
    }
    await page.evaluate(choose, {})
    return faults
  })
}

/** Runs in the page: chooses as a reader would in 阅读设置. */
async function choose(chosen) {
  if (!window.gazette && Object.keys(chosen).length === 0) return
  for (const name of ['elder', 'contrast', 'theme', 'size', 'font']) {
    await new Promise((done) => window.gazette.choose(name, chosen[name] ?? '', done))
  }
}

/** Runs in the page. */
async function runAxe(rules) {
  const { violations } = await window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`),
  )
}
