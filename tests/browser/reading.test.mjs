/** What readers may choose and do: elder mode, settings, read-aloud, sharing; over http, from disk, without scripts. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, openPage } from './browser.mjs'
import { checkElder } from './checks/elder.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { keep, noteFirst, variant, voice } from './reading.mjs'
import { BASE, site } from './site.mjs'
import { packageFile } from './tools.mjs'

const { folder } = site()
const disk = `${pathToFileURL(folder.root).href}/`
const ARTICLE = 'news/first-fortnight.html'
const PHONE = { viewport: { width: 390, height: 844 } }

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

/** Opens a page of its own and closes it whatever happens. */
async function using(options, work) {
  const page = await openPage(browser, options)
  try {
    return await work(page)
  } finally {
    await page.context().close()
  }
}

const isElder = (page) => page.evaluate(() => document.documentElement.classList.contains('elder'))
const size = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize))

const BOTH = [['over http', () => server.url], ['from disk', () => disk]]

for (const [name, base] of BOTH) {
  test(`elder mode is one button, kept over pages and reload, without a flash, ${name}`, () => using(PHONE, async (page) => {
    await page.addInitScript(noteFirst)
    await page.goto(`${base()}index.html`)
    assert.equal(await isElder(page), false)
    await page.getByRole('button', { name: '长者模式' }).first().click()
    await page.waitForFunction(() => document.documentElement.classList.contains('elder') && document.activeElement !== document.body)
    // The pressed button is gone: the focus is on the way back.
    assert.equal(await page.evaluate(() => document.activeElement.textContent), '退出长者模式')
    await page.locator('.lead-title a').click()
    await page.waitForLoadState('load')
    for (const how of ['another page', 'reload']) {
      assert.equal(await page.evaluate(() => window.first), true, `${how}: elder mode stands when the body begins`)
      assert.deepEqual(await page.evaluate(() => window.moved), [], `${how}: nothing moves`)
      await page.reload()
    }
    await page.getByRole('button', { name: '退出长者模式' }).click()
    assert.equal(await isElder(page), false)
    await page.reload()
    assert.equal(await page.evaluate(() => window.first), false)
  }))
}

test('elder mode: text, lines and targets are large, on every kind of page', async () => {
  // The print edition is a book for paper, without modes.
  const paths = folder.onePageOfEachKind.filter((path) => !path.startsWith('booklets/'))
  none(await checkElder(browser, server.url, [...paths, '404.html']))
})

test('elder mode opens all sections from its box, and leads home', () => using(PHONE, async (page) => {
  await keep(page, { elder: true })
  await page.goto(server.url + ARTICLE)
  const link = page.locator('.nav a').first()
  assert.equal(await link.isVisible(), false)
  await page.locator('.head-more summary').click()
  assert.equal(await link.isVisible(), true)
  await page.locator('.box', { hasText: '返回首页' }).click()
  await page.waitForURL(`${server.url}index.html`)
}))

for (const [name, base] of BOTH) test(`text has four sizes, and the choice is kept, ${name}`, () => using(PHONE, async (page) => {
  await page.goto(base() + ARTICLE)
  const sizes = [await size(page)]
  await page.locator('.tools .to-settings').click()
  for (const word of ['大', '特大', '超大']) {
    await page.getByRole('radio', { name: word, exact: true }).check()
    sizes.push(await size(page))
  }
  assert.deepEqual(sizes, [18, 20.25, 22.5, 27])
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
  await page.reload()
  assert.equal(await size(page), 27)
  await page.locator('.tools .to-settings').click()
  assert.equal(await page.getByRole('radio', { name: '超大' }).isChecked(), true)
  await page.getByRole('button', { name: '恢复默认' }).click()
  assert.equal(await size(page), 18)
}))

