/** The sample column builds as the README says: without a finding, and says what to open. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { outputFolder, site, zhuanlan } from './site.mjs'

const { folder, report } = site()
const given = report === null && 'the output was given'

test('the sample column builds without a finding', { skip: given }, () => assert.deepEqual(report.findings, []))

test('the summary counts what is there', { skip: given }, () => {
  const { pages, articles, photos, materials, written, elapsed_ms: elapsed } = report.summary
  assert.equal(pages, folder.pages.length)
  assert.equal(written, folder.paths.length)
  assert.ok(articles >= 24, `${articles} articles`)
  assert.ok(photos >= 10, `${photos} photos`)
  assert.ok(materials >= 3, `${materials} materials`)
  assert.ok(elapsed >= 0)
})

test('a second build writes nothing and says which file to open', { skip: given }, () => {
  const again = zhuanlan('build', '--output', outputFolder())
  assert.equal(again.code, 0, again.stderr)
  const said = `${again.stdout}${again.stderr}`
  assert.match(said, /index\.html/)
  const third = JSON.parse(zhuanlan('build', '--output', outputFolder(), '--format', 'json').stdout)
  assert.equal(third.summary.written, 0)
  assert.equal(third.summary.removed, 0)
})

test('the pages that scripts outside rely on are where they are promised', () => {
  const promised = [
    'index.html', '404.html', 'about.html', 'materials.html', 'photos.html', 'ledger.html', 'archive/index.html', 'archive/2021-03.html',
    'topics/index.html', 'units/index.html', 'phases/index.html', 'people/index.html', 'series/index.html', 'news/index.html',
    'feed.atom', 'feed.rss', 'feed.json', 'news/feed.atom', 'news/feed.rss', 'news/feed.json', 'sitemap.xml', 'robots.txt', 'favicon.svg',
  ]
  assert.deepEqual(promised.filter((path) => !folder.files.has(path)), [])
  assert.ok(existsSync(join(folder.root, 'assets')))
})
