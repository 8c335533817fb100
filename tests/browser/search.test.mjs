/** Search finds what is there and nothing else: in a real browser, over http with the strict policy, and from a disk. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, openPage } from './browser.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { ask, columnOf, folded, numbers, openSearch, partOf, piecesOf, plainSearch, seenOn } from './search.mjs'
import { site } from './site.mjs'

const { folder } = site()

/** How many parts of texts are asked for, and how many strings that are nowhere. */
const PRESENT = 300
const ABSENT = 100

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

/** A page, and what it complains of. */
async function watched() {
  const page = await openPage(browser)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`)
  })
  return { page, complaints }
}

/** Asks for parts of what readers see, and for what is nowhere; each answer must be that of the plain search. */
async function recall(folder, base, seed) {
  const random = numbers(seed)
  const pieces = piecesOf(folder)
  const seen = seenOn(folder, pieces.map((piece) => piece.path))
  for (const piece of pieces) for (const text of piece.texts.slice(1)) seen.push(...text.split('\n').filter(Boolean).map((line) => ({ path: piece.path, text: line })))
  assert.ok(seen.length > pieces.length, 'texts to ask for')
  const all = pieces.map((piece) => piece.texts.map(folded).join('\n')).join('\n')
  const { page, complaints } = await watched()
  await openSearch(page, base)
  const faults = []
  for (let n = 0; n < PRESENT; n += 1) {
    const { path, text } = random.pick(seen)
    const query = partOf(text, random)
    const { paths, status } = await ask(page, query)
    const expected = plainSearch(pieces, query)
    if (!paths.includes(path)) faults.push(`${path}: does not come up for “${query}” (${status})`)
    if (paths.join() !== expected.join()) faults.push(`“${query}”: ${paths.length} found, ${expected.length} are there`)
  }
  for (let n = 0; n < ABSENT; ) {
    const query = partOf(random.pick(seen).text, random, 3) + partOf(random.pick(seen).text, random, 3)
    if (/\s/.test(query) || all.includes(folded(query))) continue
    n += 1
    const { paths, status } = await ask(page, query)
    if (paths.length || !status.startsWith('没有找到')) faults.push(`“${query}”, which is nowhere: ${status}`)
  }
  await page.context().close()
  none([...faults, ...complaints])
}

test('the sample, over http under the policy', () => recall(folder, server.url, 1))

test('the sample, from a disk', () => recall(folder, `${pathToFileURL(folder.root).href}/`, 2))

test('a column of 1,000 pieces', async () => {
  const column = columnOf(1000, 7)
  const own = await serve(column.folder.root)
  try {
    await recall(column.folder, own.url, 3)
  } finally {
    own.stop()
    column.remove()
  }
})

test('several words must all occur, quotation marks keep spaces, widths and cases count as one', async () => {
  const { page, complaints } = await watched()
  await openSearch(page, server.url)
  const pieces = piecesOf(folder)
  const both = await ask(page, '教育整顿 身份证')
  assert.deepEqual(both.paths, plainSearch(pieces, '教育整顿 身份证'))
  assert.ok(both.paths.length > 0)
  assert.deepEqual((await ask(page, 'ｇｐｓ')).paths, (await ask(page, 'GPS')).paths)
  const spaced = pieces.flatMap((piece) => piece.texts[0].split('\n')).find((line) => /\p{sc=Han} \p{sc=Han}/u.test(line))
  const [, phrase] = /(\p{sc=Han} \p{sc=Han})/u.exec(spaced)
  const quoted = await ask(page, `"${phrase}"`)
  assert.deepEqual(quoted.paths, pieces.filter((piece) => piece.texts.some((text) => text.includes(phrase))).map((piece) => piece.path).sort())
  none(complaints)
})
