/**
 * Firefox ESR, by WebDriver BiDi.
 *
 * Automation switches off what readers have: on file:// each file is an origin
 * of its own, and only automation's preferences let pages see each other's
 * storage. Here those preferences are as readers have them.
 */
import { tool } from '../tools.mjs'
import { COMMON, sleep } from './page.mjs'

/** Preferences as a reader's profile has them, against automation's own. */
const READERS = {
  'remote.prefs.recommended': false,
  'security.fileuri.strict_origin_policy': true,
  'privacy.file_unique_origin': true,
  'print.always_print_silent': true,
}

/** Starts Firefox without a window. */
export async function startFirefox() {
  const { default: puppeteer } = await import('puppeteer-core')
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: tool('firefox-esr'),
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: READERS,
    protocolTimeout: 120_000,
  })
  // Of the text in its PDF not every character can be read back, with Debian's Noto: no `pdf-text`.
  const version = (await browser.version()).replace(/^\D*\//, '')
  return { version, can: new Set(['pdf', 'composition', 'importmap']), close: () => browser.close(), open: (options) => openPage(browser, options) }
}

/**
 * Runs in Firefox's own window: its text input processor is what the input
 * methods of the system speak to, so a page can't tell it from one.
 */
const COMPOSE = ({ committed, half }) => `(() => {
  const window = Services.wm.getMostRecentWindow('navigator:browser')
  const processor = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor)
  if (!processor.beginInputTransactionForTests(window)) throw new Error('no input transaction')
  const composing = (text) => {
    processor.setPendingCompositionString(text)
    processor.appendClauseToPendingComposition(text.length, processor.ATTR_RAW_CLAUSE)
    processor.setCaretInPendingComposition(text.length)
    processor.flushPendingComposition()
  }
  composing('x')
  processor.commitCompositionWith(${JSON.stringify(committed)})
  ${half ? `composing(${JSON.stringify(half)})` : ''}
})()`

async function openPage(browser, { width = 1280, height = 900 } = {}) {
  const context = await browser.createBrowserContext()
  const tab = await context.newPage()
  tab.setDefaultTimeout(60_000)
  await tab.setViewport({ width, height })
  const complaints = []
  tab.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  tab.on('console', (message) => {
    if (['error', 'warn', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
  })
  const bidi = (name, given) => (tab.mainFrame().browsingContext?.session ?? browser.connection).send(name, given)
  return {
    ...COMMON,
    // Not by puppeteer's own: it waits in vain after a page came back from the browser's memory.
    goto: (url) => bidi('browsingContext.navigate', { context: tab.mainFrame()._id, url, wait: 'complete' }),
    reload: () => bidi('browsingContext.reload', { context: tab.mainFrame()._id, wait: 'complete' }),
    evaluate: (work, given) => tab.evaluate(work, given),
    resize: (wide, high) => tab.setViewport({ width: wide, height: high }),
    clickAt: (x, y) => tab.mouse.click(x, y),
    wheelAt: async (x, y, steps) => {
      await tab.mouse.move(x, y)
      await tab.mouse.wheel({ deltaY: steps * 100 })
      await sleep(150)
    },
    press: async (...keys) => { for (const key of keys) await tab.keyboard.press(key) },
    paste: async () => {
      await tab.keyboard.down('Control')
      await tab.keyboard.press('v')
      await tab.keyboard.up('Control')
    },
    compose: async (committed, half) => {
      const tree = await bidi('browsingContext.getTree', { 'moz:scope': 'chrome' })
      const { context: window } = (tree.result ?? tree).contexts[0]
      const done = await bidi('script.evaluate', { expression: COMPOSE({ committed, half }), target: { context: window }, awaitPromise: true })
      const { type, exceptionDetails } = done.result ?? done
      if (type === 'exception') throw new Error(exceptionDetails.text)
    },
    screenshot: (path, full = true) => tab.screenshot({ path, fullPage: full }),
    pdf: (path) => tab.pdf({ path, preferCSSPageSize: true, format: 'A4', printBackground: true }),
    complaints: async () => complaints,
    close: () => context.close(),
    tab,
  }
}
