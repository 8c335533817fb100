/** A page on paper: what the printed PDF holds. */
import { openPage } from '../browser.mjs'
import { run, tool } from '../tools.mjs'

/** All white space goes: lines break anywhere in Chinese. */
const bare = (text) => text.replace(/\s+/g, '')

/** Prints a page as a reader would, on A4 by the page's own rules, and reads it back. */
export async function checkPrint(browser, base, path) {
  const page = await openPage(browser)
  await page.goto(base + encodeURI(path), { waitUntil: 'load' })
  const title = await page.evaluate(() => document.querySelector('h1').textContent)
  // Only the end of it: a link before may be followed by its target on paper.
  const lastWords = await page.evaluate(() => [...document.querySelectorAll('.prose p')].pop()?.textContent.trim().slice(-10) ?? '')
  const column = await page.evaluate(() => document.documentElement.dataset.column)
  const links = await page.evaluate(() => [...document.querySelectorAll('.prose a[href]')].filter((link) => !link.getAttribute('href').startsWith('#')).length)
  const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4' })
  await page.context().close()
  const text = run(tool('pdftotext'), ['-', '-'], { input: pdf }).stdout
  const facts = run(tool('pdftotext').replace(/pdftotext$/, 'pdfinfo'), ['-'], { input: pdf }).stdout
  const faults = []
  const pages = Number(/^Pages:\s+(\d+)/m.exec(facts)?.[1] ?? 0)
  if (pages < 1 || pages > 20) faults.push(`prints ${pages} pages`)
  if (!/^Page size:\s+59[45](\.\d+)? x 84[12]/m.test(facts)) faults.push(`prints on ${/^Page size:.*$/m.exec(facts)?.[0]}`)
  if (!bare(text).includes(bare(title))) faults.push('prints without its title')
  if (!bare(text).replace(/〔\d+〕/g, '').includes(bare(lastWords))) faults.push('prints without its last paragraph')
  // Each sheet says what it belongs to, and which it is of how many.
  text.split('\f').slice(0, pages).forEach((sheet, at) => {
    if (!bare(sheet).startsWith(bare(column))) faults.push(`sheet ${at + 1} does not begin with the column's name`)
    if (!bare(sheet).includes(`${at + 1}/${pages}`)) faults.push(`sheet ${at + 1} of ${pages} has no page number`)
  })
  if (!bare(text).includes('扫码阅读网页版')) faults.push('prints without its QR code and address')
  if (links > 0 && !bare(text).includes('〔1〕')) faults.push(`prints without the addresses of its ${links} links`)
  if (/长者模式|阅读设置|退出长者/.test(bare(text))) faults.push('prints buttons')
  if (bare(text).includes('跳到正文')) faults.push('prints what only a screen needs')
  return faults.map((message) => `${path}: ${message}`)
}
