/** Every page by axe-core, light and dark. */
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { checkByAxe, FOUR } from './checks/axe.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { site } from './site.mjs'

const { folder } = site()

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

test('no page has a violation, on a desktop', async () => none(await checkByAxe(browser, server.url, folder.shownPages)))

test('no kind of page has a violation in any mode, on a phone', async () => {
  // The print edition is a book for paper, without modes.
  const paths = folder.onePageOfEachKind.filter((path) => !path.startsWith('booklets/'))
  const phone = { viewport: { width: 390, height: 844 } }
  none(await checkByAxe(browser, server.url, [...paths, '404.html'], phone, FOUR))
})
