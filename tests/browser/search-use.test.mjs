/** Search as readers use it: keyboard, touch, input method, spellings, filters, arrival, without scripts. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { launch, openPage } from './browser.mjs'
import { checkByAxe, FOUR } from './checks/axe.mjs'
import { checkLayout } from './checks/layout.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { ask, openSearch } from './search.mjs'
import { site } from './site.mjs'

const { folder } = site()

let browser
let server
before(async () => {
  browser = await launch()
  server = await serve(folder.root)
})
after(async () => {
  await browser?.close()
  server?.stop()
})

/** A query that several pieces of the sample answer. */
const COMMON = '教育整顿'

async function using(options, work, base = server.url) {
  const page = await openPage(browser, options)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
  })
  await openSearch(page, base)
  await work(page)
  await page.context().close()
  none(complaints)
}

const input = (page) => page.locator('[data-part=input]')
const status = (page) => page.locator('[data-part=status]')
const titles = (page) => page.locator('[data-part=hits] h2')
const settled = (page) => page.waitForSelector('[data-search]:is([data-state=complete], [data-state=partial])')

test('the script is at most 12 KB', () => {
  const script = folder.paths.find((path) => /^assets\/search\.[^/]*js$/.test(path))
  const size = gzipSync(folder.text(script), { level: 9 }).length
  assert.ok(size <= 12 * 1024, `${size} bytes`)
})

test('by keyboard alone: /, typing, arrows, Enter, Escape', () => using({}, async (page) => {
  await page.locator('h1').evaluate(() => document.activeElement.blur())
  await page.keyboard.press('/')
  assert.equal(await input(page).evaluate((node) => node === document.activeElement), true)
  await page.keyboard.insertText(COMMON)
  await settled(page)
  assert.match(await status(page).textContent(), /处，在\d+篇|\d+篇/)
  assert.equal(await input(page).getAttribute('aria-expanded'), 'false')
  const second = await titles(page).nth(1).textContent()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), second)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'combobox')
  await page.keyboard.press('ArrowDown')
  const target = await page.evaluate(() => document.activeElement.href.split('#')[0])
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.href.startsWith(target))
  await page.goBack()
  await settled(page)
  assert.equal(await input(page).inputValue(), COMMON)
  await input(page).focus()
  await page.keyboard.press('Escape')
  assert.equal(await input(page).inputValue(), '')
  assert.equal(await titles(page).count(), 0)
}))

test('/ on any other page leads here', async () => {
  const page = await openPage(browser)
  await page.goto(`${server.url}index.html`)
  await page.locator('body').press('/')
  await page.waitForURL(/search\.html/)
  await page.context().close()
})

test('by touch: a query, a hit, its words marked on its page', () => using({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }, async (page) => {
  await input(page).tap()
  await page.keyboard.insertText('户籍室')
  await settled(page)
  await titles(page).first().locator('a').tap()
  await page.waitForSelector('mark.found')
  assert.equal(await page.locator('mark.found').first().textContent(), '户籍室')
  assert.ok(await page.locator('mark.found').first().evaluate((node) => {
    const box = node.getBoundingClientRect()
    return box.top >= 0 && box.bottom <= window.innerHeight
  }), 'the words are in sight')
}))

test('an input method asks nothing half-typed', () => using({}, async (page) => {
  const asked = []
  page.on('request', (request) => request.url().includes('/search/') && asked.push(request.url()))
  await input(page).focus()
  const cdp = await page.context().newCDPSession(page)
  await settledIndex(page)
  asked.length = 0
  for (const half of ['h', 'hu', 'huj', 'huji', 'huji s']) {
    await cdp.send('Input.imeSetComposition', { text: half, selectionStart: half.length, selectionEnd: half.length })
    await page.waitForTimeout(60)
  }
  await page.waitForTimeout(400)
  assert.deepEqual(asked, [], 'nothing is asked while composing')
  assert.equal(await page.locator('[data-search]').getAttribute('data-state'), 'idle')
  await page.keyboard.press('Enter')
  await cdp.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 })
  await cdp.send('Input.insertText', { text: '户籍室' })
  await settled(page)
  assert.equal(await input(page).inputValue(), '户籍室')
  assert.match(await status(page).textContent(), /处，在\d+篇/)
}))

const settledIndex = (page) => page.waitForFunction(() => document.querySelectorAll('head script[src*="search/"]').length === 0)

