/** Elder mode, measured: the numbers that 适老化 asks for, and ours that go beyond. */
import { overPages } from '../browser.mjs'
import { keep } from '../reading.mjs'

/** Text of 24 px, lines of 1.6, targets of 60 px, nothing that moves, nothing beyond the edge. */
export function checkElder(browser, base, paths) {
  return overPages(browser, { viewport: { width: 390, height: 844 } }, paths, async (page, path) => {
    const faults = []
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      faults.push(...(await page.evaluate(measure)).map((message) => `${path} (${width} px): ${message}`))
    }
    return faults
  }, (page) => keep(page, { elder: true }))
}

/** Runs in the page. */
function measure() {
  const said = new Set()
  const name = (node) => `<${node.localName}${node.classList.length ? ` class="${node.classList}"` : ''}> “${node.textContent.trim().slice(0, 12)}”`
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !node.closest('.said, .skip')
  if (!document.documentElement.classList.contains('elder')) return ['is not in elder mode']
  for (const details of document.querySelectorAll('details')) details.open = true
  if (document.documentElement.scrollWidth > innerWidth) said.add(`scrolls sideways: ${document.documentElement.scrollWidth}`)
  if (document.getAnimations().length > 0) said.add('something moves')
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement
    if (node.data.trim() === '' || ['SCRIPT', 'NOSCRIPT'].includes(parent.tagName) || !shown(parent)) continue
    if (parent.closest('sup, sub')) continue
    const style = getComputedStyle(parent)
    const size = parseFloat(style.fontSize)
    if (size < 24) said.add(`text of ${size} px: ${name(parent)}`)
  }
  for (const block of document.querySelectorAll('.prose > p, .prose > ul > li, .prose > ol > li, .intro, .deck')) {
    if (!shown(block)) continue
    const style = getComputedStyle(block)
    const line = parseFloat(style.lineHeight) / parseFloat(style.fontSize)
    if (line < 1.6) said.add(`lines of ${line.toFixed(2)}: ${name(block)}`)
  }
  for (const target of document.querySelectorAll('button, summary, .box, nav a, a.button, .option')) {
    if (!shown(target)) continue
    const box = target.getBoundingClientRect()
    // What only assistive technology meets is a pixel large.
    if (box.height <= 1) continue
    if (box.height < 59.5 || box.width < 59.5) said.add(`a target of ${Math.round(box.width)}×${Math.round(box.height)}: ${name(target)}`)
  }
  // Who wants large letters gets no smaller ones anywhere; a long name of the column is large enough at 48 px.
  const heads = [...document.querySelectorAll('h1, h2, h3, .title, .event-title')].filter(shown)
  const sizes = heads.map((head) => parseFloat(getComputedStyle(head).fontSize))
  // The page's own heading is the largest.
  const own = document.querySelector('main h1')
  const most = own ? parseFloat(getComputedStyle(own).fontSize) : Infinity
  heads.forEach((head, at) => {
    if (sizes[at] > most + 0.5) said.add(`a heading of ${sizes[at]} px below one of ${most} px: ${name(head)}`)
  })
  document.documentElement.classList.remove('elder')
  heads.forEach((head, at) => {
    const usual = parseFloat(getComputedStyle(head).fontSize)
    if (sizes[at] < Math.min(usual, 48) - 0.5) said.add(`a headline of ${sizes[at]} px, ${usual} px without elder mode: ${name(head)}`)
  })
  document.documentElement.classList.add('elder')
  return [...said]
}
