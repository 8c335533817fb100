/**
 * Five columns at five widths, plain and in elder mode: the sample, one piece, three hundred without a photo, one of
 * extremes, and two in other languages. Nothing scrolls sideways, no picture is out of proportion, and no line of a
 * title ends within a word.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch } from './browser.mjs'
import { checkElder } from './checks/elder.mjs'
import { checkLayout, WIDTHS } from './checks/layout.mjs'
import { english, extreme, many, one, traditional } from './columns.mjs'
import { none } from './faults.mjs'
import { Folder } from './folder.mjs'
import { binary, NOW, site } from './site.mjs'
import { run } from './tools.mjs'

function built(home, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  const done = run(binary(), ['build', '--root', home, '--output', join(home, 'output'), '--now', NOW])
  if (done.code !== 0) throw new Error(`not built:\n${done.stderr}${done.stdout}`)
  return new Folder(join(home, 'output'))
}

const home = mkdtempSync(join(tmpdir(), 'zhuanlan-extremes-'))
let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser?.close()
  rmSync(home, { recursive: true, force: true })
})

for (const [name, files, more] of [
  ['sample', null, []],
  ['one piece', one, ['news/a.html']],
  ['three hundred pieces, none with a photo', many, ['news/n0.html', 'news/page-8.html', 'study/wide.html', 'topics/index.html']],
  ['a long name, six phases, forty topics, portrait photos', extreme, ['news/a.html', 'stories/s.html', 'study/m.html', 'stories/index.html']],
  ['English', english, ['news/a.html', 'stories/index.html']],
  ['traditional Chinese', traditional, ['news/a.html', 'stories/index.html']],
]) {
  test(name, async () => {
    const folder = files ? built(join(home, name.slice(0, 3).trim()), files()) : site().folder
    const base = `${pathToFileURL(folder.root).href}/`
    const paths = [...new Set([...folder.onePageOfEachKind, ...more])]
    none(await checkLayout(browser, base, paths, WIDTHS))
    none(await checkLayout(browser, base, paths, WIDTHS, { elder: true }))
    if (files) none(await checkElder(browser, base, paths))
  })
}
