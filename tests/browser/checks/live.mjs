/** A page opened in the browser: what it asks for, what it says, what it breaks. */
import { overPages } from '../browser.mjs'

/** Loads even what is far below, then waits until pictures and fonts are there. */
export async function settle(page) {
  await page.evaluate(async () => {
    const images = [...document.images]
    for (const image of images) image.loading = 'eager'
    await Promise.allSettled(images.map((image) => image.decode()))
    await document.fonts.ready
  })
}

/**
 * Opens each of `paths` below `base` and reports: requests that leave `base`,
 * failed requests, console errors and warnings, uncaught errors, pictures and
 * fonts that do not show, and breaches of the server's policy.
 */
export function checkLive(browser, base, paths, options = {}) {
  return overPages(browser, options, paths, async (page, path) => {
    const faults = []
    const fault = (message) => faults.push(`${path}: ${message}`)
    const heard = {
      console: (message) => {
        const place = message.location()?.url ?? ''
        if (['error', 'warning'].includes(message.type())) fault(`console ${message.type()}: ${message.text()} ${place}`)
      },
      pageerror: (error) => fault(`uncaught: ${error.message}`),
      request: (request) => {
        const url = request.url()
        if (!url.startsWith(base) && !url.startsWith('data:image/')) fault(`asks for ${url}`)
      },
      // What the browser gives up by itself (an icon, when the next page is asked for) is no fault of the page.
      requestfailed: (request) => {
        const why = request.failure()?.errorText
        if (why !== 'net::ERR_ABORTED') fault(`cannot load ${request.url()}: ${why}`)
      },
      response: (answer) => {
        if (answer.status() >= 400) fault(`got ${answer.status()} for ${answer.url()}`)
      },
    }
    for (const [event, listener] of Object.entries(heard)) page.on(event, listener)
    await page.goto(base + encodeURI(path), { waitUntil: 'load' })
    await settle(page)
    for (const seen of await page.evaluate(seenInPage)) fault(seen)
    for (const [event, listener] of Object.entries(heard)) page.off(event, listener)
    return faults
  }, (page) => page.addInitScript(noteViolations))
}

/** Runs before the page's own scripts. */
function noteViolations() {
  window.violations = []
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(`${event.effectiveDirective} forbids ${event.blockedURI || 'inline'} (${event.sample})`)
  })
}

/** Runs in the page, when it is settled. */
function seenInPage() {
  const said = (window.violations ?? []).map((violation) => `policy: ${violation}`)
  for (const image of document.images) {
    if (image.naturalWidth === 0) said.push(`a picture does not show: ${image.getAttribute('src')}`)
  }
  for (const font of document.fonts) {
    if (font.status === 'error') said.push(`a font does not load: ${font.family}`)
  }
  if (![...document.styleSheets].length) said.push('no style sheet applies')
  return said
}