test('titles and topics are found by pinyin and by initials', () => using({}, async (page) => {
  for (const spelled of ['jyzd', 'jiaoyuzhengdun']) {
    await ask(page, spelled)
    const under = page.locator('.hits-more ~ .hit mark')
    assert.ok((await under.allTextContents()).every((text) => text === '教育整顿'), spelled)
    assert.ok(await under.count() > 0, spelled)
  }
  await input(page).fill('dangshi')
  await page.waitForSelector('[role=option]')
  assert.ok((await page.locator('[role=option]').allTextContents()).some((text) => text.startsWith('党史学习')))
  await page.keyboard.press('ArrowDown')
  const active = await input(page).getAttribute('aria-activedescendant')
  assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true')
  await page.keyboard.press('Enter')
  await page.waitForURL(/topics\//)
}))

test('what was searched before is kept here, and can be forgotten', () => using({}, async (page) => {
  await ask(page, COMMON)
  await page.reload()
  await page.waitForSelector('[data-ready]')
  await input(page).fill('')
  await input(page).focus()
  await page.waitForSelector('[role=option]')
  assert.match(await page.locator('[role=option]').first().textContent(), new RegExp(COMMON))
  await page.locator('[role=option]', { hasText: '清除' }).click()
  assert.equal(await page.evaluate(() => localStorage.getItem('zhuanlan-search')), null)
}))

test('filters narrow, say which is on, and their numbers are those of the hits', () => using({}, async (page) => {
  const all = await ask(page, '学习')
  await page.waitForSelector('.facet button')
  const section = page.locator('.facet').first().locator('button').nth(1)
  const [, name, number] = /^(.*?)(\d+)$/.exec(await section.textContent())
  await section.click()
  await page.waitForFunction(() => document.querySelector('.facet button[aria-pressed=true]:not(:first-of-type)'))
  await settled(page)
  const kickers = await page.locator('.hit .kicker-section').allTextContents()
  assert.ok(kickers.length > 0 && kickers.every((kicker) => kicker === name), kickers.join())
  assert.ok(kickers.length <= Number(number) && kickers.length < all.paths.length)
}))

test('few candidates are looked into to the end, unasked', () => using({}, async (page) => {
  for (const query of ['竹沟', '季度标兵', '笔记本']) {
    await ask(page, query)
    assert.equal(await page.locator('[data-search]').getAttribute('data-state'), 'complete', query)
    assert.equal(await page.locator('.search-more').isVisible(), false, query)
    assert.ok(await titles(page).count() > 0, query)
  }
}))

test('nothing found says so and offers topics', () => using({}, async (page) => {
  const { status: said } = await ask(page, '不存在的词语')
  assert.equal(said, '没有找到“不存在的词语”')
  assert.ok(await page.locator('.search-topics a').first().isVisible())
}))

test('the count is said to screen readers', () => using({}, async (page) => {
  await ask(page, COMMON)
  assert.equal(await status(page).getAttribute('role'), 'status')
  const names = await input(page).evaluate((node) => node.labels[0].textContent.trim())
  assert.equal(names, '要找的词')
}))

const DISK = `${pathToFileURL(folder.root).href}/`

for (const [how, base] of [['over http', () => server.url], ['from a disk', () => DISK]]) {
  test(`without scripts the form leads to the archive, ${how}`, async () => {
    const page = await openPage(browser, { javaScriptEnabled: false })
    await page.goto(`${base()}search.html`)
    await page.locator('input[name=q]').fill('学习')
    await page.locator('input[name=q]').press('Enter')
    await page.waitForURL(/archive\/index\.html\?q=/)
    await page.context().close()
  })
}

test('from a disk: by keyboard, filters, spellings, nothing found, and arrival', () => using({}, async (page) => {
  await page.locator('h1').evaluate(() => document.activeElement.blur())
  await page.keyboard.press('/')
  await page.keyboard.insertText(COMMON)
  await settled(page)
  await page.waitForSelector('.facet button')
  await page.locator('.facet').first().locator('button').nth(1).click()
  await page.waitForFunction(() => document.querySelector('.facet button[aria-pressed=true]:not(:first-of-type)'))
  await settled(page)
  assert.ok(await titles(page).count() > 0)
  await page.locator('.facet').first().locator('button').first().click()
  await ask(page, 'jyzd')
  assert.ok(await page.locator('.hits-more ~ .hit mark').count() > 0)
  assert.equal((await ask(page, '不存在的词语')).status, '没有找到“不存在的词语”')
  await input(page).fill('')
  await input(page).focus()
  await page.keyboard.insertText('户籍室')
  await page.waitForFunction(() => document.querySelector('mark')?.textContent === '户籍室')
  await page.keyboard.press('Enter')
  await settled(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForSelector('mark.found')
}, DISK))

test('from a disk: by touch, and an input method asks nothing half-typed', () => using({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }, async (page) => {
  await input(page).tap()
  await settledIndex(page)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Input.imeSetComposition', { text: 'huji', selectionStart: 4, selectionEnd: 4 })
  await page.waitForTimeout(400)
  assert.equal(await page.locator('[data-search]').getAttribute('data-state'), 'idle')
  await cdp.send('Input.insertText', { text: '户籍室' })
  await settled(page)
  await titles(page).first().locator('a').tap()
  await page.waitForSelector('mark.found')
}, DISK))

test('hits break no rule of axe in any mode, and no measure at any width', async () => {
  const paths = ['search.html?q=学习', 'search.html?q=没有这样的词语']
  none(await checkByAxe(browser, server.url, paths, { viewport: { width: 390, height: 844 } }, FOUR, settled))
  none(await checkLayout(browser, server.url, paths))
})
