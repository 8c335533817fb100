/** Pages on screens from 320 to 1920 px, without scripts, and on paper. */
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch } from './browser.mjs'
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
