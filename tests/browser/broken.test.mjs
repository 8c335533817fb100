/**
 * Each check seen failing. A tiny site passes them all; a case breaks one thing
 * in it, and the check that is there for this must say so, and no other thing.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { launch } from './browser.mjs'
import { checkByAxe } from './checks/axe.mjs'
import { checkFeeds } from './checks/feeds.mjs'
import { checkHeads, checkStructuredData } from './checks/head.mjs'
import { checkLayout, checkShift, checkWithoutScript } from './checks/layout.mjs'
import { checkLinks, checkServed } from './checks/links.mjs'
import { checkLive } from './checks/live.mjs'
import { checkByNu, checkMarkup } from './checks/markup.mjs'
import { checkPrint } from './checks/print.mjs'
import { checkSitemap } from './checks/sitemap.mjs'
import { serve, SUB_PATH } from './nginx.mjs'
import { BASE } from './site.mjs'
import { tinySite } from './tiny.mjs'

const ARTICLE = 'news/a.html'

let browser
before(async () => {
  browser = await launch()
})
after(() => browser.close())

/** The checks by name; each takes the folder of a site and gives faults. */
const CHECKS = {
  links: (folder) => checkLinks(folder, SUB_PATH),
  markup: checkMarkup,
  nu: checkByNu,
  heads: (folder) => checkHeads(folder, BASE),
  structured: (folder) => checkStructuredData(folder, BASE),
  feeds: (folder) => checkFeeds(folder, BASE),
  sitemap: (folder) => checkSitemap(folder, BASE),
  served: (folder) => served(folder, (url) => checkServed(folder, url)),
  live: (folder) => served(folder, (url) => checkLive(browser, url, [ARTICLE])),
  disk: (folder) => checkLive(browser, fromDisk(folder), [ARTICLE]),
  axe: (folder) => checkByAxe(browser, fromDisk(folder), [ARTICLE]),
  layout: (folder) => checkLayout(browser, fromDisk(folder), [ARTICLE]),
  shift: (folder) => served(folder, (url) => checkShift(browser, url, [ARTICLE], 390)),
  scripts: (folder) => checkWithoutScript(browser, fromDisk(folder), [ARTICLE]),
  print: (folder) => checkPrint(browser, fromDisk(folder), ARTICLE),
}

const fromDisk = (folder) => `${pathToFileURL(folder.root).href}/`

async function served(folder, check) {
  const server = await serve(folder.root)
  try {
    return await check(server.url)
  } finally {
    server.stop()
  }
}

test('the unbroken site passes every check', async () => {
  const { folder, remove } = tinySite()
  for (const [name, check] of Object.entries(CHECKS)) assert.deepEqual(await check(folder), [], name)
  remove()
})

/** In the article: puts `to` for `from`. */
const put = (from, to) => ({ [ARTICLE]: [from, to] })
/** In the article: adds after the heading. */
const add = (html) => put('</h1>', `</h1>\n${html}`)
const style = (css) => ({ 'assets/site.css': ['.mark', `${css}\n.mark`] })

/** Two frames after the page is shown, something comes and pushes the text down. */
const LATE = `requestAnimationFrame(() => requestAnimationFrame(() => {
  document.getElementById("late").style.height = "200px"
}))`

