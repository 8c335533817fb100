/**
 * The configurations that `zhuanlan serve-config` prints, in real servers under
 * a sub-path: types, caching, security, redirects, what is gone, the 404 page,
 * ranges, names of downloads, no listings, no hidden files; and every page in
 * a browser without a violation of the policy.
 */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { launch, openPage } from './browser.mjs'
import { SERVERS, start } from './servers.mjs'
import { binary } from './site.mjs'
import { run } from './tools.mjs'

let home
let output
const servers = new Map()

function put(path, content) {
  const place = join(home, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, content)
}

function zhuanlan(...args) {
  const done = run(binary(), ['--root', home, '--lang', 'en', ...args])
  assert.equal(done.code, 0, done.stderr)
  return done.stdout
}

const piece = (title, more, text) =>
  `---\ntitle: ${title}\ndate: 2021-03-09 10:00\nsummary: ${title}。\n${more}---\n\n${text}\n`

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'zhuanlan-serving-'))
  chmodSync(home, 0o755)
  put('column.yaml', 'title: 教育整顿进行时\nbase_url: https://www.example.gov.cn/jyzd/\nsections:\n  - {folder: news, title: 新闻动态}\n')
  put('content/news/a.md', piece('动员部署', 'aliases: [news/old-name.html]\n', '会议部署三个阶段的任务。[学习笔记](学习笔记格式.txt)。'))
  put('content/news/b.md', piece('误发', '', '要撤下。'))
  put('content/news/学习笔记格式.txt', '学习笔记的格式。')
  put('content/static/data/notes.ofd', 'PK')
  put('content/static/data/plan.et', 'table')
  put('content/static/.well-known/security.txt', 'Contact: mailto:a@example.org\n')
  put('content/static/.htaccess', 'Options +Indexes\n')
  put('content/static/data/module.mjs', 'export const a = 1\n')
  zhuanlan('build')
  rmSync(join(home, 'content/news/b.md'))
  zhuanlan('build', '--allow-removals')
  output = join(home, 'output')
  for (const name of SERVERS) servers.set(name, await start(name, zhuanlan('serve-config', name)))
})

after(() => {
  for (const server of servers.values()) server.stop()
  rmSync(home, { recursive: true, force: true })
})

/** One request, nothing followed, nothing unpacked. */
function ask(server, path, { method = 'GET', headers = {} } = {}) {
  return new Promise((done, fail) => {
    const request = http.request(`${servers.get(server).url}${path}`, { method, headers }, (answer) => {
      const parts = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }))
    })
    request.on('error', fail)
    request.end()
  })
}

/** The address of the first file that the site has whose path fits. */
function found(pattern) {
  const files = run('find', ['.', '-type', 'f'], { cwd: output }).stdout.split('\n').map((path) => path.slice(2))
  const path = files.find((path) => pattern.test(path))
  assert.ok(path, `no file ${pattern}`)
  return `/jyzd/${path}`
}