for (const [name, base] of BOTH) test(`light, dark, high contrast and serif are chosen against the system, ${name}`, () => using({ ...PHONE, colorScheme: 'light' }, async (page) => {
  const look = () => page.evaluate(() => {
    const style = getComputedStyle(document.documentElement)
    return [style.backgroundColor, style.color, getComputedStyle(document.querySelector('.prose')).fontFamily.split(',')[0]]
  })
  await page.goto(base() + ARTICLE)
  const [paper, , sans] = await look()
  await page.locator('.tools .to-settings').click()
  await page.getByRole('radio', { name: '深色' }).check()
  assert.equal((await look())[0], 'rgb(20, 23, 27)')
  await page.getByRole('radio', { name: '高对比' }).check()
  assert.deepEqual((await look()).slice(0, 2), ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  await page.getByRole('radio', { name: '浅色' }).check()
  assert.deepEqual((await look()).slice(0, 2), ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
  await page.getByRole('radio', { name: '宋体' }).check()
  assert.notEqual((await look())[2], sans)
  await page.emulateMedia({ colorScheme: 'dark' })
  assert.equal((await look())[0], 'rgb(255, 255, 255)', 'light was chosen')
  await page.getByRole('button', { name: '恢复默认' }).click()
  await page.emulateMedia({ colorScheme: 'light' })
  assert.equal((await look())[0], paper)
}))

test('a panel works by keyboard: Enter opens it, the focus is inside, Esc closes it and gives the focus back', () => using({}, async (page) => {
  await page.goto(server.url + ARTICLE)
  const opener = page.locator('.tools .to-settings')
  await opener.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: '阅读设置' })
  assert.equal(await panel.evaluate((node) => node.contains(document.activeElement)), true)
  assert.equal(await opener.getAttribute('aria-expanded'), 'true')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  assert.equal(await size(page), 19 * 1.125)
  await page.keyboard.press('Escape')
  assert.equal(await panel.isVisible(), false)
  assert.equal(await opener.evaluate((node) => node === document.activeElement), true)
  assert.equal(await opener.getAttribute('aria-expanded'), 'false')
  await page.keyboard.press('Enter')
  await page.locator('h1').click()
  assert.equal(await panel.isVisible(), false, 'a click elsewhere closes it')
}))

test('read-aloud is hidden where there is no Chinese voice', () => using(PHONE, async (page) => {
  await page.goto(server.url + ARTICLE)
  assert.equal(await page.locator('.tools .speak').isVisible(), false)
  assert.equal(await page.locator('.box.speak').isVisible(), false)
}))

test('read-aloud goes sentence by sentence, pauses, steps, and leaves the page as it was', () => using(PHONE, async (page) => {
  await page.addInitScript(voice)
  await page.goto(server.url + ARTICLE)
  const before = await page.locator('.prose').innerHTML()
  const spoken = () => page.evaluate(() => [...document.querySelectorAll('.spoken')].map((node) => node.textContent).join(''))
  await page.locator('.tools .speak').click()
  await page.waitForFunction(() => window.said.now)
  const title = (await page.locator('h1').textContent()).trim()
  assert.ok(title.startsWith(await spoken()), 'begins with the title')
  const heard = []
  for (let step = 0; step < 12; step += 1) {
    heard.push(await page.evaluate(() => window.said.now.text))
    assert.equal((await spoken()).trim(), heard[step])
    assert.ok(heard[step].length <= 90, `${heard[step].length} characters in one breath`)
    await page.evaluate(() => window.said.end())
  }
  assert.equal(new Set(heard).size, heard.length, 'nothing is said twice')
  const contrast = await page.evaluate(() => {
    const style = getComputedStyle(document.querySelector('.spoken'))
    return [style.backgroundColor, style.color]
  })
  assert.deepEqual(contrast, ['rgb(24, 29, 37)', 'rgb(253, 253, 251)'])
  const bar = page.getByRole('group', { name: '朗读' })
  const at = await spoken()
  await bar.getByRole('button', { name: '暂停' }).click()
  assert.equal(await page.evaluate(() => window.said.now), null)
  await bar.getByRole('button', { name: '继续' }).click()
  assert.equal(await spoken(), at)
  await bar.getByRole('button', { name: '上一句' }).click()
  assert.equal((await spoken()).trim(), heard[11])
  await bar.getByRole('button', { name: '停止' }).click()
  assert.equal(await bar.isVisible(), false)
  assert.equal(await page.locator('.prose').innerHTML(), before)
}))

