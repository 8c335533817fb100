/** The column's own pages: library, quiz, ledger, timeline and calendar, series, with scripts and without. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch, openPage } from './browser.mjs'
import { checkByAxe } from './checks/axe.mjs'
import { checkShift } from './checks/layout.mjs'
import { article, column, photo } from './column.mjs'
import { none } from './faults.mjs'
import { serve } from './nginx.mjs'
import { site } from './site.mjs'

const { folder } = site()
const disk = `${pathToFileURL(folder.root).href}/`

const OPINIONS = [
  ['座谈会', '已反馈'], ['信箱', '办理中'], ['座谈会', '办理中'], ['信箱', '已反馈'],
  ['走访', '已反馈'], ['座谈会', '已反馈'], ['信箱', '办理中'],
]

const ledger = column({
  'column.yaml': 'title: 专栏\nsections:\n  - {folder: news, title: 新闻}\n',
  'content/news/a.md': article('台账', '2021-03-12', [
    '```ledger', '截至: 2021-03-20', '条目:',
    ...OPINIONS.flatMap(([from, status], n) => [
      `  - 意见: 问题${n + 1}`, `    来自: ${from}`, '    日期: 2021-03-12', `    状态: ${status}`,
      ...(status === '已反馈' ? [`    答复: 答复${n + 1}。`, '    答复日期: 2021-03-16'] : []),
    ]),
    '```',
  ].join('\n')),
})

let browser
let server
let ledgers
before(async () => {
  browser = await launch()
  server = await serve(folder.root)
  ledgers = await serve(ledger.folder.root)
})
after(async () => {
  await browser?.close()
  server?.stop()
  ledgers?.stop()
  ledger.remove()
})

/** Opens `path`, runs `work`, closes. */
async function on(url, options, work) {
  const page = await openPage(browser, options)
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(url)
  await work(page)
  assert.deepEqual(errors, [])
  await page.context().close()
}

const shown = (page, what) => page.locator(what).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)

