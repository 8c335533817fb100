/** Pages as they stand on screens: nothing wider than it, nothing too small, nothing that moves. */
import { overPages } from '../browser.mjs'
import { keep } from '../reading.mjs'
import { settle } from './live.mjs'

/** From the smallest phone to a large desktop, in CSS pixels. */
export const WIDTHS = [320, 390, 768, 1280, 1920]

/** A phone's, where targets are measured. */
const PHONE = 390

/**
 * No page scrolls sideways, no text is under 14 px, no picture is out of proportion, titles break between words only,
 * targets are large enough. `kept` is what the reader has chosen: `{ elder: true }`.
 */
export function checkLayout(browser, base, paths, widths = WIDTHS, kept = {}) {
  return overPages(browser, { reducedMotion: 'reduce' }, paths, async (page, path) => {
    const faults = []
    await page.setViewportSize({ width: widths[0], height: 900 })
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    await settle(page)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      const said = await page.evaluate(measure, { phone: width === PHONE })
      faults.push(...said.map((message) => `${path} (${width} px): ${message}`))
    }
    return faults
  }, (page) => keep(page, kept))
}

/** Runs in the page. `phone` asks for the sizes of targets too. */
function measure({ phone }) {
  const said = []
  const root = document.documentElement
  const name = (node) => `<${node.localName}${node.id ? ` id=${node.id}` : ''}${node.classList.length ? ` class="${node.classList}"` : ''}>`
  const shown = (node) => {
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
    // Words for screen readers alone stand in a box of one pixel.
    for (let at = node; at !== root && at; at = at.parentElement) {
      if (at.clientWidth <= 1 && at.clientHeight <= 1 && getComputedStyle(at).overflow === 'hidden') return false
      if (at.matches('.skip:not(:focus)')) return false
    }
    return true
  }
  const scrolls = (node) => {
    for (let at = node; at && at !== document.body; at = at.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return true
    }
    return false
  }
  for (const details of document.querySelectorAll('details')) details.open = true

  if (root.scrollWidth > innerWidth) said.push(`scrolls sideways: ${root.scrollWidth} px`)
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  const small = new Set()
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement
    if (node.data.trim() === '' || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName) || !shown(parent)) continue
    const size = parseFloat(getComputedStyle(parent).fontSize)
    // The marks of notes are raised and small everywhere.
    if (size < 14 && !small.has(parent) && !parent.closest('sup')) {
      small.add(parent)
      said.push(`text of ${size} px: ${name(parent)} “${node.data.trim().slice(0, 20)}”`)
    }
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if ((box.right > innerWidth + 0.5 || box.left < -0.5) && !scrolls(parent)) {
      said.push(`text beyond the edge: ${name(parent)} “${node.data.trim().slice(0, 20)}”`)
    }
  }

  // No text stands over another: what each block's words take up, as far as it shows.
  const taken = new Map()
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const parent = node.parentElement
    if (node.data.trim() === '' || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(parent.tagName) || !shown(parent)) continue
    range.selectNodeContents(node)
    let { left, top, right, bottom } = range.getBoundingClientRect()
    for (let at = parent; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (['absolute', 'fixed', 'sticky'].includes(style.position)) break
      if (style.overflowX !== 'visible' && style.display !== 'inline') {
        const box = at.getBoundingClientRect()
        left = Math.max(left, box.left)
        top = Math.max(top, box.top)
        right = Math.min(right, box.right)
        bottom = Math.min(bottom, box.bottom)
      }
      if (right <= left || bottom <= top) break
      const is = taken.get(at) ?? { left, top, right, bottom }
      taken.set(at, { left: Math.min(is.left, left), top: Math.min(is.top, top), right: Math.max(is.right, right), bottom: Math.max(is.bottom, bottom) })
    }
  }
  for (const [block, one] of taken) {
    for (let next = block.nextElementSibling; next; next = next.nextElementSibling) {
      const other = taken.get(next)
      if (!other || [block, next].some((node) => ['inline', 'contents'].includes(getComputedStyle(node).display))) continue
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
      // The box of a line is higher than its letters, and large lines may well touch.
      if (wide > 2 && high > Math.min(one.bottom - one.top, other.bottom - other.top) / 2) said.push(`text over text: ${name(block)} “${block.textContent.trim().slice(0, 12)}” and ${name(next)} “${next.textContent.trim().slice(0, 12)}”`)
    }
  }

  // Cropped on purpose or whole: but never stretched.
  for (const image of document.images) {
    if (!image.complete || image.naturalWidth === 0 || !shown(image)) continue
    if (['cover', 'contain', 'scale-down'].includes(getComputedStyle(image).objectFit)) continue
    const box = image.getBoundingClientRect()
    const wanted = (box.height * image.naturalWidth) / image.naturalHeight
    if (Math.abs(wanted - box.width) > Math.max(2, box.width / 100)) {
      said.push(`out of proportion: ${Math.round(box.width)}×${Math.round(box.height)} of ${image.naturalWidth}×${image.naturalHeight} ${name(image.parentElement)}`)
    }
  }

  // With <wbr> between its words, a title, caption or name may break nowhere else, unless a word alone is wider than
  // the line.
  const broken = (wbr) => (wbr.parentElement.matches('.c') ? broken(wbr.parentElement) : wbr.parentElement)
  for (const title of new Set([...document.querySelectorAll('wbr')].map(broken))) {
    if (!shown(title)) continue
    let block = title
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    const line = block.clientWidth
    const parts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT)
    for (let node = parts.nextNode(); node; node = parts.nextNode()) {
      // A break at punctuation inside a part is a break between words too.
      for (const match of node.data.matchAll(/[\p{Script=Han}]+/gu)) {
        range.setStart(node, match.index)
        range.setEnd(node, match.index + match[0].length)
        const boxes = [...range.getClientRects()]
        const tops = new Set(boxes.map((box) => Math.round(box.top)))
        const width = boxes.reduce((sum, box) => sum + box.width, 0)
        if (tops.size > 1 && width < line) said.push(`a title breaks inside 「${match[0]}」: ${name(title)}`)
      }
    }
  }

  // A line of the column's name, and the name of a filter, stand on one line where one is wide enough.
  for (const whole of document.querySelectorAll('.masthead-line, .filter + label')) {
    if (!shown(whole)) continue
    range.selectNodeContents(whole)
    const boxes = [...range.getClientRects()]
    const tops = new Set(boxes.map((box) => Math.round(box.top)))
    const width = boxes.reduce((sum, box) => sum + box.width, 0)
    if (tops.size > 1 && width < whole.parentElement.clientWidth) said.push(`broken: 「${whole.textContent}」 ${name(whole)}`)
  }

  if (phone) {
    const wanted = 'nav a, nav summary, header summary, button, summary, select, label.option, a.button, a.skip:focus, [role=button]'
    for (const target of document.querySelectorAll(wanted)) {
      if (!shown(target)) continue
      const box = target.getBoundingClientRect()
      if (box.width < 43.5 || box.height < 43.5) {
        said.push(`a target of ${Math.round(box.width)}×${Math.round(box.height)}: ${name(target)} “${target.textContent.trim().slice(0, 20)}”`)
      }
    }
  }
  return said
}

