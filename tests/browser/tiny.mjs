/**
 * A site of three pages that passes every check, for seeing each check fail:
 * a case breaks one thing in it and names what is to be said.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Folder } from './folder.mjs'
import { BASE } from './site.mjs'

const CSS = `html { font: 18px/1.8 sans-serif; color: #111; background: #fff; }
body { margin: 0 20px; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
h1 { word-break: keep-all; }
nav a, .skip { display: inline-block; min-width: 44px; line-height: 44px; color: #111; }
@media (prefers-color-scheme: dark) { html, nav a { color: #eee; background: #111; } }
html { --column: attr(data-column); }
.paper { display: none; }
@page { size: A4; margin: 20mm; @top-left { content: var(--column); } @bottom-center { content: counter(page) "/" counter(pages); } }
@media print { nav { display: none; } .paper { display: block; } }
.mark { background: url("mark.svg"); }
`

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"><rect width="40" height="30"/></svg>\n'

const TITLE = '全市公安队伍教育整顿动员部署会议'

const government = [
  ['SiteName', '示例'],
  ['SiteDomain', 'www.example.org'],
  ['SiteIDCode', '0000000000'],
]

const column = [
  ['ColumnName', '新闻动态'],
  ['ColumnDescription', '会议和发布'],
  ['ColumnKeywords', '新闻'],
  ['ColumnType', '工作动态'],
]

const article = [
  ['ArticleTitle', TITLE],
  ['PubDate', '2021-03-08 10:00'],
  ['ContentSource', '示例'],
]

const structured = {
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': 'NewsArticle',
      headline: TITLE,
      datePublished: '2021-03-08T10:00:00+08:00',
      author: { '@type': 'Organization', name: '示例' },
      publisher: { '@type': 'Organization', name: '示例' },
      mainEntityOfPage: `${BASE}news/a.html`,
      image: [`${BASE}assets/mark.svg`],
    },
    {
      '@type': 'BreadcrumbList',
      itemListElement: [
        { '@type': 'ListItem', position: 1, name: '首页', item: `${BASE}index.html` },
        { '@type': 'ListItem', position: 2, name: TITLE },
      ],
    },
  ],
}

function page({ path, kind, title, root, metas, main, more = '' }) {
  const properties = [
    ['og:title', title],
    ['og:type', kind === 'article' ? 'article' : 'website'],
    ['og:url', BASE + path],
    ['og:image', `${BASE}assets/mark.svg`],
    ['og:site_name', '示例'],
    ['og:description', `${title}的说明`],
    ['og:locale', 'zh_CN'],
    ...(kind === 'article' ? [['article:published_time', '2021-03-08T10:00:00+08:00']] : []),
  ]
  return `<!doctype html>
<html lang="zh-CN" data-column="示例">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${title}的说明">
${metas.map(([name, content]) => `<meta name="${name}" content="${content}">`).join('\n')}
${properties.map(([name, content]) => `<meta property="${name}" content="${content}">`).join('\n')}
<link rel="canonical" href="${BASE}${path}">
<link rel="alternate" type="application/atom+xml" title="a" href="${root}feed.atom">
<link rel="alternate" type="application/rss+xml" title="r" href="${root}feed.rss">
<link rel="alternate" type="application/feed+json" title="j" href="${root}feed.json">
<link rel="icon" type="image/svg+xml" href="${root}assets/mark.svg">
<link rel="stylesheet" href="${root}assets/site.css">
${more}</head>
<body class="${kind}-page">
<header><nav aria-label="栏目"><a href="${root}index.html">首页</a> <a href="${root}news/index.html">新闻</a></nav></header>
<main id="main">
<h1>${kind === 'article' ? '全市<wbr>公安<wbr>队伍<wbr>教育<wbr>整顿<wbr>动员<wbr>部署<wbr>会议' : title}</h1>
${main}
</main>
</body>
</html>
`
}

/** The files by path. */
function files() {
  const link = `${BASE}news/a.html`
  const html = `&lt;p&gt;正文。&lt;a href="${link}"&gt;原文&lt;/a&gt;&lt;/p&gt;`
  return {
    'assets/site.css': CSS,
    'assets/mark.svg': SVG,
    'index.html': page({
      path: 'index.html', kind: 'home', title: '示例', root: '', metas: government,
      main: '<p class="mark">今天。</p><p><a href="news/a.html#one">读全文</a></p>',
    }),
    'news/index.html': page({
      path: 'news/index.html', kind: 'section', title: '新闻动态', root: '../', metas: [...government, ...column],
      main: '<p><a href="a.html">会议</a></p>',
    }),
    'news/a.html': page({
      path: 'news/a.html', kind: 'article', title: TITLE, root: '../', metas: [...government, ...column, ...article],
      more: `<script type="application/ld+json">${JSON.stringify(structured)}</script>\n`,
      main: `<p><time datetime="2021-03-08T10:00">2021-03-08 10:00</time></p>
<img src="../assets/mark.svg" alt="示意图" width="40" height="30">
<div class="prose"><h2 id="one">一</h2><p>会议召开了。</p></div>
<p class="paper">扫码阅读网页版</p>`,
    }),
    'old.html': `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>搬了</title><meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=news/a.html"></head>
<body><main><h1>搬了</h1><p><a href="news/a.html">新地址</a></p></main></body></html>
`,
    'feed.atom': `<feed xmlns="http://www.w3.org/2005/Atom"><title>示例</title><id>${BASE}</id><updated>2021-03-08T10:00:00+08:00</updated>
<link rel="self" href="${BASE}feed.atom"/><author><name>示例</name></author>
<entry><title>${TITLE}</title><id>${link}</id><updated>2021-03-08T10:00:00+08:00</updated><link href="${link}"/>
<content type="html">${html}</content></entry></feed>
`,
    'feed.rss': `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>示例</title><link>${BASE}</link><description>说明</description><lastBuildDate>Mon, 08 Mar 2021 10:00:00 +0800</lastBuildDate>
<atom:link rel="self" href="${BASE}feed.rss"/><item><title>${TITLE}</title><link>${link}</link><guid>${link}</guid>
<pubDate>Mon, 08 Mar 2021 10:00:00 +0800</pubDate><content:encoded>${html}</content:encoded></item></channel></rss>
`,
    'feed.json': `${JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1', title: '示例', home_page_url: BASE, feed_url: `${BASE}feed.json`,
      items: [{ id: link, url: link, title: TITLE, content_html: '<p>正文。</p>', date_published: '2021-03-08T10:00:00+08:00' }],
    })}\n`,
    'sitemap.xml': `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${BASE}index.html</loc></url>
<url><loc>${BASE}news/index.html</loc></url><url><loc>${link}</loc><lastmod>2021-03-08</lastmod></url></urlset>
`,
    'robots.txt': `User-agent: *\nAllow: /\nSitemap: ${BASE}sitemap.xml\n`,
  }
}

/**
 * Writes the site into a new folder, after `edits`: `{path: text}` puts a file,
 * `{path: [from, to]}` changes one. Gives the folder and how to remove it.
 */
export function tinySite(edits = {}) {
  const all = files()
  for (const [path, edit] of Object.entries(edits)) {
    if (typeof edit === 'string') all[path] = edit
    else if (!all[path].includes(edit[0])) throw new Error(`${path} has no \`${edit[0]}\``)
    else all[path] = all[path].replace(edit[0], () => edit[1])
  }
  const root = mkdtempSync(join(tmpdir(), 'zhuanlan-tiny-'))
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return { folder: new Folder(root), remove: () => rmSync(root, { recursive: true, force: true }) }
}
