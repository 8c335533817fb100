/**
 * Five columns at five widths, plain and in elder mode: the sample, one piece, three hundred without a photo, one of
 * extremes, and two in other languages. Nothing scrolls sideways, no picture is out of proportion, and no line of a
 * title ends within a word.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch } from './browser.mjs'
import { checkElder } from './checks/elder.mjs'
import { checkLayout, WIDTHS } from './checks/layout.mjs'
import { columns } from './columns.mjs'
import { none } from './faults.mjs'
import { buildColumn, site } from './site.mjs'

const home = mkdtempSync(join(tmpdir(), 'zhuanlan-extremes-'))
let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser?.close()
  rmSync(home, { recursive: true, force: true })
})

for (const [name, files, more] of columns) {
  test(name, async () => {
    const folder = files ? buildColumn(join(home, name.slice(0, 3).trim()), files()) : site().folder
    const base = `${pathToFileURL(folder.root).href}/`
    const paths = [...new Set([...folder.onePageOfEachKind, ...more])]
    none(await checkLayout(browser, base, paths, WIDTHS))
    none(await checkLayout(browser, base, paths, WIDTHS, { elder: true }))
    if (files) none(await checkElder(browser, base, paths))
  })
}