for (const name of SERVERS) {
  test(`${name}: types and charsets`, async () => {
    const types = [
      [/^index\.html$/, 'text/html; charset=utf-8'],
      [/^assets\/gazette\..*\.css$/, 'text/css; charset=utf-8'],
      [/^assets\/gazette\..*\.js$/, 'text/javascript; charset=utf-8'],
      [/^data\/module\.mjs$/, 'text/javascript; charset=utf-8'],
      [/^feed\.atom$/, 'application/atom+xml; charset=utf-8'],
      [/^feed\.rss$/, 'application/rss+xml; charset=utf-8'],
      [/^feed\.json$/, 'application/json; charset=utf-8'],
      [/^sitemap\.xml$/, 'application/xml; charset=utf-8'],
      [/^robots\.txt$/, 'text/plain; charset=utf-8'],
      [/\.ofd$/, 'application/ofd'],
      [/\.et$/, 'application/wps-office.et'],
      [/\.woff2$/, 'font/woff2'],
    ]
    for (const [pattern, type] of types) {
      const answer = await ask(name, found(pattern))
      assert.equal(answer.status, 200, `${pattern}`)
      assert.equal(answer.headers['content-type'].toLowerCase(), type, `${pattern}`)
    }
  })

  test(`${name}: what may be kept, and what has to be asked for`, async () => {
    for (const [path, value] of [
      [found(/^assets\/gazette\..*\.css$/), 'public, max-age=31536000, immutable'],
      ['/jyzd/index.html', 'no-cache'],
      ['/jyzd/feed.atom', 'no-cache'],
      ['/jyzd/nothing.html', 'no-cache'],
      ['/jyzd/assets/nothing.0a1b2c3d.css', 'no-cache'],
    ]) {
      assert.equal((await ask(name, path)).headers['cache-control'], value, path)
    }
    const first = await ask(name, '/jyzd/index.html')
    const again = await ask(name, '/jyzd/index.html', { headers: { 'If-None-Match': first.headers.etag } })
    assert.equal(again.status, 304)
  })

  test(`${name}: every answer has the headers that protect`, async () => {
    for (const path of ['/jyzd/', '/jyzd/news/a.html', '/jyzd/nothing.html', found(/\.css$/)]) {
      const { headers } = await ask(name, path)
      assert.match(headers['content-security-policy'] ?? '', /^default-src 'none'; script-src 'self'; /, path)
      assert.equal(headers['x-content-type-options'], 'nosniff', path)
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
      assert.ok(headers['referrer-policy'], path)
    }
  })

  test(`${name}: addresses that moved, went, or never were`, async () => {
    const moved = await ask(name, '/jyzd/news/old-name.html')
    assert.equal(moved.status, 301)
    assert.match(moved.headers.location, /^(http:\/\/127\.0\.0\.1:\d+)?\/jyzd\/news\/a\.html$/)
    const bare = await ask(name, '/jyzd')
    assert.equal(bare.status, 301)
    assert.match(bare.headers.location, /^(http:\/\/127\.0\.0\.1:\d+)?\/jyzd\/$/)
    for (const [path, status] of [
      ['/jyzd/news/b.html', 410],
      ['/jyzd/nothing.html', 404],
      ['/jyzd/a/b/c/nothing.html', 404],
      ['/jyzd/assets/', 404],
      ['/jyzd/assets/photos/', 404],
      ['/jyzd/.htaccess', 404],
      ['/jyzd/.env', 404],
      ['/jyzd/data/.git/config', 404],
    ]) {
      const answer = await ask(name, path)
      assert.equal(answer.status, status, path)
      assert.match(answer.headers['content-type'], /^text\/html; ?charset=utf-8$/i, path)
      assert.match(answer.body, /教育整顿进行时/, `${path}: the site's own page`)
    }
    assert.equal((await ask(name, '/jyzd/.well-known/security.txt')).status, 200)
  })

  test(`${name}: ranges, packing, names of downloads, and no other method`, async () => {
    const css = found(/^assets\/gazette\..*\.css$/)
    const part = await ask(name, css, { headers: { Range: 'bytes=0-9' } })
    assert.deepEqual([part.status, part.body.length], [206, 10])
    assert.equal((await ask(name, css, { headers: { Range: 'bytes=99999999-' } })).status, 416)
    for (const path of [css, '/jyzd/index.html', '/jyzd/feed.atom']) {
      const packed = await ask(name, path, { headers: { 'Accept-Encoding': 'gzip' } })
      assert.equal(packed.headers['content-encoding'], 'gzip', path)
      assert.match(packed.headers.vary ?? '', /accept-encoding/i, path)
    }
    const file = await ask(name, found(/^assets\/files\/.*\.txt$/))
    assert.match(file.headers['content-disposition'], /^attachment; filename="[a-z-]+\.txt"; filename\*=UTF-8''%E5%AD%A6%E4%B9%A0/)
    const posted = await ask(name, '/jyzd/index.html', { method: 'POST' })
    assert.ok(posted.status >= 403 && posted.status <= 405, `POST: ${posted.status}`)
  })

  test(`${name}: pages in a browser, without a violation of the policy`, async () => {
    const browser = await launch()
    try {
      for (const path of ['/jyzd/', '/jyzd/news/a.html', '/jyzd/search.html', '/jyzd/a/b/nothing.html']) {
        const page = await openPage(browser)
        const said = []
        page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
        page.on('pageerror', (error) => said.push(String(error)))
        await page.goto(`${servers.get(name).url}${path}`, { waitUntil: 'load' })
        // That the page itself is missing is said too.
        const wrong = said.filter((text) => !/status of 404/.test(text))
        assert.deepEqual(wrong, [], path)
        const styled = await page.evaluate(() => document.styleSheets.length > 0)
        assert.ok(styled, `${path}: its styles`)
        await page.close()
      }
    } finally {
      await browser.close()
    }
  })
}

test('nginx with open_file_cache: each page that it remembers finds its style through many builds', async () => {
  const configuration = zhuanlan('serve-config', 'nginx').replace(
    'open_file_cache off;',
    'open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s;',
  )
  const cached = await start('nginx', configuration)
  const missing = []
  const read = async () => {
    for (const path of ['index.html', 'news/a.html', 'news/index.html']) {
      const page = await fetch(`${cached.url}/jyzd/${path}`)
      if (page.status !== 200) missing.push(`${path}: ${page.status}`)
      const text = await page.text()
      const needs = [...text.matchAll(/(?:href|src)="((?:\.\.\/)*assets\/[^"]+\.(?:css|js))"/g)]
      for (const [, address] of needs) {
        const url = new URL(address, `${cached.url}/jyzd/${path}`)
        const answer = await fetch(url)
        if (answer.status !== 200) missing.push(`${url.pathname}: ${answer.status}`)
      }
    }
  }
  try {
    await read()
    for (let round = 0; round < 12; round += 1) {
      put('themes/mine/theme.yaml', 'extends: gazette\n')
      put('themes/mine/assets/base.css', `/* ${round} */ body { color: #11111${round % 10} }\n`)
      put('column.yaml', `title: 教育整顿进行时${round}\ntheme: mine\nbase_url: https://www.example.gov.cn/jyzd/\nsections:\n  - {folder: news, title: 新闻动态}\n`)
      const reading = read()
      zhuanlan('build')
      await reading
      await read()
    }
    assert.deepEqual(missing, [])
  } finally {
    cached.stop()
  }
})
