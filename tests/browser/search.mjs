/** Search as readers use it, and the plain search that it is held against. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Folder } from './folder.mjs'
import { binary } from './site.mjs'
import { attribute, elements, named, rawText } from './tree.mjs'
import { run } from './tools.mjs'

/** Numbers that look random and are the same in every run (mulberry32). */
export function numbers(seed) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] }
}

/** The text of every piece by its path, as the index has it: `{path, text, files}`. */
export function piecesOf(folder) {
  const pieces = []
  const extras = new Map()
  let index
  const names = folder.paths.filter((path) => path.startsWith('search/'))
  const zhuanlanSearch = (name, ...given) => {
    if (name === 'index') index = given[0]
    if (name.startsWith('t')) for (const [id, path, , , , files, text] of given[0]) pieces.push({ id, path, files, texts: [text] })
    if (name.startsWith('x')) extras.set(Number(name.slice(1)), given[1])
  }
  for (const name of names) new Function('zhuanlanSearch', folder.text(name))(zhuanlanSearch)
  index.files.forEach((owner, at) => {
    if (owner >= 0) pieces.find((piece) => piece.id === owner).texts.push(extras.get(at))
  })
  return pieces
}

/** Letters that count as one; enough of it for the texts of these tests. */
export function folded(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
}

/** The paths of the pieces that have all words of `query`, sorted: by looking at every text. */
export function plainSearch(pieces, query) {
  const words = folded(query).split(/\s+/).filter(Boolean)
  const has = (piece) => words.every((word) => piece.folded.some((text) => text.includes(word)))
  for (const piece of pieces) piece.folded ??= piece.texts.map(folded)
  return pieces.filter(has).map((piece) => piece.path).sort()
}

/** What readers see in words on the pages of pieces: titles, paragraphs, captions, names. */
export function seenOn(folder, paths) {
  const seen = []
  for (const path of paths) {
    const { all } = folder.page(path)
    const main = named(all, 'article')[0]
    if (!main) continue
    const of = (className) => [...elements(main)].filter((node) => (attribute(node, 'class') ?? '').split(' ').includes(className))
    const blocks = [
      ...named([...elements(main)], 'h1'),
      ...of('prose').flatMap((prose) => named(prose.childNodes.filter((node) => node.tagName), 'p', 'h2', 'h3')),
      ...of('cap'),
      ...of('byline').flatMap((list) => [...elements(list)].filter((node) => attribute(node, 'class') === 'nobr')),
    ]
    for (const block of blocks) {
      const text = rawText(block).replace(/\s+/g, ' ').trim()
      // A footnote's mark and a link's icon are no text of the piece; nor is what the theme says of an example.
      const own = attribute(block, 'class') !== 'example' && !named([...elements(block)], 'sup', 'svg').length
      if (text.length > 1 && own) seen.push({ path, text })
    }
  }
  return seen
}