for (const [how, base] of [['over http', () => server.url], ['from the disk', () => disk]]) {
  test(`the library is filtered, searched and sorted, ${how}`, async () => {
    await on(`${base()}materials.html`, {}, async (page) => {
      const rows = '.files-table tbody tr'
      const all = await shown(page, rows)
      const told = () => page.locator('.library-count').innerText()
      const whole = await told()
      assert.match(whole, new RegExp(`^共${all}份，[\\d.]+ .B。$`))
      await page.locator('label[for=kind-1]').click()
      const kind = (await page.locator('label[for=kind-1]').innerText()).split(' ')
      assert.equal(await shown(page, rows), Number(kind[1]))
      assert.match(await told(), new RegExp(`^符合的有${kind[1]}份，共[\\d.]+ .B。$`))
      await page.locator('[name=text]').fill('自测')
      assert.equal(await shown(page, rows), 1)
      await page.locator('[name=text]').fill('ＤＯＣ 自测')
      assert.equal(await shown(page, rows), 1, 'full-width letters and several words')
      await page.locator('[name=text]').fill('没有这个词')
      assert.equal(await shown(page, rows), 0)
      assert.match(await told(), /没有符合的资料/)
      await page.getByRole('button', { name: '全部还原' }).click()
      // A form is reset after its event.
      await page.waitForFunction((whole) => document.querySelector('.library-count').textContent === whole, whole)
      assert.equal(await shown(page, rows), all)
      const topic = await page.locator('[name=topic] option').nth(1).textContent()
      await page.locator('[name=topic]').selectOption({ index: 1 })
      assert.equal(await shown(page, rows), Number(/（(\d+)）/.exec(topic)[1]))
      await page.locator('[name=topic]').selectOption('')
      const dates = () => page.locator('.files-table tbody time').allTextContents()
      const newest = await dates()
      await page.locator('[name=order]').selectOption('old')
      assert.deepEqual(await dates(), [...newest].sort())
      await page.locator('[name=order]').selectOption('')
      assert.deepEqual(await dates(), newest)
    })
  })

  test(`without scripts the library filters by type and phase, ${how}`, async () => {
    await on(`${base()}materials.html`, { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator('.library-search').isVisible(), false)
      await page.locator('label[for=kind-2]').click()
      const kind = (await page.locator('label[for=kind-2]').innerText()).split(' ')
      assert.equal(await shown(page, '.files-table tbody tr'), Number(kind[1]))
    })
  })

  test(`a quiz is marked, scored, kept and done again, ${how}`, async () => {
    const path = 'study/zi-ce-ti.html'
    await on(base() + path, { viewport: { width: 390, height: 844 } }, async (page) => {
      const question = (n) => page.locator('.questions > li').nth(n - 1)
      const score = () => page.locator('.quiz-score').innerText()
      assert.match(await score(), /还没有开始/)
      // The first by keyboard: Space chooses, arrows only move on, and nothing is marked before it is asked for.
      await question(1).locator('input').first().focus()
      await page.keyboard.press('ArrowDown')
      assert.equal(await question(1).locator('.option-said').count(), 0)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await question(1).getByText('✓ 选对了').waitFor()
      assert.match(await question(1).innerText(), /答对了。/)
      // The second wrong.
      await question(2).locator('.option').nth(0).click()
      await question(2).locator('summary').click()
      await question(2).getByText('您选了这项').waitFor()
      assert.match(await question(2).innerText(), /答错了。/)
      assert.match(await question(2).innerText(), /✓ 正确答案/)
      assert.match(await score(), /^已答2题，对1题，还有8题。$/)
      assert.equal(await page.locator('.quiz-cells .cell-done').count(), 1)
      assert.equal(await page.locator('.quiz-cells .cell-miss').count(), 1)
      await page.reload()
      assert.match(await score(), /^已答2题，对1题/, 'kept')
      await page.getByRole('button', { name: '重做一遍' }).click()
      assert.match(await score(), /还没有开始/)
      assert.equal(await page.locator('.marked').count(), 0)
    })
  })

  test(`without scripts a quiz shows its answers, ${how}`, async () => {
    await on(`${base()}study/zi-ce-ti.html`, { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator('.quiz-board').isVisible(), false)
      await page.locator('.solution summary').first().click()
      assert.match(await page.locator('.solution').first().innerText(), /正确答案[^]*解析/)
    })
  })

  test(`the calendar leads to the days of the timeline, ${how}`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      await on(`${base()}phases/index.html`, { javaScriptEnabled }, async (page) => {
        const links = await page.locator('.month-grid a').evaluateAll((all) => all.map((link) => link.hash))
        assert.ok(links.length > 5)
        for (const hash of links) assert.equal(await page.locator(`[id="${hash.slice(1)}"]`).count(), 1, hash)
        assert.equal(await page.locator('.month-grid [aria-current=date]').count(), 1)
        await page.locator('.month-grid a', { hasText: '3月9日，集中学习' }).click()
        assert.match(page.url(), /#day-2021-03-09$/)
        const days = await page.locator('.events .event time').evaluateAll((all) => all.map((time) => time.dateTime))
        assert.deepEqual(days, [...days].sort(), 'events stand by date')
      })
    }
  })

  test(`a series knows what was read, ${how}`, async () => {
    await on(`${base()}experience/five-ways/1-together.html`, {}, async (page) => {
      assert.match(await page.locator('.series').innerText(), /第1篇，共5篇/)
      assert.equal(await page.locator('.series .read').count(), 0)
      await page.locator('.series').scrollIntoViewIfNeeded()
      await page.locator('.series .read').waitFor()
      assert.match(await page.locator('.series-read').innerText(), /已读1篇/)
      await page.locator('.series h2 a').click()
      await page.locator('li.read').waitFor()
      assert.equal(await page.locator('li.read').count(), 1)
    })
  })
}

