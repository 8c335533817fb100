/** A published folder as a value: its files by path, its pages parsed once. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { parse } from 'parse5'
import { attribute, elements, named } from './tree.mjs'

export class Folder {
  #pages = new Map()

  /** Lists `root`; paths are from it, with `/`. */
  constructor(root) {
    this.root = root
    this.paths = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
      .sort()
    this.files = new Set(this.paths)
  }

  /** The file at `path` as text. */
  text(path) {
    return readFileSync(join(this.root, path), 'utf8')
  }

  /** The file's place on this machine. */
  place(path) {
    return join(this.root, path)
  }

  /** The paths of all HTML files, but those that only verify something to a search engine. */
  get pages() {
    return this.paths.filter((path) => path.endsWith('.html'))
  }

  /** The pages that a reader stays on: no redirects. */
  get shownPages() {
    return this.pages.filter((path) => !this.page(path).redirect)
  }

  /** For what is asked of each kind once: the page of that kind with the longest source, so that it has most to it. */
  get onePageOfEachKind() {
    const longest = new Map()
    for (const path of this.shownPages) {
      const { kind } = this.page(path)
      if (!longest.has(kind) || this.text(path).length > this.text(longest.get(kind)).length) longest.set(kind, path)
    }
    return [...longest.values()].filter((path) => path !== '404.html')
  }

  /** A page: `{path, tree, ids, redirect, kind, noindex}`. */
  page(path) {
    if (!this.#pages.has(path)) this.#pages.set(path, readPage(path, this.text(path)))
    return this.#pages.get(path)
  }
}

function readPage(path, text) {
  const tree = parse(text)
  const all = [...elements(tree)]
  const robots = named(all, 'meta').find((node) => attribute(node, 'name') === 'robots')
  const body = named(all, 'body')[0]
  const kind = /(?:^|\s)([a-z-]+)-page(?:\s|$)/.exec(attribute(body, 'class') ?? '')?.[1] ?? ''
  return {
    path,
    tree,
    all,
    kind,
    ids: new Set(all.map((node) => attribute(node, 'id')).filter((id) => id !== null)),
    noindex: (attribute(robots, 'content') ?? '').includes('noindex'),
    redirect: named(all, 'meta').some((node) => attribute(node, 'http-equiv')?.toLowerCase() === 'refresh'),
  }
}
