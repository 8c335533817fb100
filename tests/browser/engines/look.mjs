/**
 * Pictures of the site in each engine for people to judge, not a test:
 *
 *     ZHUANLAN_ENGINES=all node tests/browser/engines/look.mjs PICTURES
 *
 * Home, an article, a story with upright photos, search, ledger, library and elder mode, at 390 and 1280 px: the first
 * 2,400 px of each.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { inEngines } from '../support/engines.mjs'
import { columns } from './fixture.mjs'

const pictures = process.env.ZHUANLAN_PICTURES
if (!pictures) throw new Error('ZHUANLAN_PICTURES names the folder for the pictures')
mkdirSync(pictures, { recursive: true })
const ways = columns()

const SHOWN = [
  ['home', 'sample', 'index.html'],
  ['article', 'sample', 'news/first-fortnight.html'],
  ['story', 'small', 'stories/upright.html'],
  ['search', 'sample', 'search.html?q=%E6%95%99%E8%82%B2'],
  ['ledger', 'small', 'news/ledger.html'],
  ['library', 'sample', 'materials.html'],
  ['elder', 'sample', 'news/first-fortnight.html', { elder: true }],
]

inEngines([390, 1280].map((width) => ({
  name: `pictures at ${width} px`,
  width,
  height: 900,
  work: async (page, engine) => {
    for (const [name, way, path, choice] of SHOWN) {
      await page.goto(ways[way].http + path)
      if (choice) {
        await page.evaluate((kept) => localStorage.setItem('gazette', JSON.stringify(kept)), choice)
        await page.reload()
      }
      if (name === 'search') await page.until(() => document.querySelector('main').innerText.includes('条') || document.querySelectorAll('main li').length > 2)
      await new Promise((done) => setTimeout(done, 700))
      await page.screenshot(join(pictures, `${name}-${width}-${engine.name}.png`), false)
      if (choice) await page.evaluate(() => localStorage.clear())
    }
  },
})))