test('a quiz prints as a paper with its answers on the last page', async () => {
  await on(`${server.url}study/zi-ce-ti.html`, {}, async (page) => {
    await page.locator('.solution summary').first().click()
    await page.emulateMedia({ media: 'print' })
    assert.equal(await shown(page, '.solution'), 0)
    assert.equal(await shown(page, '.quiz-key'), 1)
    assert.match(await page.locator('.quiz-key').innerText(), /1\. B/)
  })
})

const LEDGERS = [
  ['over http', () => ledgers.url],
  ['from the disk', () => `${pathToFileURL(ledger.folder.root).href}/`],
]

for (const [how, base, javaScriptEnabled] of LEDGERS.flatMap((one) => [[...one, true], [...one, false]])) {
  test(`a ledger is filtered by state and source, ${how}, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    await on(`${base()}ledger.html`, { javaScriptEnabled }, async (page) => {
      const count = (from, status) => OPINIONS.filter((one) => (!from || one[0] === from) && (!status || one[1] === status)).length
      const choose = (text) => page.locator('.ledger label', { hasText: text }).click()
      assert.equal(await shown(page, '.opinion'), 7)
      await choose('办理中')
      assert.equal(await shown(page, '.opinion'), count('', '办理中'))
      await choose('信箱')
      assert.equal(await shown(page, '.opinion'), count('信箱', '办理中'))
      await choose('已反馈')
      assert.equal(await shown(page, '.opinion'), count('信箱', '已反馈'))
      // A cell leads to its opinion although it is filtered out.
      await page.locator('.cell').nth(2).click()
      assert.match(page.url(), /#opinion-3$/)
      assert.equal(await page.locator('#opinion-3').isVisible(), true)
      const rows = await page.locator('.sources tbody tr').allInnerTexts()
      assert.deepEqual(rows.map((row) => row.split(/\s+/).join(' ')), ['座谈会 3 2', '信箱 3 1', '走访 1 1'])
      assert.match(await page.locator('#opinion-1').innerText(), /答复1。/)
    })
  })
}

test('the ledger has no violation and does not move', async () => {
  none(await checkByAxe(browser, ledgers.url, ['ledger.html', 'news/a.html'], { viewport: { width: 390, height: 844 } }))
  none(await checkShift(browser, ledgers.url, ['ledger.html'], 390))
})

test('nothing moves where a quiz was marked or a series read', async () => {
  const page = await openPage(browser, { viewport: { width: 390, height: 844 } })
  await page.goto(`${server.url}study/zi-ce-ti.html`)
  const kept = { [`quiz:${new URL(page.url()).pathname}#quiz-1`]: '{"0":"B","1":"A"}' }
  kept.read = JSON.stringify({ [new URL('experience/five-ways/2-in-step.html', server.url).pathname]: 1 })
  await page.context().close()
  none(await checkShift(browser, server.url, ['study/zi-ce-ti.html', 'experience/five-ways/1-together.html', 'series/wu-zhong-xue-fa.html'], 390, kept))
})

test('no example counts: the labelled ledger is not among the ledgers', () => {
  assert.doesNotMatch(folder.text('ledger.html'), /填写示例/)
  assert.match(folder.text('study/ledger-guide.html'), /示例<\/span> 只说明格式/)
})

const BLOCKS = { front: '.front', figures: '.band-figures', phase: '.band-phase', sections: '.band-sections', photos: '.band-photos', ledger: '.band-ledger', materials: '.band-materials' }

const HOME = {
  'column.yaml': 'title: 教育整顿进行时\nsections:\n  - {folder: news, title: 新闻}\n  - {folder: stories, title: 图片, kind: story}\n  - {folder: study, title: 资料, kind: material}\nphases:\n  - {name: 学习教育, slug: a, start: 2021-03-08, end: 2021-04-15}\n',
  'content/news/a.md': article('头条', '2021-03-20', '```figures\n数字:\n  - {数值: 3, 标签: 期}\n```\n\n```ledger\n收集: 5\n反馈: 2\n```\n', 'cover: ../photos/meeting.png\n'),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`content/news/n${n}.md`, article(`新闻${n}`, `2021-03-0${n}`)])),
  'content/stories/s.md': article('图集', '2021-03-01', '![会场](../photos/press.png)\n\n![二](../photos/exam.png)'),
  'content/study/m.md': article('资料', '2021-03-02', '正文。', 'files: [a.txt]\n'),
  'content/study/a.txt': '内容\n',
  'content/photos/meeting.png': photo('meeting'),
  'content/photos/press.png': photo('press'),
  'content/photos/exam.png': photo('exam'),
}

