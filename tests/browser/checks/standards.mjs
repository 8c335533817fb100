/** What WCAG asks for and axe can't see, in a real browser: focus, text spacing, old engines. */
import { parse } from 'acorn'
import { overPages } from '../browser.mjs'

/** Steps of the Tab key through one page: enough for a head, a text and a foot. */
const STEPS = 60

/** Whatever has the focus shows it, lies on the screen, and nothing lies over it (2.4.7, 2.4.11). */
export function checkFocus(browser, base, paths, options = {}) {
  return overPages(browser, { viewport: { width: 1280, height: 800 }, ...options }, paths, async (page, path) => {
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    const faults = new Set()
    for (let step = 0; step < STEPS; step += 1) {
      await page.keyboard.press('Tab')
      const said = await page.evaluate(focused)
      if (said === 'end') break
      if (said) faults.add(`${path}: ${said}`)
    }
    return [...faults]
  })
}

/** Runs in the page. */
function focused() {
  const node = document.activeElement
  if (!node || node === document.body) return 'end'
  const name = `<${node.localName} class="${node.className}"> “${(node.textContent || node.value || '').trim().slice(0, 16)}”`
  // A radio drawn by its label shows the focus there.
  const shows = [node, node.parentElement, ...(node.labels ?? []), ...node.querySelectorAll('*')].some((one) => {
    const style = getComputedStyle(one)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  })
  if (!shows) return `the focus does not show: ${name}`
  // An input that a label stands for is hidden, and lies somewhere.
  const seen = node.localName === 'input' && node.labels.length > 0 ? node.labels[0] : node
  const box = [...seen.getClientRects()].find((rect) => rect.width > 0 && rect.height > 0)
  if (!box) return null
  const [x, y] = [Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), box.top + box.height / 2]
  if (box.bottom <= 0 || box.top >= innerHeight) return `the focus is off the screen: ${name}`
  const over = document.elementFromPoint(x, Math.min(Math.max(y, 0), innerHeight - 1))
  if (over && !seen.contains(over) && !over.contains(seen)) {
    return `the focus lies under <${over.localName} class="${over.className}">: ${name}`
  }
  return null
}

