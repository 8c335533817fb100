/** Photos opened large over the page: by keyboard, mouse and finger, and without scripts. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, openPage } from './browser.mjs'
import { TWO, checkByAxe } from './checks/axe.mjs'
import { noteShifts } from './checks/layout.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { site } from './site.mjs'

const STORY = 'stories/zhugou.html'
const { folder } = site()
const disk = `${pathToFileURL(folder.root).href}/`

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

const box = (page) => page.locator('dialog.lightbox')
const count = (page) => page.locator('.lightbox-count').innerText()
const focused = (page) => page.evaluate(() => document.activeElement.textContent)

for (const [how, base] of [['over http', () => server.url], ['from the disk', () => disk]]) {
  test(`by keyboard alone, ${how}`, async () => {
    const page = await openPage(browser)
    await page.goto(base() + STORY)
    const photos = await page.locator('a.zoom').count()
    assert.ok(photos >= 3)
    await page.locator('a.zoom').nth(0).focus()
    await page.keyboard.press('Enter')
    await box(page).waitFor()
    assert.equal(await count(page), `第1幅，共${photos}幅`)
    assert.equal(await focused(page), '关闭')
    assert.match(await page.locator('.lightbox-caption').innerText(), /竹沟/)
    assert.match(await page.locator('.lightbox-stage img').evaluate((image) => image.currentSrc), /\.1440\.webp$/, 'the lightest of the largest')
    await page.keyboard.press('ArrowRight')
    assert.equal(await count(page), `第2幅，共${photos}幅`)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    assert.equal(await count(page), `第${photos}幅，共${photos}幅`, 'before the first is the last')
    // Tab goes round inside.
    const stops = []
    for (let n = 0; n < 5; n += 1) {
      await page.keyboard.press('Tab')
      stops.push(await focused(page))
    }
    assert.deepEqual(stops, ['上一幅', '下一幅', '放大', '关闭', '上一幅'])
    await page.keyboard.press('Shift+Tab')
    assert.equal(await focused(page), '关闭')
    await page.keyboard.press('+')
    assert.notEqual(await page.locator('.lightbox-stage img').evaluate((image) => image.style.transform), '')
    assert.equal(await page.getByRole('button', { name: '还原' }).count(), 1)
    await page.keyboard.press('Escape')
    await box(page).waitFor({ state: 'hidden' })
    assert.ok(await page.evaluate(() => document.activeElement === document.querySelectorAll('a.zoom')[0]), 'focus returns')
    await page.context().close()
  })
}

test('going back closes it and stays on the page', async () => {
  const page = await openPage(browser)
  await page.goto(`${server.url}index.html`)
  await page.goto(server.url + STORY)
  await page.locator('a.zoom').nth(1).click()
  await box(page).waitFor()
  await page.goBack()
  await box(page).waitFor({ state: 'hidden' })
  assert.equal(page.url(), server.url + STORY)
  await page.goBack()
  assert.equal(page.url(), `${server.url}index.html`)
  await page.context().close()
})

test('by finger at 390 px: swipe, double tap, pinch', async () => {
  const page = await openPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await page.goto(server.url + STORY)
  await page.locator('a.zoom').nth(0).tap()
  await box(page).waitFor()
  const touch = await page.context().newCDPSession(page)
  const send = (type, points, timestamp) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: points, timestamp })
  // Two taps a tenth of a second apart, by the events' own clock: a busy machine does not decide.
  const tapTwice = async (point) => {
    const begun = Date.now() / 1000
    for (const later of [0, 0.1]) {
      await send('touchStart', [point], begun + later)
      await send('touchEnd', [], begun + later + 0.02)
    }
  }
  const drag = async (from, to) => {
    await send('touchStart', [from])
    await send('touchMove', [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }])
    await send('touchMove', [to])
    await send('touchEnd', [])
  }
  await drag({ x: 320, y: 400 }, { x: 80, y: 405 })
  assert.match(await count(page), /^第2幅/)
  await drag({ x: 80, y: 400 }, { x: 320, y: 400 })
  assert.match(await count(page), /^第1幅/)
  await drag({ x: 200, y: 300 }, { x: 210, y: 500 })
  assert.match(await count(page), /^第1幅/, 'up and down turns nothing')
  const scale = () => page.locator('.lightbox-stage img').evaluate((image) => new DOMMatrix(getComputedStyle(image).transform).a)
  await tapTwice({ x: 200, y: 400 })
  assert.equal(await scale(), 2.5)
  await drag({ x: 320, y: 400 }, { x: 80, y: 405 })
  assert.match(await count(page), /^第1幅/, 'an enlarged photo is moved, not turned')
  await tapTwice({ x: 200, y: 400 })
  assert.equal(await scale(), 1)
  await send('touchStart', [{ x: 180, y: 400, id: 0 }, { x: 220, y: 400, id: 1 }])
  await send('touchMove', [{ x: 140, y: 400, id: 0 }, { x: 260, y: 400, id: 1 }])
  await send('touchEnd', [])
  assert.ok(Math.abs((await scale()) - 3) < 0.2, `${await scale()}`)
  await page.getByRole('button', { name: '关闭' }).tap()
  await box(page).waitFor({ state: 'hidden' })
  await page.context().close()
})

test('nothing of the page moves', async () => {
  const page = await openPage(browser, { viewport: { width: 1280, height: 800 } })
  await page.addInitScript(noteShifts)
  await page.goto(server.url + STORY, { waitUntil: 'load' })
  await page.locator('a.zoom').nth(0).click()
  await page.locator('.lightbox-stage img').evaluate((image) => image.decode())
  await page.keyboard.press('ArrowRight')
  await page.locator('.lightbox-stage img').evaluate((image) => image.decode())
  await page.keyboard.press('Escape')
  await box(page).waitFor({ state: 'hidden' })
  const shifts = await page.evaluate(() => {
    window.noteShift({ getEntries: () => window.shiftWatch.takeRecords() })
    return window.shifts
  })
  assert.deepEqual(shifts, [])
  await page.context().close()
})

test('without scripts each photo is a link to its file', async () => {
  for (const path of [STORY, 'photos.html', 'news/symposium.html']) {
    const page = folder.page(path)
    const links = page.all.filter((node) => node.attrs?.some(({ name, value }) => name === 'class' && value === 'zoom'))
    assert.ok(links.length > 0, path)
    for (const link of links) {
      const href = decodeURI(link.attrs.find(({ name }) => name === 'href').value)
      const target = new URL(href, `https://x/${path}`).pathname.slice(1)
      assert.ok(folder.files.has(target), `${path}: ${href}`)
    }
  }
})

test('the open box has no violation, in light and dark', async () => {
  const open = async (page) => {
    await page.locator('a.zoom').first().click()
    await box(page).waitFor()
  }
  none(await checkByAxe(browser, server.url, [STORY], {}, TWO, open))
})

test('the photo wall opens photos, and its titles lead to the pieces', async () => {
  const page = await openPage(browser)
  await page.goto(`${server.url}photos.html`)
  await page.locator('a.zoom').nth(2).click()
  const from = page.locator('.lightbox-caption a')
  assert.equal(await from.count(), 1)
  await from.click()
  await page.waitForURL((url) => !url.pathname.endsWith('photos.html'))
  assert.match(page.url(), /\.html$/)
  await page.context().close()
})
