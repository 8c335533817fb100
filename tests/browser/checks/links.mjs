/** The site as a web of files: nothing dead, nothing lost. */
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
 * as those of `content/static/`.
 */
export function checkLinks(folder, root, loose = []) {
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
    if (isPage) faults.push(...emptyLinks(folder.page(from)))
    edges.set(from, targets)
  }
  const reached = reach(edges, 'index.html')
  for (const path of folder.paths) {
    const excused = KNOWN_BY_NAME.test(path) || loose.includes(path) || (path.endsWith('.html') && folder.page(path).redirect)
    if (!reached.has(path) && !excused) faults.push(`${path}: no link leads here from the first page`)
  }
  return faults
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