/** With the spacing of 1.4.12 nothing is cut off and nothing scrolls sideways. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }`

export function checkSpacing(browser, base, paths) {
  // The policy forbids styles inside a page; a reader's own sheet comes from the browser.
  return overPages(browser, { viewport: { width: 390, height: 844 }, bypassCSP: true }, paths, async (page, path) => {
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    await page.addStyleTag({ content: SPACING })
    const faults = []
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      faults.push(...(await page.evaluate(cut)).map((message) => `${path} (${width} px, spaced): ${message}`))
    }
    return faults
  })
}

/** Runs in the page. */
function cut() {
  const said = []
  if (document.documentElement.scrollWidth > innerWidth) said.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`)
  for (const node of document.querySelectorAll('body *')) {
    const style = getComputedStyle(node)
    if (style.overflowX !== 'hidden' && style.overflowY !== 'hidden') continue
    // What is for assistive technology alone is a pixel large.
    if (node.closest('.said, svg') || !node.checkVisibility() || node.clientHeight <= 1) continue
    if (node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2) said.push(`cuts off <${node.localName} class="${node.className}">`)
  }
  return said
}

/**
 * What Chromium 86 and the engines of WeChat don't know. A selector or an at-rule of these makes them
 * drop a whole rule; a declaration alone is dropped by itself, and that is fine.
 */
const TOO_NEW = [
  [/:(has|is|where)\(/g, 'selector'], [/@(layer|container|property|scope|starting-style|view-transition)\b/g, 'at-rule'],
  [/[^-\w](color-mix|oklch|oklab|lch|lab|light-dark|round|mod)\(/g, 'value'], [/\d(cqw|cqi|cqh)\b/g, 'unit'], [/\{[^{}]*&/g, 'nesting'],
]

/** A declaration in units of Chromium 108; passed over, it must leave one of the same property behind. */
const NEW_UNIT = /([{;])([-a-z]+):[^;{}]*\d(?:dvh|svh|lvh|dvw)\b[^;{}]*/g

/** A stylesheet as an old engine reads it: without what stands behind a feature query. */
export function withoutQueries(css) {
  let out = ''
  let rest = css
  for (let at = rest.indexOf('@supports'); at >= 0; at = rest.indexOf('@supports')) {
    out += rest.slice(0, at)
    let depth = 0
    let end = rest.indexOf('{', at)
    for (; end < rest.length; end += 1) {
      if (rest[end] === '{') depth += 1
      if (rest[end] === '}') depth -= 1
      if (depth === 0) break
    }
    rest = rest.slice(end + 1)
  }
  return out + rest
}

/** Declarations that are younger than Chromium 86: an old engine passes over them. */
const YOUNG = /(^|[;{])\s*(text-autospace|text-spacing-trim|text-wrap|accent-color|aspect-ratio|inset|content-visibility|contain-intrinsic-size|overflow-clip-margin|text-emphasis(-position)?|d|x)\s*:[^;}]*/g

export const asOldEngine = (css) => withoutQueries(css).replace(YOUNG, '$1').replace(NEW_UNIT, '$1')

/** No stylesheet hangs on what is too new, and every script is of 2020. */
export function checkAge(folder) {
  const faults = []
  for (const path of folder.paths.filter((path) => path.endsWith('.css'))) {
    const css = withoutQueries(folder.text(path)).replace(/\/\*[^]*?\*\//g, '')
    for (const [pattern, what] of TOO_NEW) {
      for (const match of css.matchAll(pattern)) faults.push(`${path}: ${what} too new: ${css.slice(Math.max(0, match.index - 20), match.index + 40)}`)
    }
  }
  for (const path of folder.paths.filter((path) => path.endsWith('.css'))) {
    const css = folder.text(path)
    for (const match of css.matchAll(NEW_UNIT)) {
      const before = css.slice(css.lastIndexOf('{', match.index), match.index + 1)
      if (!before.includes(`${match[2]}:`)) faults.push(`${path}: nothing stands in for ${match[0].slice(1)}`)
    }
  }
  for (const path of folder.paths.filter((path) => path.endsWith('.js'))) {
    const text = folder.text(path)
    try {
      parse(text, { ecmaVersion: 2020, sourceType: 'script' })
    } catch (error) {
      faults.push(`${path}: ${error.message}`)
    }
    for (const match of text.matchAll(/\.(at|hasOwn|findLast|toSorted|replaceChildren|checkVisibility|structuredClone|showPopover)\(/g)) {
      faults.push(`${path}: ${match[0]} is too new`)
    }
  }
  return faults
}

/** With an old engine's eyes a page is complete: its words are there, it fits, its picture shows. */
export function checkOldEngine(browser, base, paths) {
  return overPages(browser, { viewport: { width: 390, height: 844 } }, paths, async (page, path) => {
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    const faults = []
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      const said = await page.evaluate(() => {
        const said = []
        if (document.documentElement.scrollWidth > innerWidth) said.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`)
        const h1 = document.querySelector('h1').getBoundingClientRect()
        if (!document.querySelector('h1.said') && (h1.width < 40 || h1.height < 16)) said.push('its title does not show')
        for (const text of document.querySelectorAll('.prose > p, .row-title, .lead-title')) {
          const box = text.getBoundingClientRect()
          if (box.width < 100 && text.textContent.trim().length > 8) said.push(`a text of ${Math.round(box.width)} px: ${text.textContent.slice(0, 12)}`)
        }
        return said
      })
      faults.push(...said.map((message) => `${path} (${width} px, old engine): ${message}`))
    }
    return faults
  }, (page) => page.route('**/*.css', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: asOldEngine(await answer.text()) })
  }))
}