test('read-aloud says every word of the text once, on every kind of page', async () => {
  const faults = []
  await using(PHONE, async (page) => {
    await page.addInitScript(voice)
    for (const path of folder.onePageOfEachKind.filter((path) => ['article', 'story', 'page', 'material'].includes(folder.page(path).kind))) {
      await page.goto(server.url + path)
      await page.evaluate(() => { document.querySelector('.tools .speak').click() })
      await page.waitForFunction(() => window.said.now)
      const [said, wanted] = await page.evaluate(() => {
        while (window.said.now) window.said.end()
        const bare = (text) => text.replace(/\s+/g, '')
        const paragraphs = [...document.querySelectorAll('.prose > p')].map((node) => {
          const copy = node.cloneNode(true)
          for (const note of copy.querySelectorAll('.note-ref')) note.remove()
          return bare(copy.textContent)
        })
        return [bare(window.said.all.join('')), paragraphs]
      })
      for (const text of wanted) if (said.split(text).length !== 2) faults.push(`${path}: 「${text.slice(0, 20)}」 is said ${said.split(text).length - 1} times`)
    }
  })
  none(faults)
})

test('the QR code leads to the page', () => using(PHONE, async (page) => {
  const reader = readFileSync(packageFile('jsqr'), 'utf8')
  const faults = []
  const paths = folder.onePageOfEachKind.filter((path) => ['article', 'story', 'page', 'material'].includes(folder.page(path).kind))
  for (const path of paths) {
    await page.goto(server.url + path)
    await page.evaluate(reader)
    const read = await page.evaluate(async () => {
      const code = document.querySelector('.paper .qr').cloneNode(true)
      code.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
      code.setAttribute('stroke', '#000')
      code.setAttribute('width', '300')
      code.setAttribute('height', '300')
      const image = new Image()
      image.src = `data:image/svg+xml,${encodeURIComponent(code.outerHTML)}`
      await image.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 300 })
      const pen = canvas.getContext('2d')
      pen.fillStyle = '#fff'
      pen.fillRect(0, 0, 300, 300)
      pen.drawImage(image, 0, 0)
      return window.jsQR(pen.getImageData(0, 0, 300, 300).data, 300, 300)?.data ?? null
    })
    if (read !== BASE + path) faults.push(`${path}: reads ${read}`)
  }
  none(faults)
}))

test('a panel opens where its button is, on a phone at the foot of the screen', async () => {
  const faults = []
  for (const [width, height] of [[768, 1024], [1280, 800], [1920, 1080], [390, 844]]) {
    await using({ viewport: { width, height } }, async (page) => {
      await page.goto(server.url + ARTICLE)
      for (const name of ['.to-settings', '.to-share']) {
        const button = page.locator(`${name}:visible`).first()
        await button.click()
        const [at, panel] = [await button.boundingBox(), await page.locator('.panel:visible').boundingBox()]
        const within = panel.x >= 0 && panel.x + panel.width <= width && panel.y >= 0 && panel.y + panel.height <= height + 0.5
        const beside = panel.x < at.x + at.width && at.x < panel.x + panel.width && panel.y < at.y + at.height + 24 && at.y < panel.y + panel.height + 24
        const right = width < 600 ? Math.abs(panel.y + panel.height - height) < 1 : beside
        if (!within || !right) faults.push(`${name} at ${width} px: ${JSON.stringify({ at, panel })}`)
        await page.keyboard.press('Escape')
      }
    })
  }
  none(faults)
})

