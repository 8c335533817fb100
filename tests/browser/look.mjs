/**
 * Pictures of the built site for people to judge, not a test:
 *
 *     node tests/browser/look.mjs OUTPUT PICTURES [KIND …]
 *
 * Each kind of page at 390 and 1280 px, light and dark, the whole page high.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, overPages } from './browser.mjs'
import { settle } from './checks/live.mjs'
import { Folder } from './folder.mjs'

const [output, pictures, ...kinds] = process.argv.slice(2)
if (!output || !pictures) {
  process.stderr.write('usage: node look.mjs OUTPUT PICTURES [KIND …]\n')
  process.exit(2)
}

const folder = new Folder(resolve(output))
const paths = [...folder.onePageOfEachKind, '404.html']
  .filter((path) => folder.files.has(path))
  .filter((path) => kinds.length === 0 || kinds.includes(folder.page(path).kind))
mkdirSync(pictures, { recursive: true })

const browser = await launch()
for (const width of [390, 1280]) {
  await overPages(browser, { viewport: { width, height: 900 }, reducedMotion: 'reduce' }, paths, async (page, path) => {
    await page.goto(pathToFileURL(folder.place(path)).href)
    await settle(page)
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      const name = `${folder.page(path).kind || path.replaceAll('/', '-')}-${width}-${colorScheme}.png`
      await page.screenshot({ path: join(pictures, name), fullPage: true })
      process.stdout.write(`${name}\n`)
    }
    return []
  })
}
await browser.close()
