/**
 * Pictures of built sites for people to judge, not a test:
 *
 *     node tests/browser/look.mjs OUTPUT PICTURES [KIND …]
 *     node tests/browser/look.mjs columns PICTURES [KIND …]
 *
 * Each kind of page at all widths, light, dark and in elder mode, the whole page high; of one built site, or of the
 * sample and all columns that nobody plans for.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, overPages } from './browser.mjs'
import { WIDTHS } from './checks/layout.mjs'
import { settle } from './checks/live.mjs'
import { columns } from './columns.mjs'
import { Folder } from './folder.mjs'
import { keep } from './reading.mjs'
import { buildColumn, site } from './site.mjs'

const [output, pictures, ...kinds] = process.argv.slice(2)
if (!output || !pictures) {
  process.stderr.write('usage: node look.mjs OUTPUT|columns PICTURES [KIND …]\n')
  process.exit(2)
}

const home = mkdtempSync(join(tmpdir(), 'zhuanlan-look-'))
const shown = output === 'columns'
  ? columns.map(([name, files, more], at) => [name, files ? buildColumn(join(home, `${at}`), files()) : site().folder, more])
  : [['', new Folder(resolve(output)), []]]

const browser = await launch()
let count = 0
for (const [name, folder, more] of shown) {
  const paths = [...new Set([...folder.onePageOfEachKind, ...more, '404.html'])]
    .filter((path) => folder.files.has(path))
    .filter((path) => kinds.length === 0 || kinds.includes(folder.page(path).kind))
  const place = join(pictures, name)
  mkdirSync(place, { recursive: true })
  for (const elder of [false, true]) {
    await overPages(browser, { reducedMotion: 'reduce' }, paths, async (page, path) => {
      await page.setViewportSize({ width: WIDTHS[0], height: 900 })
      await page.goto(pathToFileURL(folder.place(path)).href)
      await settle(page)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        await settle(page)
        for (const how of elder ? ['elder'] : ['light', 'dark']) {
          await page.emulateMedia({ colorScheme: how === 'dark' ? 'dark' : 'light' })
          const file = `${path.replaceAll('/', '-').replace(/\.html$/, '')}-${width}-${how}.png`
          await page.screenshot({ path: join(place, file), fullPage: true })
          count += 1
        }
      }
      return []
    }, (page) => keep(page, elder ? { elder: true } : {}))
  }
}
await browser.close()
rmSync(home, { recursive: true, force: true })
process.stdout.write(`${count} pictures\n`)
