/** Photos on pages: the right size and format for each screen, nothing fetched too early, nothing that moves. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, openPage } from './browser.mjs'
import { checkShift } from './checks/layout.mjs'
import { article, column, photo } from './column.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { site } from './site.mjs'

const { folder } = site()
/** One page of each kind that shows photos. */
const PAGES = folder.onePageOfEachKind.filter((path) => folder.text(path).includes('<picture>'))
const WALL = 'photos.html'
const STORY = 'stories/zhugou.html'

const covered = column({
  'column.yaml': 'title: 专栏\nsections:\n  - {folder: news, title: 新闻}\n',
  'content/news/a.md': article('封面', '2021-03-12', '正文。', 'cover: ../photos/zhugou.png\nphotos: {../photos/zhugou.png: {caption: 竹沟, alt: 院落}}\n'),
  'content/photos/zhugou.png': photo('zhugou'),
})

let browser
let server
let covers
before(async () => {
  browser = await launch()
  server = await serve(folder.root)
  covers = await serve(covered.folder.root)
})
after(async () => {
  await browser?.close()
  server?.stop()
  covers?.stop()
  covered.remove()
})

/** Opens `path` and scrolls through it, so that lazy photos come; gives what is known of each photo, and all requests. */
async function through(base, path, options) {
  const page = await openPage(browser, { reducedMotion: 'reduce', ...options })
  const asked = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(base + path, { waitUntil: 'load' })
  const early = [...asked]
  const photos = await page.evaluate(async () => {
    const images = [...document.querySelectorAll('main img')].filter((image) => image.checkVisibility())
    for (const image of images) {
      image.scrollIntoView({ block: 'center' })
      await image.decode()
    }
    return images.map((image) => ({
      src: image.currentSrc,
      natural: [image.naturalWidth, image.naturalHeight],
      shown: image.getBoundingClientRect().width,
      width: Number(image.getAttribute('width')),
      height: Number(image.getAttribute('height')),
      lazy: image.loading === 'lazy',
      high: image.fetchPriority === 'high',
      alt: image.getAttribute('alt'),
      widths: (image.parentElement.querySelector('source')?.srcset ?? '').split(', ').map((one) => Number(/ (\d+)w$/.exec(one)?.[1])),
    }))
  })
  await page.context().close()
  return { photos, early }
}

test('pages of several kinds have photos', () => {
  for (const path of ['index.html', WALL]) assert.ok(PAGES.includes(path), `${PAGES}`)
  assert.ok(PAGES.length >= 4, `${PAGES}`)
})

for (const [width, density] of [[390, 1], [390, 2], [1280, 1]]) {
  test(`at ${width} px and density ${density} each photo comes as WebP, large enough and not much larger`, async () => {
    for (const path of [...new Set([...PAGES, STORY])]) {
      const { photos } = await through(server.url, path, { viewport: { width, height: 844 }, deviceScaleFactor: density })
      assert.ok(photos.length > 0, path)
      for (const photo of photos) {
        const what = `${path}: ${photo.src}, shown ${photo.shown} px of ${photo.widths}`
        assert.match(photo.src, /\.(480|960|1440)\.webp$/, what)
        if (width === 390) assert.match(photo.src, /\.(480|960)\.webp$/, what)
        const chosen = Number(/\.(\d+)\.webp$/.exec(photo.src)[1])
        const needed = photo.shown * density
        // What a browser takes is at most a little smaller than the place for it, unless there is no larger one.
        assert.ok(chosen >= needed * 0.8 || chosen === Math.max(...photo.widths), what)
        const smaller = photo.widths.filter((one) => one < chosen)
        assert.ok(smaller.every((one) => one < needed * 1.1), `${what}: a smaller one would do`)
      }
    }
  })
}

test('each photo says its size and has words; the first is fetched first, the others when they are near', async () => {
  for (const path of [...new Set([...PAGES, STORY])]) {
    const { photos, early } = await through(server.url, path, { viewport: { width: 390, height: 844 } })
    for (const photo of photos) {
      assert.ok(photo.width > 0 && photo.height > 0, `${path}: ${photo.src}`)
      const [width, height] = photo.natural
      assert.ok(Math.abs(width * photo.height - height * photo.width) <= Math.max(photo.width, photo.height), `${path}: ${photo.src}: ${photo.natural} for ${photo.width} × ${photo.height}`)
      assert.notEqual(photo.alt, null, `${path}: ${photo.src}`)
      assert.notEqual(photo.lazy, photo.high, `${path}: ${photo.src} is either lazy or first`)
    }
    const eager = photos.filter(({ lazy }) => !lazy)
    assert.ok(eager.length <= 1, `${path}: ${eager.length} are fetched first`)
    if (eager.length === 1) assert.ok(early.includes(new URL(eager[0].src).pathname), path)
    assert.deepEqual(early.filter((one) => /\.(jpe?g|png)$/.test(one) && one.includes('/photos/')), [], `${path}: fallbacks are fetched`)
  }
})

test('the first photo of a text, a story and the wall is fetched first', async () => {
  for (const path of [STORY, WALL, 'news/symposium.html']) {
    const { photos } = await through(server.url, path, { viewport: { width: 390, height: 844 } })
    assert.deepEqual(photos.map(({ high }) => high).indexOf(true), 0, path)
  }
})

test('what browsers without WebP get is there, as JPEG or PNG in every width', () => {
  for (const path of folder.shownPages) {
    for (const node of folder.page(path).all.filter(({ tagName }) => tagName === 'picture')) {
      const image = node.childNodes.find(({ tagName }) => tagName === 'img')
      const value = (name) => image.attrs.find((one) => one.name === name)?.value ?? ''
      const named = [value('src'), ...value('srcset').split(', ').map((one) => one.split(' ')[0])]
      assert.ok(named.length >= 2, path)
      for (const one of named) {
        const target = new URL(decodeURI(one), `https://x/${path}`).pathname.slice(1)
        assert.match(target, /\.(jpg|png)$/, path)
        assert.ok(folder.files.has(target), `${path}: ${target}`)
      }
    }
  }
})

for (const width of [390, 1280]) {
  test(`nothing moves while photos come, at ${width} px`, async () => none(await checkShift(browser, server.url, [...new Set([...PAGES, STORY])], width)))
}

test('a cover opens large, by keyboard', async () => {
  const page = await openPage(browser)
  await page.goto(`${covers.url}news/a.html`)
  await page.locator('a.zoom').focus()
  await page.keyboard.press('Enter')
  await page.locator('dialog.lightbox').waitFor()
  assert.match(await page.locator('.lightbox-caption').innerText(), /竹沟/)
  await page.locator('.lightbox-stage img').evaluate((image) => image.decode())
  await page.keyboard.press('Escape')
  await page.locator('dialog.lightbox').waitFor({ state: 'hidden' })
  assert.ok(await page.evaluate(() => document.activeElement.matches('a.zoom')))
  await page.context().close()
})
