/**
 * Chromium: Debian's own, and the old ones that readers' browsers are made of.
 *
 * The old ones come as npm packages for servers, packed with brotli; each is
 * unpacked once into `report/engines/`. Version 86 is older than what today's
 * playwright-core can drive, so it has the last playwright-core that could.
 */
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { ARGS } from '../browser.mjs'
import { packageFile, tool } from '../tools.mjs'
import { COMMON, sleep } from './page.mjs'

const PLACE = fileURLToPath(new URL('../report/engines/', import.meta.url))

/** By the name of the engine: its program, what drives it, what it is started with besides. */
const KINDS = {
  chromium: { program: () => tool('chromium-headless-shell'), driver: 'playwright-core' },
  'chromium-109': { program: () => unpacked('@sparticuz/chromium', 'chromium-109'), driver: 'playwright-core', more: ['--headless'] },
  'chromium-86': { program: () => unpacked('chrome-aws-lambda', 'chromium-86'), driver: 'playwright-old', more: ['--headless'] },
}

/**
 * The program inside an npm package, unpacked if it is not yet. Two files of tests may unpack it at once: the first
 * one's stays, since a running Chromium starts its own file again.
 */
function unpacked(name, as) {
  const program = join(PLACE, as)
  if (existsSync(program)) return program
  mkdirSync(PLACE, { recursive: true })
  const packed = join(dirname(packageFile(`${name}/package.json`)), 'bin/chromium.br')
  const half = `${program}.${process.pid}`
  writeFileSync(half, brotliDecompressSync(readFileSync(packed)), { mode: 0o755 })
  try {
    linkSync(half, program)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  unlinkSync(half)
  return program
}

/** Starts one of them. */
export async function startChromium(name) {
  const { program, driver, more = [] } = KINDS[name]
  const { chromium } = await import(driver)
  const browser = await chromium.launch({ executablePath: program(), headless: true, args: [...ARGS, ...more] })
  const can = new Set(['pdf', 'pdf-text', 'scripts-off', 'touch', 'throttle'])
  // The protocol of 86 has no composition.
  if (name !== 'chromium-86') can.add('composition')
  if (name !== 'chromium-86') can.add('importmap')
  return { version: browser.version(), can, close: () => browser.close(), open: (options) => openPage(browser, options) }
}

async function openPage(browser, { width = 1280, height = 900, scripts = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: scripts })
  context.setDefaultTimeout(60_000)
  const tab = await context.newPage()
  const complaints = []
  tab.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
  })
  return {
    ...COMMON,
    goto: (url) => tab.goto(url, { waitUntil: 'load' }),
    reload: () => tab.reload({ waitUntil: 'load' }),
    evaluate: (work, given) => tab.evaluate(work, given),
    resize: (wide, high) => tab.setViewportSize({ width: wide, height: high }),
    clickAt: (x, y) => tab.mouse.click(x, y),
    wheelAt: async (x, y, steps) => {
      await tab.mouse.move(x, y)
      for (let n = 0; n < Math.abs(steps); n += 1) await tab.mouse.wheel(0, Math.sign(steps) * 100)
      await sleep(150)
    },
    press: async (...keys) => { for (const key of keys) await tab.keyboard.press(key) },
    paste: () => tab.keyboard.press('Control+V'),
    compose: async (committed, half) => {
      const cdp = await context.newCDPSession(tab)
      const composing = (text) => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      await composing('x')
      await cdp.send('Input.insertText', { text: committed })
      if (half) await composing(half)
    },
    screenshot: (path, full = true) => tab.screenshot({ path, fullPage: full }),
    pdf: (path) => tab.pdf({ path, preferCSSPageSize: true, printBackground: true }),
    complaints: async () => complaints,
    close: () => context.close(),
    tab,
  }
}
