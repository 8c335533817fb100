/** Pages on screens from 320 to 1920 px, without scripts, and on paper. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, overPages } from './browser.mjs'
import { checkLayout, checkShift, checkWithoutScript } from './checks/layout.mjs'
import { checkPrint } from './checks/print.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { site } from './site.mjs'

const { folder } = site()
const disk = `${pathToFileURL(folder.root).href}/`

let browser
let server
before(async () => {
  browser = await launch()
  server = await serve(folder.root)
})
after(async () => {
  await browser?.close()
  server?.stop()
})

test('no page scrolls sideways, has small text, breaks a word in a title, or a target too small', async () => {
  none(await checkLayout(browser, server.url, folder.shownPages))
})

for (const width of [390, 1280]) {
  test(`nothing moves while a page loads and is read, at ${width} px`, async () => {
    none(await checkShift(browser, server.url, folder.onePageOfEachKind, width))
  })
}

test('with scripts off every page says the same', async () => {
  const paths = folder.shownPages.filter((path) => path !== '404.html')
  none(await checkWithoutScript(browser, disk, paths))
})

for (const kind of ['article', 'story', 'material', 'page']) {
  test(`${kind}: prints whole, on A4`, async () => {
    const path = folder.onePageOfEachKind.find((path) => folder.page(path).kind === kind)
    none(await checkPrint(browser, disk, path))
  })
}

test('on a phone a document says who issued it, then its text, then how its file begins', async () => {
  const [path] = folder.onePageOfEachKind.filter((path) => folder.page(path).kind === 'material')
  const [tops] = await overPages(browser, { viewport: { width: 390, height: 844 } }, [path], async (page) => {
    await page.goto(disk + encodeURI(path))
    const top = (selector) => page.locator(selector).first().evaluate((node) => node.getBoundingClientRect().top)
    return [await Promise.all(['h1', '.facts', '.material-files', '.prose'].map(top))]
  })
  assert.deepEqual(tops, [...tops].sort((one, other) => one - other), path)
})

test('text on a phone has ragged ends, and no paragraph leaves its last character alone', async () => {
  const paths = folder.onePageOfEachKind.filter((path) => ['article', 'story', 'material', 'page'].includes(folder.page(path).kind))
  none(await overPages(browser, { viewport: { width: 390, height: 844 } }, paths, async (page, path) => {
    await page.goto(disk + encodeURI(path))
    return page.evaluate((path) => {
      const faults = []
      const range = document.createRange()
      for (const paragraph of document.querySelectorAll('.prose > p, .deck, .goals li')) {
        if (getComputedStyle(paragraph).textAlign === 'justify') faults.push(`${path}: justified: ${paragraph.textContent.slice(0, 12)}`)
        range.selectNodeContents(paragraph)
        const lines = [...range.getClientRects()].filter((box) => box.width > 0)
        const last = Math.max(...lines.map((box) => Math.round(box.bottom)))
        const width = lines.filter((box) => Math.abs(box.bottom - last) < 4).reduce((sum, box) => sum + box.width, 0)
        const size = parseFloat(getComputedStyle(paragraph).fontSize)
        const high = new Set(lines.map((box) => Math.round(box.bottom / 4))).size
        // One character and its full stop.
        if (high > 1 && width < size * 2.1) faults.push(`${path}: a character alone: ${paragraph.textContent.slice(-12)}`)
      }
      return faults
    }, path)
  }))
})
