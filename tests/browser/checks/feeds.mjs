/** Atom by RFC 4287, RSS by its 2.0 specification, JSON Feed by version 1.1. */
import { DOMParser } from '@xmldom/xmldom'
import { parse } from 'parse5'
import { attribute, elements } from '../tree.mjs'
import { isRfc3339, isRfc822 } from './dates.mjs'
import { existing } from './head.mjs'

const ATOM = 'http://www.w3.org/2005/Atom'
const CONTENT = 'http://purl.org/rss/1.0/modules/content/'

/** The most entries that a feed has. */
const MOST = 50

/** Checks all feeds, and that the three of one place say the same. */
export function checkFeeds(folder, base) {
  const faults = []
  const places = folder.paths.filter((path) => /(^|\/)feed\.(atom|rss|json)$/.test(path)).map((path) => path.replace(/feed\.\w+$/, ''))
  if (places.length === 0) return ['there is no feed']
  for (const place of new Set(places)) {
    const read = [['atom', readAtom], ['rss', readRss], ['json', readJson]].map(([ending, reader]) => {
      const path = `${place}feed.${ending}`
      const said = []
      const links = folder.files.has(path) ? reader(folder.text(path), base + path, said) : []
      if (!folder.files.has(path)) said.push('is missing')
      said.push(...entries(folder, links, base))
      // The library's feed has what is offered anywhere.
      const own = place === '' || place === 'materials/' ? base : base + place
      if (links.some((link) => !link.startsWith(own))) said.push('has entries of other sections')
      faults.push(...said.map((message) => `${path}: ${message}`))
      return links.join('\n')
    })
    if (new Set(read).size > 1) faults.push(`${place}feed.*: the three feeds have different entries`)
  }
  return faults
}

function entries(folder, links, base) {
  const said = links.filter((link) => !existing(folder, link, base)).map((link) => `an entry leads nowhere: \`${link}\``)
  if (links.length === 0) said.push('has no entries')
  if (links.length > MOST) said.push(`has ${links.length} entries`)
  if (new Set(links).size < links.length) said.push('names a page twice')
  return said
}

/** Parses XML strictly, or says why not. */
export function readXml(text, said) {
  try {
    const stop = (level, message) => {
      throw new Error(message)
    }
    return new DOMParser({ onError: stop }).parseFromString(text, 'application/xml').documentElement
  } catch (error) {
    said.push(`is not well-formed: ${error.message.split('\n')[0]}`)
    return null
  }
}

/** The child elements of `node` with a local name, in a namespace. */
export function children(node, space, name) {
  return [...(node?.childNodes ?? [])].filter((child) => child.nodeType === 1 && child.localName === name && child.namespaceURI === space)
}

function readAtom(source, self, said) {
  const feed = readXml(source, said)
  if (!feed) return []
  if (feed.localName !== 'feed' || feed.namespaceURI !== ATOM) said.push('is not an Atom feed')
  const one = (node, name, where) => {
    const found = children(node, ATOM, name)
    if (found.length !== 1 || found[0].textContent.trim() === '') said.push(`${where} has ${found.length} ${name}`)
    return found[0]?.textContent.trim() ?? ''
  }
  const link = (node, rel) => children(node, ATOM, 'link').filter((item) => (item.getAttribute('rel') || 'alternate') === rel)
  const common = (node, where) => {
    one(node, 'title', where)
    const id = one(node, 'id', where)
    if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(id)) said.push(`${where} has no absolute id: \`${id}\``)
    const updated = one(node, 'updated', where)
    if (!isRfc3339(updated)) said.push(`${where} updated is \`${updated}\``)
    return { id, updated }
  }
  const head = common(feed, 'feed')
  if (link(feed, 'self')[0]?.getAttribute('href') !== self) said.push('has no link to itself')
  const hasAuthor = children(feed, ATOM, 'author').some((author) => children(author, ATOM, 'name').length === 1)
  const found = children(feed, ATOM, 'entry').map((entry) => {
    const place = link(entry, 'alternate')[0]?.getAttribute('href') ?? ''
    const { id, updated } = common(entry, place)
    const authors = children(entry, ATOM, 'author')
    if (!hasAuthor && authors.length === 0) said.push(`${place} has no author`)
    if (authors.some((author) => children(author, ATOM, 'name').length !== 1)) said.push(`${place} has an author without a name`)
    const published = children(entry, ATOM, 'published')[0]?.textContent
    if (published !== undefined && !isRfc3339(published)) said.push(`${place} published is \`${published}\``)
    const content = children(entry, ATOM, 'content')[0]
    if (content?.getAttribute('type') !== 'html') said.push(`${place} has no content of type html`)
    said.push(...bodyOf(content?.textContent ?? '', place))
    return { id, updated, place }
  })
  if (new Set(found.map((entry) => entry.id)).size < found.length) said.push('has an id twice')
  if (found.some((entry) => Date.parse(entry.updated) > Date.parse(head.updated))) said.push('is older than one of its entries')
  return found.map((entry) => entry.place)
}

