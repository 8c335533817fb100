/** What readers choose, for tests: kept choices, a voice that speaks when told to, a built variant of the column. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Folder } from './folder.mjs'
import { BASE, binary, NOW, REPO } from './site.mjs'
import { run } from './tools.mjs'

/** Keeps `choices` in the browser before any page of `context` runs, as an earlier visit would have. */
export function keep(page, choices) {
  return page.addInitScript((choices) => {
    if (localStorage.getItem('gazette') === null) localStorage.setItem('gazette', JSON.stringify(choices))
  }, choices)
}

/** Runs before the page's scripts: a Chinese voice whose sentences end when `window.said.end()` is called. */
export function voice() {
  window.SpeechSynthesisUtterance = class {
    constructor(text) { this.text = text }
  }
  const said = { all: [], now: null, end() { const now = said.now; said.now = null; now?.onend?.() } }
  window.said = said
  const synthesis = {
    getVoices: () => [{ lang: 'en-US', name: 'en', localService: true }, { lang: 'zh-CN', name: '普通话', localService: true }],
    addEventListener() {},
    speak(utterance) { said.all.push(utterance.text); said.now = utterance },
    cancel() { said.now = null },
  }
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis, configurable: true })
}

/** Runs before the page's scripts: notes whether elder mode stood when the body began, and what moved. */
export function noteFirst() {
  window.first = null
  window.moved = []
  new MutationObserver((_, watch) => {
    if (!document.body) return
    watch.disconnect()
    window.first = document.documentElement.className.split(' ').includes('elder')
  }).observe(document, { childList: true, subtree: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved.push(entry.value)
  }).observe({ type: 'layout-shift', buffered: true })
}

/**
 * The sample column, changed: `edit(text)` gives its `column.yaml` anew, `files` are written over
 * it. Gives its built `Folder`; `done()` of it removes everything.
 */
export function variant(edit, files = {}) {
  const home = mkdtempSync(join(tmpdir(), 'zhuanlan-variant-'))
  for (const part of ['content', 'themes']) cpSync(join(REPO, part), join(home, part), { recursive: true })
  writeFileSync(join(home, 'column.yaml'), edit(readFileSync(join(REPO, 'column.yaml'), 'utf8')))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(home, path), text)
  const output = join(home, 'output')
  const built = run(binary(), ['build', '--root', home, '--output', output, '--base-url', BASE, '--now', NOW])
  if (built.code !== 0) throw new Error(`the changed column was not built:\n${built.stderr}${built.stdout}`)
  const folder = new Folder(output)
  folder.done = () => rmSync(home, { recursive: true, force: true })
  return folder
}
