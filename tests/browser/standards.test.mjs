/** The standards that all pages keep: Lighthouse, budgets, focus, text spacing, browsers of 2020. */
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { checkAge, checkFocus, checkOldEngine, checkSpacing } from './checks/standards.mjs'
import { checkWeight } from './checks/weight.mjs'
import { none } from './faults.mjs'
import { checkByLighthouse } from './lighthouse.mjs'
import { serve } from './nginx.mjs'
import { site } from './site.mjs'

const { folder } = site()
const kinds = [...folder.onePageOfEachKind, '404.html']

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

test('every page is within its budget', (t) => none(checkWeight(folder, (line) => t.diagnostic(line))))

test('styles and scripts are those of 2020', () => none(checkAge(folder)))

test('an engine of 2020 shows complete pages', async () => none(await checkOldEngine(browser, server.url, kinds)))

test('the focus shows and nothing hides it', async () => none(await checkFocus(browser, server.url, kinds)))

test('with wider text spacing nothing is lost', async () => none(await checkSpacing(browser, server.url, kinds)))

test('Lighthouse finds nothing on six kinds of page, and their first view is light', async (t) => {
  const wanted = ['home', 'article', 'story', 'material', 'section', 'phases']
  const paths = wanted.map((kind) => folder.onePageOfEachKind.find((path) => folder.page(path).kind === kind))
  none(await checkByLighthouse(server.url, paths, (line) => t.diagnostic(line)))
})