/** A part of `text` of up to `most` characters that a reader could type: neither space nor quotation mark at its ends. */
export function partOf(text, random, most = 8) {
  const characters = Array.from(text)
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const length = 1 + random.below(most)
    const from = random.below(Math.max(1, characters.length - length))
    const part = characters.slice(from, from + length).join('').trim()
    if (part && !/["\u201c\u201d\u300c\u300d]/.test(part)) return part
  }
  return characters.find((c) => /\p{L}/u.test(c)) ?? characters[0]
}

/** Opens the search page and waits until its script runs. */
export async function openSearch(page, base) {
  await page.goto(`${base}search.html`, { waitUntil: 'load' })
  await page.waitForSelector('[data-search][data-ready]')
}

/** Types nothing: asks as a reader would who pastes and presses Enter, goes on to the end. `{paths, status}`. */
export function ask(page, query) {
  return page.evaluate(askHere, query)
}

/** Runs in the page. */
export async function askHere(query) {
  const root = document.querySelector('[data-search]')
  const part = (name) => root.querySelector(`[data-part=${name}]`)
  const settled = () =>
    new Promise((done, fail) => {
      const look = () => {
        const state = root.getAttribute('data-state')
        if (state === 'failed') fail(new Error(part('status').textContent))
        else if (state !== 'busy') done()
        else return false
        watch.disconnect()
        return true
      }
      const watch = new MutationObserver(look)
      watch.observe(root, { attributes: true })
      look()
    })
  part('input').value = query
  part('form').dispatchEvent(new Event('submit', { cancelable: true }))
  await settled()
  const first = part('status').textContent
  while (!part('more').hidden) {
    part('more').click()
    await settled()
  }
  const hits = [...part('hits').children]
  const spelled = hits.findIndex((hit) => hit.className === 'hits-more')
  const found = spelled < 0 ? hits : hits.slice(0, spelled)
  const here = new URL('.', location.href).href
  return {
    paths: found.map((hit) => decodeURI(hit.querySelector('h2 a').href.replace(here, '').replace(/#.*/, ''))).sort(),
    first,
    status: part('status').textContent,
    files: found.flatMap((hit) => [...hit.querySelectorAll('.hit-file a')].map((link) => link.textContent)),
  }
}

const HAN = { from: 0x4e00, count: 2500 }

/** A sentence of `length` characters in which nothing is likely: as many pairs as in real text, or more. */
function sentence(random, length) {
  let text = ''
  for (let at = 0; at < length; at += 1) {
    const chance = random.below(100)
    if (chance < 82) text += String.fromCodePoint(HAN.from + ((random.below(HAN.count) * random.below(HAN.count)) % HAN.count) * 7)
    else if (chance < 88) text += random.pick(['，', '、', '；', '：', '（', '）', '《', '》'])
    else if (chance < 94) text += random.below(2100)
    else if (chance < 97) text += random.pick(['GPS', 'App', 'Word', 'ＫＴＶ', '𠮷', '𡃁', 'é', 'Ж'])
    else text += random.pick(['教育整顿', '公安', '党支部', '为民办实事'])
  }
  return `${text}。`
}

/** Builds a column of `count` pieces from `seed`; gives its folder and how to remove it. */
export function columnOf(count, seed) {
  const root = mkdtempSync(join(tmpdir(), 'zhuanlan-search-'))
  const random = numbers(seed)
  const sections = ['news', 'study', 'notes']
  writeFileSync(
    join(root, 'column.yaml'),
    `title: 检索\ndescription: 检索试验\nsections:\n${sections.map((folder, n) => `  - {folder: ${folder}, title: 栏目${n + 1}}\n`).join('')}`,
  )
  for (const folder of sections) mkdirSync(join(root, 'content', folder), { recursive: true })
  for (let n = 0; n < count; n += 1) {
    const day = new Date(Date.UTC(2020, 0, 1) + random.below(700) * 86_400_000).toISOString().slice(0, 10)
    const paragraphs = Array.from({ length: 3 + random.below(4) }, () => sentence(random, 20 + random.below(60)))
    const title = sentence(random, 8 + random.below(12)).replace(/["：:]/g, '').slice(0, -1)
    const text = `---\ntitle: "${title}"\ndate: ${day}\nbyline:\n  通讯员: ${sentence(random, 3).replace(/[^一-鿿]/g, '') || '甲'}\n---\n\n${paragraphs.join('\n\n')}\n`
    writeFileSync(join(root, 'content', random.pick(sections), `p${n}.md`), text)
  }
  const built = run(binary(), ['build', '--root', root, '--output', join(root, 'output'), '--now', '2021-12-31 12:00'])
  if (built.code !== 0) throw new Error(`the column was not built:\n${built.stderr}${built.stdout}`)
  return { folder: new Folder(join(root, 'output')), remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** Text of a file of this repository. */
export const textOf = (path) => readFileSync(path, 'utf8')