function readRss(source, self, said) {
  const rss = readXml(source, said)
  if (!rss) return []
  if (rss.localName !== 'rss' || rss.getAttribute('version') !== '2.0') said.push('is not RSS 2.0')
  const channels = children(rss, null, 'channel')
  if (channels.length !== 1) said.push(`has ${channels.length} channels`)
  const [channel] = channels
  const value = (node, name) => children(node, null, name)[0]?.textContent.trim() ?? ''
  for (const name of ['title', 'link', 'description']) if (value(channel, name) === '') said.push(`channel has no ${name}`)
  const link = children(channel, ATOM, 'link').find((item) => item.getAttribute('rel') === 'self')
  if (link?.getAttribute('href') !== self) said.push('has no link to itself')
  if (!isRfc822(value(channel, 'lastBuildDate'))) said.push(`lastBuildDate is \`${value(channel, 'lastBuildDate')}\``)
  const ids = []
  const places = children(channel, null, 'item').map((item) => {
    const place = value(item, 'link')
    if (value(item, 'title') === '' && value(item, 'description') === '') said.push(`${place} has neither title nor description`)
    if (!isRfc822(value(item, 'pubDate'))) said.push(`${place} pubDate is \`${value(item, 'pubDate')}\``)
    const [guid] = children(item, null, 'guid')
    ids.push(guid?.textContent)
    if (!guid) said.push(`${place} has no guid`)
    else if (guid.getAttribute('isPermaLink') !== 'false' && guid.textContent !== place) said.push(`${place} has a guid that is no link`)
    for (const enclosure of children(item, null, 'enclosure')) {
      if (!/^\d+$/.test(enclosure.getAttribute('length') ?? '') || !enclosure.getAttribute('type') || !/^https?:/.test(enclosure.getAttribute('url') ?? '')) {
        said.push(`${place} has an enclosure without url, length or type`)
      }
    }
    said.push(...bodyOf(children(item, CONTENT, 'encoded')[0]?.textContent ?? '', place))
    return place
  })
  if (new Set(ids).size < ids.length) said.push('has a guid twice')
  return places
}

function readJson(source, self, said) {
  let feed
  try {
    feed = JSON.parse(source)
  } catch (error) {
    said.push(`is not JSON: ${error.message}`)
    return []
  }
  if (feed.version !== 'https://jsonfeed.org/version/1.1') said.push(`version is \`${feed.version}\``)
  if (typeof feed.title !== 'string' || feed.title === '') said.push('has no title')
  if (feed.feed_url !== self) said.push('has no link to itself')
  if (!/^https?:/.test(feed.home_page_url ?? '')) said.push('has no home page')
  const ids = []
  const places = (feed.items ?? []).map((item) => {
    const place = item.url ?? ''
    if (typeof item.id !== 'string' || item.id === '') said.push(`${place} has no id`)
    ids.push(item.id)
    if (item.content_html === undefined && item.content_text === undefined) said.push(`${place} has no content`)
    if (!isRfc3339(item.date_published ?? '')) said.push(`${place} date_published is \`${item.date_published}\``)
    if (item.date_modified !== undefined && !isRfc3339(item.date_modified)) said.push(`${place} date_modified is \`${item.date_modified}\``)
    if (item.authors !== undefined && !(Array.isArray(item.authors) && item.authors.every((author) => author.name || author.url))) {
      said.push(`${place} has an author without a name`)
    }
    if ((item.attachments ?? []).some((file) => !/^https?:/.test(file.url ?? '') || !file.mime_type)) {
      said.push(`${place} has an attachment without url or type`)
    }
    if (nulls(item)) said.push(`${place} has an empty field`)
    said.push(...bodyOf(item.content_html ?? '', place))
    return place
  })
  if (new Set(ids).size < ids.length) said.push('has an id twice')
  return places
}

/** JSON Feed leaves out what it does not have. */
function nulls(value) {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.values(value).some(nulls)
}

/** A reader of feeds shows the body elsewhere: full, with absolute links, nothing active. */
function bodyOf(html, place) {
  if (html.trim() === '') return [`${place} has no body`]
  const said = []
  for (const node of elements(parse(html))) {
    if (['script', 'style', 'form'].includes(node.tagName)) said.push(`${place} has a <${node.tagName}> in its body`)
    for (const name of ['href', 'src', 'poster']) {
      const url = attribute(node, name)
      if (url !== null && !/^(https?|mailto|tel):/.test(url)) said.push(`${place} has a link that is not absolute: \`${url}\``)
    }
  }
  return said
}