test('the link and a quotation with its source are copied', async () => {
  const quoted = /^“从3月8日到今天，学习教育走过15天。.*”（《开局十五天：一支队伍怎样坐下来，又怎样走出去》，教育整顿进行时，2021年3月22日，https:\/\/www\.example\.org\/jyzd\/news\/first-fortnight\.html）$/
  for (const [name, base, options] of [['http', server.url, { permissions: ['clipboard-read', 'clipboard-write'] }], ['disk', disk, {}]]) {
    await using(options, async (page) => {
      // From disk there is no clipboard to ask: what the old way copies is caught where it happens.
      await page.addInitScript(() => {
        document.addEventListener('copy', () => { window.copied = document.activeElement.value ?? String(getSelection()) })
        if (location.protocol === 'file:') Object.defineProperty(navigator, 'clipboard', { value: undefined })
      })
      const copied = () => page.evaluate(async () => (location.protocol === 'file:' ? window.copied : navigator.clipboard.readText()))
      await page.goto(base + ARTICLE)
      await page.locator('.prose > p').first().click({ clickCount: 3 })
      await page.locator('.to-share').click()
      await page.getByRole('button', { name: '复制引文和出处' }).click()
      await page.getByText('引文已复制').waitFor()
      assert.match((await copied()).replace(/\s+/g, ' '), quoted, name)
      await page.getByRole('button', { name: '复制网址' }).click()
      await page.getByText('网址已复制').waitFor()
      assert.equal(await copied(), BASE + ARTICLE, name)
      assert.equal(await page.locator('.panel .qr').isVisible(), true)
      assert.equal(await page.getByRole('button', { name: '更多方式' }).count(), await page.evaluate(() => Number(Boolean(navigator.share))))
    })
  }
})

test('the key / leads to search where there is a search page, and not from a field', () => using({}, async (page) => {
  await page.goto(server.url + ARTICLE)
  await page.keyboard.press('/')
  const wanted = folder.files.has('search.html') ? 'search.html' : ARTICLE
  await page.waitForURL(server.url + wanted)
  await page.evaluate(() => window.gazette.choose('slash', 'off'))
  await page.goto(server.url + ARTICLE)
  await page.keyboard.press('/')
  await page.waitForTimeout(100)
  assert.equal(page.url(), server.url + ARTICLE)
}))

test('without scripts no button shows that would do nothing', async () => {
  const faults = []
  await using({ ...PHONE, javaScriptEnabled: false }, async (page) => {
    for (const path of [...folder.onePageOfEachKind]) {
      await page.goto(disk + path)
      for (const button of await page.locator('button').all()) {
        if ((await button.isVisible()) && (await button.getAttribute('type')) !== 'submit') faults.push(`${path}: ${await button.textContent()}`)
      }
    }
  })
  none(faults)
})

test('on a day of mourning there is no colour', async () => {
  const grey = variant((text) => text.replace(/^settings:\n/m, 'settings:\n  mourning: true\n'))
  try {
    await using(PHONE, async (page) => {
      for (const path of ['index.html', ARTICLE, 'ledger.html', 'phases/index.html']) {
        await page.goto(pathToFileURL(grey.place(path)).href)
        const picture = await page.screenshot()
        const coloured = await page.evaluate(async (url) => {
          const image = new Image()
          image.src = url
          await image.decode()
          const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
          const pen = canvas.getContext('2d')
          pen.drawImage(image, 0, 0)
          const data = pen.getImageData(0, 0, image.width, image.height).data
          let most = 0
          for (let at = 0; at < data.length; at += 4) most = Math.max(most, Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1], data[at + 2]))
          return most
        }, `data:image/png;base64,${picture.toString('base64')}`)
        assert.ok(coloured <= 2, `${path}: a colour of ${coloured}`)
      }
    })
  } finally {
    grey.done()
  }
})
