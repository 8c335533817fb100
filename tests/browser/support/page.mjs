/**
 * What a page of any engine can do, made of the little that its driver gives:
 * `evaluate(work, given)`, `clickAt(x, y)`, `press(...keys)` and the like.
 */

/** Waits `ms` milliseconds. */
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** A call of `work` with `given` as text that awaits it. */
export const BODY = (work, given) => `await (${work})(${JSON.stringify(given) ?? ''})`

/** How long one step may take: a busy machine is no fault of a page. */
const PATIENCE = 30_000

/** Runs in the page: the middle of the first visible element, scrolled into sight; nothing while there is none. */
function middleOf(selector) {
  const node = [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length)
  if (!node) return null
  const inSight = () => {
    const box = node.getClientRects()[0]
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  }
  let at = inSight()
  if (at.y < 0 || at.y > window.innerHeight) {
    node.scrollIntoView({ block: 'center' })
    at = inSight()
  }
  return at
}

/** What all engines' pages have. */
export const COMMON = {
  /** Waits until `work(given)` is true in the page, and gives what it gave. */
  async until(work, given) {
    const end = Date.now() + PATIENCE
    let last = null
    while (Date.now() < end) {
      try {
        const got = await this.evaluate(work, given)
        if (got) return got
        last = null
      } catch (error) {
        // The page may be going away under the question.
        last = error
      }
      await sleep(40)
    }
    throw new Error(`waited in vain for ${work}${given === undefined ? '' : ` of ${JSON.stringify(given)}`}${last ? `: ${last.message}` : ''}`)
  },
  /** Clicks the middle of what `selector` names, with the mouse, as soon as there is something to see of it. */
  async click(selector) {
    const { x, y } = await this.until(middleOf, selector)
    await this.clickAt(x, y)
  },
  /** Turns the wheel over the middle of the window. */
  async wheel(steps) {
    const { x, y } = await this.evaluate(() => ({ x: window.innerWidth / 2, y: window.innerHeight / 2 }))
    await this.wheelAt(x, y, steps)
  },
  /** Puts `text` into a field as a paste does. */
  fill(selector, text) {
    return this.evaluate(({ selector, text }) => {
      const field = document.querySelector(selector)
      field.focus()
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }, { selector, text })
  },
  /** Follows a link with the mouse and waits for its page to be there whole. */
  async follow(selector) {
    const mark = await this.evaluate(() => { window.stays = true; return true })
    await this.click(selector)
    if (mark) await this.until(() => window.stays !== true && document.readyState === 'complete')
  },
  /** Goes back as the browser's button does. A page that was kept in memory has no second `load`. */
  async back() {
    const before = await this.address()
    await this.evaluate(() => { window.setTimeout(() => window.history.back()) }).catch(() => {})
    await this.until((before) => window.location.href !== before && document.readyState === 'complete', before)
    await sleep(100)
  },
  address() {
    return this.evaluate(() => window.location.href)
  },
}
