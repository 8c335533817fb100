/** Every kind of page, on a phone and a desktop, over http and from a disk, in every engine. */
import { none } from '../faults.mjs'
import { inEngines } from '../support/engines.mjs'
import { faultsHere } from '../support/looks.mjs'
import { ORIGINS, columns } from './fixture.mjs'

const ways = columns()

/** Pages of a column: one of each kind; the book is a page of paper, and has tests of its own. */
const pathsOf = (folder) => [...folder.onePageOfEachKind.filter((path) => !path.startsWith('booklets/')), '404.html']

/** Opens each page and gives what is wrong with it. */
async function sweep(page, way, origin, width) {
  const faults = []
  for (const path of pathsOf(way.folder)) {
    // On a disk the page that is nowhere has no styles: its addresses begin at the root of a server.
    if (origin === 'disk' && path === '404.html') continue
    await page.goto(way[origin] + encodeURI(path))
    for (const fault of await page.evaluate(faultsHere)) faults.push(`${path} at ${width}: ${fault}`)
  }
  return faults
}

inEngines(ORIGINS.flatMap(([how, origin]) => [390, 1280].map((width) => ({
  name: `pages are whole at ${width} px, ${how}`,
  group: `All kinds of pages, ${how}`,
  width,
  height: 900,
  work: async (page) => none([...await sweep(page, ways.sample, origin, width), ...await sweep(page, ways.small, origin, width)]),
}))))
