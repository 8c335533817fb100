/** What search engines are told: sitemaps.org 0.9 and robots.txt. */
import { isW3c } from './dates.mjs'
import { children, readXml } from './feeds.mjs'
import { existing } from './head.mjs'

const SPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** Pages of a list past the first shift with every new piece; the pieces themselves are listed. */
const LATER = /(^|-|\/)page-\d+\.html$/

/** The sitemap lists every page that may be found, each once, and no other. */
export function checkSitemap(folder, base) {
  const said = []
  const listed = readList(folder, base, 'sitemap.xml', said)
  const expected = folder.shownPages.filter((path) => !folder.page(path).noindex && path !== '404.html' && !LATER.test(path))
  const paths = listed.map((url) => decodeURIComponent(url.slice(base.length)) || 'index.html')
  for (const path of expected) if (!paths.includes(path)) said.push(`sitemap.xml: ${path} is not listed`)
  for (const path of paths) if (!expected.includes(path)) said.push(`sitemap.xml: ${path} is listed but not to be found`)
  if (new Set(paths).size < paths.length) said.push('sitemap.xml: a page is listed twice')
  return [...said, ...checkRobots(folder, base)]
}

/** The addresses of a sitemap, or of all that a sitemap index names. */
function readList(folder, base, path, said) {
  const own = []
  const root = folder.files.has(path) ? readXml(folder.text(path), own) : null
  if (!folder.files.has(path)) own.push('is missing')
  if (root && (root.namespaceURI !== SPACE || !['urlset', 'sitemapindex'].includes(root.localName))) own.push('is not a sitemap')
  const isIndex = root?.localName === 'sitemapindex'
  const found = children(root, SPACE, isIndex ? 'sitemap' : 'url').flatMap((item) => {
    const places = children(item, SPACE, 'loc')
    const place = places[0]?.textContent ?? ''
    const dates = children(item, SPACE, 'lastmod')
    if (places.length !== 1 || !existing(folder, place, base)) own.push(`an address leads nowhere: \`${place}\``)
    if (dates.length > 1 || dates.some((date) => !isW3c(date.textContent))) own.push(`lastmod of ${place} is \`${dates[0].textContent}\``)
    return isIndex ? readList(folder, base, place.slice(base.length), said) : [place]
  })
  if (found.length > 50_000) own.push(`has ${found.length} addresses`)
  said.push(...own.map((message) => `${path}: ${message}`))
  return found.filter((place) => place.startsWith(base))
}

function checkRobots(folder, base) {
  if (!folder.files.has('robots.txt')) return ['robots.txt: is missing']
  const lines = folder.text('robots.txt').split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim()).filter(Boolean)
  const said = lines.filter((line) => !/^(user-agent|allow|disallow|sitemap):/i.test(line)).map((line) => `a line says nothing: \`${line}\``)
  if (!lines.some((line) => /^user-agent: *\*$/i.test(line))) said.push('does not speak to all')
  if (lines.some((line) => /^disallow: *\/$/i.test(line))) said.push('shuts everyone out')
  if (!lines.includes(`Sitemap: ${base}sitemap.xml`)) said.push('does not name the sitemap')
  return said.map((message) => `robots.txt: ${message}`)
}
