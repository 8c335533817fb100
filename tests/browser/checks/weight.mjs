/** What a first visit moves before photos, in KB gzipped. */
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path/posix'
import { gzipSync } from 'node:zlib'
import { attribute, named } from '../tree.mjs'

const KB = 1024
const PIECES = ['article', 'story', 'material', 'page']

/** Pages, styles and scripts over their budgets; `say` gets the heaviest of each. */
export function checkWeight(folder, say = () => {}) {
  const faults = []
  const known = new Map()
  const weigh = (path) => {
    if (!known.has(path)) known.set(path, path.endsWith('.woff2') ? readFileSync(folder.place(path)).length : gzipSync(readFileSync(folder.place(path)), { level: 6 }).length)
    return known.get(path)
  }
  const fonts = folder.paths.filter((path) => path.endsWith('.woff2'))
  const most = { piece: [0, ''], list: [0, ''], css: [0, ''], js: [0, ''] }
  const note = (what, size, limit, path) => {
    if (size > most[what][0]) most[what] = [size, path]
    if (size > limit * KB) faults.push(`${path}: ${what} of ${(size / KB).toFixed(1)} KB, the budget is ${limit}`)
  }
  for (const path of folder.shownPages) {
    const page = folder.page(path)
    const at = (href) => (/^\w+:|^\//.test(href) ? null : normalize(join(dirname(path), href)))
    const styles = named(page.all, 'link').filter((node) => attribute(node, 'rel') === 'stylesheet').map((node) => at(attribute(node, 'href')))
    const scripts = named(page.all, 'script').map((node) => attribute(node, 'src')).filter(Boolean).map(at)
    const sum = (paths) => paths.filter((one) => one && folder.files.has(one)).reduce((all, one) => all + weigh(one), 0)
    const own = scripts.filter((one) => !/(^|\/)search/.test(one ?? ''))
    note('css', sum(styles), 14, path)
    note('js', sum(own), 10, path)
    const isPiece = PIECES.includes(page.kind)
    note(isPiece ? 'piece' : 'list', weigh(path) + sum(styles) + sum(own) + sum(fonts), isPiece ? 60 : 90, path)
  }
  for (const [what, [size, path]] of Object.entries(most)) say(`heaviest ${what}: ${(size / KB).toFixed(1)} KB, ${path}`)
  return faults
}