/** The blocks of a home page, in order. */
function blocks(made) {
  const html = made.folder.text('index.html')
  return Object.entries(BLOCKS)
    .map(([name, selector]) => [html.search(new RegExp(`class="([^"]* )?${selector.slice(1)}[ "]`)), name])
    .filter(([at]) => at >= 0)
    .sort((a, b) => a[0] - b[0])
    .map(([, name]) => name)
}

test('home shows the blocks that are set, in their order, and none that is empty', () => {
  const full = column(HOME)
  assert.deepEqual(blocks(full), Object.keys(BLOCKS))
  full.remove()
  const some = column({ ...HOME, 'column.yaml': `${HOME['column.yaml']}settings:\n  home_blocks: [materials, photos, front]\n` })
  assert.deepEqual(blocks(some), ['materials', 'photos', 'front'])
  some.remove()
  const single = column({ 'column.yaml': 'title: 专栏\nsections:\n  - {folder: news, title: 新闻}\n', 'content/news/a.md': article('只有一篇', '2021-03-01') })
  assert.deepEqual(blocks(single), ['front'])
  single.remove()
})

const LONG = '全市公安机关和广大民警认真学习贯彻上级部署要求扎实推进队伍教育整顿各项任务落地见效切实把学习成果转化为服务群众的实际行动与长效机制'

/** Columns at their extremes, by what is extreme in them. */
const EXTREMES = {
  'one article without a photo': { 'content/news/a.md': article('只有一篇', '2021-03-01') },
  'one article with a title of sixty characters': { 'content/news/a.md': article(LONG.slice(0, 60), '2021-03-01', '![会场](../photos/meeting.png)'), 'content/photos/meeting.png': photo('meeting') },
  'forty topics and long titles': Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`content/news/n${n}.md`, article(`${LONG.slice(n % 7, 55)}${n}`, `2021-03-${String(1 + (n % 20)).padStart(2, '0')}`, '正文。', `topics: [主题之${n}号, 共同]\nunits: []\n`)])),
  'three hundred in a section': Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`content/news/n${n}.md`, article(`第${n}篇`, `20${10 + (n % 11)}-${String(1 + (n % 12)).padStart(2, '0')}-08`)])),
}

for (const [what, files] of Object.entries(EXTREMES)) {
  test(`a column with ${what} lays out well`, async () => {
    const made = column({ 'column.yaml': 'title: 教育整顿进行时\nsections:\n  - {folder: news, title: 新闻动态}\n', ...files })
    const served = await serve(made.folder.root)
    const kinds = ['index.html', 'news/index.html', ...['topics/index.html', 'archive/index.html'].filter((path) => made.folder.files.has(path))]
    for (const width of [360, 390, 768, 1280, 1920]) {
      await on(`${served.url}index.html`, { viewport: { width, height: 900 } }, async (page) => {
        for (const path of kinds) {
          await page.goto(served.url + path)
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          assert.ok(wide <= 0, `${path} at ${width}: ${wide} px too wide`)
          const empty = await page.evaluate(() => [...document.querySelectorAll('main section, main ul, main ol, main .band, main h2')].filter((one) => one.checkVisibility() && one.innerText.trim() === '').map((one) => one.className || one.tagName))
          assert.deepEqual(empty, [], `${path} at ${width}`)
        }
      })
    }
    none(await checkByAxe(browser, served.url, kinds, { viewport: { width: 390, height: 844 } }))
    served.stop()
    made.remove()
  })
}