/** `[check, what is broken, expected in the one fault]` */
const CASES = [
  ['links', put('href="../feed.atom"', 'href="../feed.xml"'), /news\/a.html: <link href> is dead: `..\/feed.xml`/],
  ['links', add('<a href="/jyzd/index.html">首页</a>'), /begins at the root/],
  ['links', add('<a href="//example.org/">别处</a>'), /leaves the scheme open/],
  ['links', add('<a href="../news/">栏目</a>'), /names a folder, not a file/],
  ['links', add('<a href="../../a.html">外面</a>'), /leaves the site/],
  ['links', add('<a href="#two">二</a>'), /dead anchor/],
  ['links', add('<a href="index.html?x=1">栏目</a>'), /has a query/],
  ['links', add('<a href="%E4%BC.html">坏</a>'), /is not well encoded/],
  ['links', add('<a href="javascript:alert(1)">坏</a>'), /scheme that no page needs/],
  ['links', add('<a href="index.html"></a>'), /a link without words/],
  ['links', add('<img src="https://example.org/a.png" alt="">'), /loads from another place/],
  ['links', add('<img src="../assets/mark.svg" srcset="../assets/mark.svg 1x, big.svg 2x" alt="">'), /<img srcset> is dead: `big.svg`/],
  ['links', add('<video poster="p.png" controls></video>'), /<video poster> is dead/],
  ['links', style('.x { background: url(lost.png) }'), /assets\/site.css: url\(\) is dead: `lost.png`/],
  ['links', { 'old.html': ['url=news/a.html', 'url=news/b.html'] }, /<meta refresh> is dead/],
  ['links', { 'alone.html': '<!doctype html><title>独</title>' }, /alone.html: no link leads here/],
  ['links', { 'assets/left.js': '' }, /assets\/left.js: no link leads here/],
  ['links', { '404.html': '<!doctype html><title>没有</title><a href="index.html">首页</a>' }, /404.html: <a href> is relative/],
  ['links', { '404.html': '<!doctype html><title>没有</title><a href="/index.html">首页</a>' }, /does not begin with `\/jyzd\/`/],
  ['markup', add('<p style="color: red">红</p>'), /has `style=` on <p>/],
  ['markup', add('<p onclick="go()">点</p>'), /has `onclick=` on <p>/],
  ['markup', add('<style>p { color: red }</style>'), /has a <style>/],
  ['markup', add('<script>go()</script>'), /has an inline script/],
  ['markup', put(' width="40"', ''), /without width and height/],
  ['markup', put(' alt="示意图"', ''), /a picture without alt/],
  ['markup', put(' lang="zh-CN"', ''), /lang is `null`/],
  ['markup', add('<h1>又一个</h1>'), /has 2 h1/],
  ['nu', add('<p><div>块</div></p>'), /news\/a.html:\d+: error: No “p” element in scope/],
  ['nu', add('<section><p>没有标题</p></section>'), /news\/a.html:\d+: warning: Section lacks heading/],
  ['nu', { 'assets/mark.svg': ['<rect', '<rectangle'] }, /assets\/mark.svg:1: error/, 2],
  ['heads', put('<meta name="SiteIDCode" content="0000000000">', ''), /has 0 SiteIDCode/],
  ['heads', put('<meta name="ColumnName" content="新闻动态">', ''), /has 0 ColumnName/],
  ['heads', put('content="工作动态"', 'content="动态"'), /ColumnType is `动态`/],
  ['heads', put('name="ContentSource" content="示例"', 'name="ContentSource" content=""'), /ContentSource is empty/],
  ['heads', put('<time datetime="2021-03-08T10:00">2021-03-08 10:00</time>', '3月8日'), /does not show its PubDate/],
  ['heads', put('name="ArticleTitle" content="全市', 'name="ArticleTitle" content="全省'), /ArticleTitle is `全省/],
  ['heads', put('rel="canonical" href="https://www.example.org/jyzd/', 'rel="canonical" href="https://www.example.org/'), /canonical address is/, 2],
  ['heads', put('property="og:image" content="https://www.example.org/jyzd/assets/mark.svg"', 'property="og:image" content="assets/mark.svg"'), /og:image is not there/],
  ['heads', put('"article:published_time" content="2021-03-08', '"article:published_time" content="2021-02-30'), /published_time is/],
  ['heads', put('<meta property="og:locale" content="zh_CN">', ''), /has 0 og:locale/],
  ['heads', { 'news/index.html': ['<title>新闻动态', '<title>示例'] }, /has the title of index.html/],
  ['structured', put('{"@context"', '{{"@context"'), /does not parse/, 3],
  ['structured', put('"NewsArticle"', '"Thing"'), /has no JSON-LD of an article/],
  ['structured', put('"datePublished":"2021-03-08T10:00:00+08:00"', '"datePublished":"2021-03-08"'), /datePublished is `2021-03-08`/],
  ['structured', put('"position":2', '"position":3'), /breadcrumb 2 is not well made/],
  ['structured', put('"image":["https://www.example.org/jyzd/assets', '"image":["https://www.example.org/jyzd/lost'), /image is not there/],
  ['feeds', { 'feed.atom': ['<updated>2021-03-08T10:00:00+08:00</updated><link href', '<updated>2021-03-08</updated><link href'] }, /feed.atom: .* updated is `2021-03-08`/],
  ['feeds', { 'feed.atom': ['<author><name>示例</name></author>', ''] }, /has no author/],
  ['feeds', { 'feed.atom': ['</entry>', ''] }, /not well-formed/, 3],
  ['feeds', { 'feed.atom': ['rel="self" href="https://www.example.org/jyzd/', 'rel="self" href="https://www.example.org/'] }, /no link to itself/],
  ['feeds', { 'feed.atom': ['a href="https://www.example.org/jyzd/news/a.html"', 'a href="a.html"'] }, /not absolute: `a.html`/],
  ['feeds', { 'feed.rss': ['<item><title>', '<item><title/><subtitle>'] }, /not well-formed/, 3],
  ['feeds', { 'feed.rss': ['<pubDate>Mon,', '<pubDate>Tue,'] }, /pubDate is `Tue, 08 Mar/],
  ['feeds', { 'feed.rss': ['<guid>https', '<guid>urn:https'] }, /a guid that is no link/],
  ['feeds', { 'feed.json': ['"date_published":"2021-03-08T10:00:00+08:00"', '"date_published":"2021-03-08T10:00:00"'] }, /date_published is/],
  ['feeds', { 'feed.json': ['"title":"全市公安队伍教育整顿动员部署会议"', '"summary":""'] }, /has an empty field/],
  ['feeds', { 'feed.json': ['news/a.html","title"', 'news/b.html","title"'] }, /an entry leads nowhere/, 2],
  ['sitemap', { 'sitemap.xml': ['<lastmod>2021-03-08', '<lastmod>2021-3-8'] }, /lastmod of .* is `2021-3-8`/],
  ['sitemap', { 'sitemap.xml': ['<url><loc>https://www.example.org/jyzd/index.html</loc></url>', ''] }, /index.html is not listed/],
  ['sitemap', { 'sitemap.xml': ['jyzd/index.html', 'jyzd/old.html'] }, /old.html is listed but not to be found/, 2],
  ['sitemap', { 'robots.txt': 'User-agent: *\nAllow: /\n' }, /robots.txt: does not name the sitemap/],
  ['sitemap', { 'robots.txt': ['Allow: /', 'Disallow: /'] }, /shuts everyone out/],
  ['served', { 'empty.txt': '' }, /empty.txt: is empty/],
  ['live', add('<p style="color: red">红</p>'), /policy: style-src-attr forbids inline/, 2],
  ['live', add('<img src="http://127.0.0.1:9/a.png" alt="" width="1" height="1">'), /asks for http:\/\/127.0.0.1:9/, 5],
  ['live', put('src="../assets/mark.svg"', 'src="../assets/lost.svg"'), /got 404 for .*lost.svg/, 3],
  ['live', { ...add('<script src="bad.js"></script>'), 'news/bad.js': 'throw new Error("oh")' }, /uncaught: oh/],
  ['live', { ...add('<script src="bad.js"></script>'), 'news/bad.js': 'console.warn("hm")' }, /console warning: hm/],
  ['disk', put('src="../assets/mark.svg"', 'src="/assets/mark.svg"'), /asks for file:\/\/\/assets/, 4],
  ['axe', style('p { color: #999 }'), /\(light\): color-contrast/, 2],
  ['axe', style('@media (prefers-color-scheme: dark) { p { color: #444 } }'), /\(dark\): color-contrast/, 2],
  ['axe', add('<button></button>'), /\(light\): button-name/],
  ['layout', { ...style('#wide { width: 1000px }'), ...add('<p id="wide">宽</p>') }, /\(320 px\): scrolls sideways: 1020 px/, 3],
  ['layout', { ...style('#off { position: absolute; left: -40px }'), ...add('<p id="off">出界</p>') }, /text beyond the edge: <p id=off>/, 5],
  ['layout', style('h2 { font-size: 13px }'), /text of 13 px: <h2 id=one>/, 5],
  ['layout', style('h1 { word-break: normal; font-size: 40px }'), /\(320 px\): a title breaks inside 「/, null],
  ['layout', style('nav a { line-height: 30px !important }'), /\(390 px\): a target of 4\d×\d\d: <a>/, 2],
  ['shift', { ...add('<p id="late"></p><script src="late.js" defer></script>'), 'news/late.js': LATE }, /moved by/, null],
  ['scripts', { ...add('<script src="more.js" defer></script>'), 'news/more.js': 'document.querySelector("h2").append("更多")' }, /shows other words/],
  ['print', style('@media print { h1 { display: none } }'), /prints without its title/],
  ['print', style('@media print { @page { size: A5 } }'), /prints on Page size/],
  ['print', style('@page { @top-left { content: "别处" } }'), /sheet 1 does not begin/],
  ['print', style('@page { @bottom-center { content: none } }'), /sheet 1 of 1 has no page number/],
  ['print', put('扫码阅读网页版', '扫一扫'), /prints without its QR code/],
  ['print', put('<p>会议召开了。</p>', '<p><a href="index.html">会议</a>召开了。</p>'), /without the addresses of its 1 links/],
  ['print', add('<p class="paper">阅读设置</p>'), /prints buttons/],
]

for (const [check, edits, expected, count = 1] of CASES) {
  test(`${check}: ${expected.source}`, async () => {
    const { folder, remove } = tinySite(edits)
    const faults = await CHECKS[check](folder)
    remove()
    assert.match(faults.join('\n'), expected)
    if (count !== null) assert.equal(faults.length, count, faults.join('\n'))
  })
}
