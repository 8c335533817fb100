/**
 * WebKitGTK under Xvfb: the nearest that Debian has to what iPhones run.
 *
 * Takes the packages that `./test` installs; gives the engine that
 * `engines.mjs` describes. Commands go to `webkit.py` one at a time.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { tool } from '../tools.mjs'
import { BODY, COMMON, sleep } from './page.mjs'

/** Debian's own Python, which has the bindings. */
const PYTHON = '/usr/bin/python3'

/** X's names of the keys that tests press. */
const KEYS = { Enter: 'Return', Escape: 'Escape', ArrowDown: 'Down', ArrowUp: 'Up', ArrowLeft: 'Left', ArrowRight: 'Right', Tab: 'Tab', ' ': 'space', '/': 'slash' }

/** Starts the X server and the driver. */
export async function startWebKit() {
  const bound = spawnSync(PYTHON, ['-c', "import gi; gi.require_version('WebKit2', '4.1')"])
  if (bound.status !== 0) throw new Error('WebKitGTK is missing; install it with `apt-get install gir1.2-webkit2-4.1 python3-gi xvfb xdotool`')
  tool('xdotool')
  const screen = spawn(tool('Xvfb'), ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const display = await new Promise((done) => screen.stdio[3].once('data', (text) => done(`:${String(text).trim()}`)))
  const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1', GTK_IM_MODULE: 'gtk-im-context-simple', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LANG: 'C.UTF-8' }
  const python = spawn(PYTHON, [fileURLToPath(new URL('webkit.py', import.meta.url))], { env, stdio: ['pipe', 'pipe', process.env.ZHUANLAN_DRIVER_LOG ? 'inherit' : 'ignore'] })
  const ask = conversation(python)
  const close = async () => {
    python.stdin.end()
    await Promise.race([new Promise((done) => python.once('exit', done)), sleep(3000)])
    python.kill('SIGKILL')
    screen.kill()
  }
  const version = await ask('version')
  return { version, can: new Set(['pdf', 'pdf-text', 'composition', 'scripts-off', 'importmap']), close, open: (options) => openPage(ask, options) }
}

/** `ask(name, arguments)` for a driver that answers by number. */
function conversation(python) {
  const open = new Map()
  let count = 0
  createInterface({ input: python.stdout }).on('line', (line) => {
    const { id, ok, error } = JSON.parse(line)
    const { done, fail } = open.get(id)
    open.delete(id)
    if (error === undefined) done(ok)
    else fail(new Error(error))
  })
  python.once('exit', () => { for (const { fail } of open.values()) fail(new Error('WebKitGTK ended')) })
  return (name, given = {}) => new Promise((done, fail) => {
    count += 1
    const late = setTimeout(() => fail(new Error(`no answer to ${name} ${JSON.stringify(given).slice(0, 200)}`)), 60_000)
    open.set(count, { done: (ok) => { clearTimeout(late); done(ok) }, fail: (error) => { clearTimeout(late); fail(error) } })
    python.stdin.write(`${JSON.stringify({ id: count, do: name, ...given })}\n`)
  })
}

/** Runs in the page: begins to count the events of a kind that real input brings about. */
function count(kind) {
  window.realInput ??= {}
  if (!(kind in window.realInput)) window.addEventListener(kind, () => { window.realInput[kind] += 1 }, true)
  window.realInput[kind] = 0
}

/** Runs in the page: waits until so many came and what listens to them is done; a page that gets none is not waited for. */
async function handled({ kind, wanted }) {
  for (let turn = 0; turn < 100 && window.realInput?.[kind] < wanted; turn += 1) await new Promise((done) => { setTimeout(done, 20) })
  await new Promise((done) => { setTimeout(done) })
}

/** Gives real input by `work`, and waits until the page has had it: other engines' drivers do so themselves. */
async function given(page, kind, wanted, work) {
  await page.evaluate(count, kind)
  await work()
  // The input may have led to another page.
  await page.evaluate(handled, { kind, wanted }).catch(() => {})
}

async function openPage(ask, { width = 1280, height = 900, scripts = true } = {}) {
  await ask('open', { width, height, scripts })
  const page = {
    ...COMMON,
    goto: (url) => ask('goto', { url }),
    reload: () => ask('reload'),
    evaluate: (work, given) => ask('evaluate', { body: `return JSON.stringify((${BODY(work, given)}) ?? null)` }),
    resize: (wide, high) => ask('resize', { width: wide, height: high }),
    clickAt: (x, y) => given(page, 'mouseup', 1, () => ask('click', { x: Math.round(x), y: Math.round(y) })),
    wheelAt: (x, y, steps) => ask('wheel', { x: Math.round(x), y: Math.round(y), steps }),
    press: (...keys) => given(page, 'keyup', keys.length, () => ask('press', { keys: keys.map((key) => KEYS[key] ?? key) })),
    paste: () => given(page, 'keyup', 1, () => ask('press', { keys: ['ctrl+v'] })),
    // GTK's own input method: Ctrl+Shift+U, the number of a character, and a blank that commits it.
    compose: (committed, half) => ask('press', {
      keys: [...committed].flatMap((c) => ['ctrl+shift+u', ...c.codePointAt(0).toString(16), 'space']).concat(half ? ['ctrl+shift+u', ...half.codePointAt(0).toString(16)] : []),
    }),
    screenshot: (path, full = true) => ask('screenshot', { path, full }),
    pdf: (path) => ask('pdf', { path }),
    complaints: () => ask('complaints'),
    close: async () => {},
  }
  return page
}
