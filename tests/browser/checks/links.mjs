/** The site as a web of files: nothing dead, nothing lost. */
import { attribute } from '../tree.mjs'
import { emptyLinks, follow, references, styleReferences } from './references.mjs'

/**
 * Files that no page needs to name: programs know where to look, readers of
 * feeds are led to the Atom one, a font's licence goes where the font goes, and
 * the theme's icon is for columns that have none.
 */
const KNOWN_BY_NAME = /^(404\.html|robots\.txt|sitemap(-\d+)?\.xml|(.*\/)?feed\.(rss|json)|assets\/fonts-OFL\..*\.txt|assets\/icon\..*\.svg)$/

/**
 * Follows every reference of every page and style sheet. `root` is the path of
 * the published site (`/jyzd/`); `loose` are files that may stand alone, such
 * as those of `content/static/`; `base` is the site's whole address, by which
 * pages name the pictures that networks show.
 */
export function checkLinks(folder, root, loose = [], base = '') {
  const faults = []
  const edges = new Map()
  for (const from of folder.paths.filter((path) => /\.(html|css)$/.test(path))) {
    const targets = new Set()
    const isPage = from.endsWith('.html')
    const all = isPage ? references(folder.page(from)) : styleReferences(folder.text(from))
    for (const reference of all) {
      const led = follow(folder, from, reference, root)
      if (led.fault) faults.push(led.fault)
      if (led.path) targets.add(led.path)
    }
    if (isPage) {
      faults.push(...emptyLinks(folder.page(from)))
      for (const path of [...cards(folder.page(from), base), ...index(folder, from)]) targets.add(path)
    }
    edges.set(from, targets)
  }
  const reached = reach(edges, 'index.html')
  for (const path of folder.paths) {
    const excused = KNOWN_BY_NAME.test(path) || loose.includes(path) || (path.endsWith('.html') && folder.page(path).redirect)
    if (!reached.has(path) && !excused) faults.push(`${path}: no link leads here from the first page`)
  }
  return faults
}

/** What networks fetch of a page: the pictures of its cards. */
function cards(page, base) {
  return page.all
    .filter((node) => node.tagName === 'meta' && attribute(node, 'property') === 'og:image')
    .map((node) => attribute(node, 'content') ?? '')
    .filter((url) => base !== '' && url.startsWith(base))
    .map((url) => decodeURIComponent(url.slice(base.length)))
}

/** The search index: the search page names its folder, and a script loads from it what a query needs. */
function index(folder, from) {
  const named = folder.page(from).all.map((node) => attribute(node, 'data-search')).find((value) => value)
  return named ? folder.paths.filter((path) => path.startsWith('search/') && path.endsWith('.js')) : []
}

/** All that can be reached from `start`, by links and by what pages load. */
function reach(edges, start) {
  const seen = new Set([start])
  for (const path of seen) {
    for (const target of edges.get(path) ?? []) seen.add(target)
  }
  return seen
}

/** Types that a browser insists on, by the ending of the name. */
const TYPES = {
  html: 'text/html', css: 'text/css', js: 'application/javascript', svg: 'image/svg+xml', png: 'image/png',
  jpg: 'image/jpeg', woff2: 'font/woff2', xml: 'text/xml', atom: 'application/atom+xml', rss: 'application/rss+xml',
  json: 'application/json', txt: 'text/plain', pdf: 'application/pdf',
}

/** Asks a server for every file of the site. */
export async function checkServed(folder, url) {
  const faults = []
  for (const path of folder.paths) {
    const answer = await fetch(url + path.split('/').map(encodeURIComponent).join('/'))
    const length = (await answer.arrayBuffer()).byteLength
    const type = (answer.headers.get('content-type') ?? '').split(';')[0]
    const expected = TYPES[path.split('.').pop()]
    if (answer.status !== 200) faults.push(`${path}: answered ${answer.status}`)
    else if (length === 0) faults.push(`${path}: is empty`)
    else if (expected && type !== expected) faults.push(`${path}: came as ${type}, not ${expected}`)
  }
  return faults
}
