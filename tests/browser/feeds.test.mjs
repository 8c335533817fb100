/** What programs read: feeds, sitemap, robots, cards, structured data, government tags. */
import { test } from 'node:test'
import { checkFeeds } from './checks/feeds.mjs'
import { checkHeads, checkStructuredData } from './checks/head.mjs'
import { checkSitemap } from './checks/sitemap.mjs'
import { none } from './faults.mjs'
import { BASE, site } from './site.mjs'

const { folder } = site()

test('Atom, RSS and JSON Feed hold to their standards and say the same', () => none(checkFeeds(folder, BASE)))

test('the sitemap lists every page that may be found; robots.txt names it', () => none(checkSitemap(folder, BASE)))

test('every page has its government tags, its own address and its card', () => none(checkHeads(folder, BASE)))

test('JSON-LD parses and says what it must', () => none(checkStructuredData(folder, BASE)))
