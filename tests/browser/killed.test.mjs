/**
 * A build killed while it makes pictures: readers have the old site or the
 * new one, and the next build gives what a clean one gives.
 *
 * `ZHUANLAN_KILLS` says how often (8), `ZHUANLAN_SEED` repeats a run.
 */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, openPage } from './browser.mjs'
import { paint } from './checks/pictures.mjs'
import { article } from './column.mjs'
import { Folder } from './folder.mjs'
import { binary } from './site.mjs'
import { run } from './tools.mjs'

const KILLS = Number(process.env.ZHUANLAN_KILLS ?? 8)
const SEED = Number(process.env.ZHUANLAN_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function chance(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

let home
let photos

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'zhuanlan-killed-'))
  const browser = await launch()
  const page = await openPage(browser)
  const colours = (n) => [[200, 40, n], [40, 160, n], [50, n, 190], [n, 210, 60]]
  photos = []
  for (let n = 0; n < 8; n += 1) photos.push(await paint(page, 'image/jpeg', { width: 800, height: 500, colours: colours(30 * n) }))
  await browser.close()
})

after(() => rmSync(home, { recursive: true, force: true }))

/** Writes a column of four articles, each with a photo; the two versions have other photos under the same names. */
function write(root, version) {
  mkdirSync(join(root, 'content/news'), { recursive: true })
  writeFileSync(join(root, 'column.yaml'), 'title: 专栏\nbase_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n')
  for (let n = 0; n < 4; n += 1) {
    writeFileSync(join(root, `content/news/p${n}.jpg`), photos[4 * version + n])
    writeFileSync(join(root, `content/news/a${n}.md`), article(`第${n}篇`, '2021-03-08', `![图](p${n}.jpg)`, `cover: p${n}.jpg\n`))
  }
}

const args = (root) => ['build', '--root', root, '--now', '2021-03-22 12:00', '--format', 'json']

/** All published files and their sums; `null` where there is no site. */
function published(root) {
  const output = join(root, 'output')
  if (!existsSync(output)) return null
  const sum = (path) => createHash('sha256').update(readFileSync(join(output, path))).digest('hex')
  return JSON.stringify(new Folder(output).paths.map((path) => [path, sum(path)]))
}

/** Starts a build and kills it after `ms`; whether it was still at work. */
function kill(program, root, ms) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args(root), { stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), ms)
    child.once('error', reject)
    child.once('exit', (_, signal) => {
      clearTimeout(timer)
      resolve(signal === 'SIGKILL')
    })
  })
}

test(`killed ${KILLS} times, seed ${SEED}`, async (context) => {
  const program = binary()
  const clean = [0, 1].map((version) => {
    const root = join(home, `clean${version}`)
    write(root, version)
    const begun = performance.now()
    const built = run(program, args(root))
    assert.equal(built.code, 0, built.stderr + built.stdout)
    return { site: published(root), ms: performance.now() - begun }
  })
  assert.notEqual(clean[0].site, clean[1].site)
  const random = chance(SEED)
  const root = join(home, 'killed')
  let hit = 0
  let halfway = 0
  for (let n = 0; n < KILLS; n += 1) {
    const version = n % 2
    write(root, version)
    rmSync(join(root, '.cache'), { recursive: true, force: true })
    const before = published(root)
    // Pictures are made in the later part.
    const ms = (0.2 + 0.8 * random()) * clean[version].ms
    const killed = await kill(program, root, ms)
    hit += killed
    const made = existsSync(join(root, '.cache/photos')) ? new Folder(join(root, '.cache/photos')).paths.length : 0
    halfway += killed && made > 0
    const between = published(root)
    assert.ok([before, clean[version].site].includes(between), `kill ${n} after ${ms} ms: a mixture is published`)
    const built = run(program, args(root))
    assert.equal(built.code, 0, `kill ${n} after ${ms} ms: ${built.stderr}${built.stdout}`)
    assert.equal(published(root), clean[version].site, `kill ${n} after ${ms} ms: the next build differs`)
    // What the killed build left is used again, or made again; a third build finds nothing to do.
    const third = JSON.parse(run(program, args(root)).stdout)
    assert.equal(third.summary.written, 0, `kill ${n} after ${ms} ms`)
  }
  context.diagnostic(`${hit} of ${KILLS} were still at work, ${halfway} with some of the pictures made`)
})
