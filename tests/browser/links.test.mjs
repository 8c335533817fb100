/** Nothing dead, nothing lost, nothing from elsewhere: by the files, over http at a sub-path, and from disk. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, openPage } from './browser.mjs'
import { checkLinks, checkServed } from './checks/links.mjs'
import { checkLive } from './checks/live.mjs'
import { none } from './faults.mjs'
import { serve, SUB_PATH } from './nginx.mjs'
import { BASE, REPO, site } from './site.mjs'

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

test('every link leads to a file or an anchor, and every file is led to', () => {
  const fixed = readdirSync(join(REPO, 'content/static'), { recursive: true })
  none(checkLinks(folder, SUB_PATH, fixed, BASE))
})

test('a server gives every file, under a sub-path', async () => none(await checkServed(folder, server.url)))

test('over http no page breaks the policy, complains, or asks elsewhere', async () => {
  none(await checkLive(browser, server.url, folder.shownPages))
})

test('from disk no page complains or asks elsewhere', async () => {
  // What is shown for a missing page has no place of its own, so it has links for a server only.
  const paths = folder.shownPages.filter((path) => path !== '404.html')
  none(await checkLive(browser, `${pathToFileURL(folder.root).href}/`, paths))
})

test('a missing page at any depth is answered with 404, whole', async () => {
  const faults = await checkLive(browser, server.url, ['no/such/page.html'])
  const expected = /^no\/such\/page\.html: (got 404 for .*no\/such\/page\.html|console error: .* 404 \(Not Found\) .*no\/such\/page\.html)$/
  none(faults.filter((fault) => !expected.test(fault)))
  if (faults.length === 0) throw new Error('the missing page was not answered with 404')
})

test('an old address leads on to the new one, over http and from disk', async () => {
  const page = await openPage(browser)
  const faults = []
  for (const base of [server.url, `${pathToFileURL(folder.root).href}/`]) {
    for (const path of folder.pages.filter((path) => folder.page(path).redirect)) {
      await page.goto(base + encodeURI(path), { waitUntil: 'commit' })
      await page.waitForURL((url) => !url.href.endsWith(encodeURI(path)))
      if (!folder.files.has(decodeURI(page.url().slice(base.length)))) faults.push(`${path}: leads to ${page.url()}`)
    }
  }
  await page.context().close()
  none(faults)
})