/** Nothing moves while a page loads and is scrolled through. Served over http, as a cache-less first visit. */
export function checkShift(browser, base, paths, width, kept = {}) {
  return overPages(browser, { viewport: { width, height: 844 } }, paths, async (page, path) => {
    const look = async () => {
      await page.goto(base + encodeURI(path), { waitUntil: 'load' })
      return page.evaluate(scrollThrough)
    }
    // A machine that stutters paints a page between two words of it, once in many times; what a page
    // does of itself it does again.
    let shifts = await look()
    if (shifts.length > 0) shifts = await look()
    return shifts.map((shift) => `${path} (${width} px): moved by ${shift.value.toFixed(4)}: ${shift.what}`)
  }, async (page) => {
    await page.addInitScript(noteShifts)
    await page.addInitScript((kept) => Object.entries(kept).forEach(([name, value]) => localStorage.setItem(name, value)), kept)
  })
}

/** Runs before the page's own scripts. */
export function noteShifts() {
  window.shifts = []
  const note = (list) => {
    for (const entry of list.getEntries()) {
      const told = ({ node, previousRect: was, currentRect: is }) =>
        `${node?.parentElement?.className || '?'} > ${node?.nodeName} (${was.y} + ${was.height} → ${is.y} + ${is.height})`
      const what = entry.sources.map(told).join(', ')
      window.shifts.push({ value: entry.value, what })
    }
  }
  window.shiftWatch = new PerformanceObserver(note)
  window.shiftWatch.observe({ type: 'layout-shift', buffered: true })
  window.noteShift = note
}

/** Runs in the page: goes down a screen at a time; two frames let the browser lay out and tell. */
async function scrollThrough() {
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo(0, top)
    await frame()
    const near = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight * 2)
    for (const image of near) image.loading = 'eager'
    await Promise.allSettled(near.map((image) => image.decode()))
    await frame()
  }
  await document.fonts.ready
  await frame()
  await frame()
  window.noteShift({ getEntries: () => window.shiftWatch.takeRecords() })
  return window.shifts
}

/** With scripts off every page shows the same words. */
export async function checkWithoutScript(browser, base, paths) {
  const read = (options) =>
    overPages(browser, options, paths, async (page, path) => {
      await page.goto(base + encodeURI(path), { waitUntil: 'load' })
      // `js` shows what only works with scripts: buttons, whose words are no content.
      return [await page.evaluate(() => (document.documentElement.classList.remove('js', 'voice'), document.body.innerText))]
    })
  const withScript = await read({})
  const without = await read({ javaScriptEnabled: false })
  return paths.filter((path, index) => withScript[index] !== without[index] || without[index].trim() === '').map((path) => `${path}: shows other words without scripts`)
}
