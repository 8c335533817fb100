/** Where a page or a style sheet points to, and whether anything is there. */
import { dirname } from 'node:path/posix'
import { attribute, text } from '../tree.mjs'

/** Attributes that load what they name, by element. */
const LOADS = {
  audio: ['src'], embed: ['src'], iframe: ['src'], img: ['src', 'srcset'], input: ['src'], object: ['data'],
  script: ['src'], source: ['src', 'srcset'], track: ['src'], video: ['src', 'poster'], image: ['href'], use: ['href'],
}

/** Attributes that lead somewhere when a reader acts, by element. */
const LEADS = {
  a: ['href'], area: ['href'], form: ['action'], button: ['formaction'], input: ['formaction'],
  blockquote: ['cite'], q: ['cite'], del: ['cite'], ins: ['cite'],
}

/** A `<link>` with one of these words in `rel` is loaded by the browser. */
const LOADED_LINKS = ['stylesheet', 'icon', 'apple-touch-icon', 'preload', 'modulepreload', 'manifest', 'prefetch']

/** All references of a page: `{url, loads, what}`, in document order. */
export function references(page) {
  const found = []
  const add = (node, names, loads) => {
    for (const name of names ?? []) {
      const value = attribute(node, name)
      if (value === null) continue
      const urls = name === 'srcset' ? value.split(',').map((part) => part.trim().split(/\s+/)[0]) : [value]
      for (const url of urls) found.push({ url, loads, what: `<${node.tagName} ${name}>` })
    }
  }
  for (const node of page.all) {
    add(node, LOADS[node.tagName], true)
    add(node, LEADS[node.tagName], false)
    if (node.tagName === 'link') {
      const words = (attribute(node, 'rel') ?? '').toLowerCase().split(/\s+/)
      add(node, ['href', 'imagesrcset'], words.some((word) => LOADED_LINKS.includes(word)))
    }
    // A script is told by these what it may have to fetch.
    if (node.tagName === 'script') add(node, (node.attrs ?? []).map(({ name }) => name).filter((name) => name.startsWith('data-')), true)
    if (node.tagName === 'meta' && attribute(node, 'http-equiv')?.toLowerCase() === 'refresh') {
      const url = /url=(.*)$/i.exec(attribute(node, 'content') ?? '')?.[1]
      found.push({ url: url ?? '', loads: false, what: '<meta refresh>' })
    }
  }
  return found
}

/** All references of a style sheet; comments are left out. */
export function styleReferences(css) {
  const plain = css.replace(/\/\*[^]*?\*\//g, '')
  const urls = [...plain.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/g)]
  return urls.map((match) => ({ url: match.slice(1).find((part) => part !== undefined), loads: true, what: 'url()' }))
}

/**
 * Follows `reference` from the file `from`. Gives `{path, fragment}` of a file
 * of the site, `{external}`, or `{fault}`.
 *
 * `root` is the path that links of a page without a place begin with: only
 * `404.html`, which is shown for any address, may have such links.
 */
export function follow(folder, from, reference, root) {
  const { url, loads, what } = reference
  const fault = (message) => ({ fault: `${from}: ${what} ${message}: \`${url}\`` })
  if (url !== url.trim()) return fault('has white space round its address')
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return external(url, loads, fault)
  if (url.startsWith('//')) return fault('leaves the scheme open')
  let place = url
  if (url.startsWith('/')) {
    if (from !== '404.html') return fault('begins at the root')
    if (!url.startsWith(root)) return fault(`does not begin with \`${root}\``)
    place = url.slice(root.length)
  } else if (from === '404.html' && !url.startsWith('#')) {
    return fault('is relative, on a page that has no fixed place')
  }
  return inside(folder, url.startsWith('/') ? '404.html' : from, place, fault)
}

function external(url, loads, fault) {
  if (/^data:image\//.test(url) && loads) return { external: url }
  if (!/^(https?|mailto|tel):/i.test(url)) return fault('has a scheme that no page needs')
  return loads ? fault('loads from another place') : { external: url }
}

function inside(folder, from, url, fault) {
  const [beforeHash, ...rest] = url.split('#')
  const [encoded, query] = beforeHash.split('?')
  if (query !== undefined) return fault('has a query, which a file has not')
  let path
  let fragment
  try {
    path = decodeURIComponent(encoded)
    fragment = decodeURIComponent(rest.join('#'))
  } catch {
    return fault('is not well encoded')
  }
  if (url === '' || url === '#') return fault('leads nowhere')
  const target = path === '' ? from : climb(dirname(from), path)
  if (target === null) return fault('leaves the site')
  if (path.endsWith('/') || target === '') return fault('names a folder, not a file')
  if (!folder.files.has(target)) return fault('is dead')
  if (rest.length > 0 && fragment === '') return fault('has an empty anchor')
  if (fragment !== '' && target.endsWith('.html') && !folder.page(target).ids.has(fragment)) return fault('has a dead anchor')
  return { path: target, fragment }
}

/** `path` from `folder`, or `null` where it climbs above the root. */
function climb(folder, path) {
  const steps = folder === '.' ? [] : folder.split('/')
  for (const step of path.split('/')) {
    if (step === '..') {
      if (steps.length === 0) return null
      steps.pop()
    } else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

/** What the words of a link are, for links that lead somewhere: an empty one is a fault. */
export function emptyLinks(page) {
  return page.all
    .filter((node) => node.tagName === 'a' && attribute(node, 'href') !== null)
    .filter((node) => text(node) === '' && !attribute(node, 'aria-label') && !hasPictureWithText(node))
    .filter((node) => attribute(node, 'aria-hidden') !== 'true')
    .map((node) => `${page.path}: a link without words: \`${attribute(node, 'href')}\``)
}

function hasPictureWithText(node) {
  return (node.childNodes ?? []).some((child) => attribute(child, 'alt') || hasPictureWithText(child))
}
