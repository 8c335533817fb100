#!/usr/bin/env bash
# Pagefind 1.4.0 on Chinese pages: a query that begins within a word finds nothing, although the characters stand on
# the page in this order; and a page is found that has only a part of the query.
#
# Seen (pagefind 1.4.0 from npm, Node 20):
#   pages: a 责任清单和整改台账   b 整改工作   c 清单
#   责任清单 finds a; 任清单 finds nothing; 改台账 finds nothing
#   整改台 finds a and b, though 整改台 stands on a alone
# Why it matters here: readers of a Chinese column type what they remember, and words have no edges for them.
set -eu
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund pagefind@1.4.0 >/dev/null 2>&1
mkdir site
page() { printf '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>%s</title></head><body><main><p>%s</p></main></body></html>' "$1" "$2" > "site/$1.html"; }
page a 会后要落实责任清单和整改台账。
page b 各单位继续推进整改工作。
page c 先列出清单再逐项核对。
npx pagefind --site site >/dev/null 2>&1
cat > ask.mjs <<'J'
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
const server = createServer((q, r) => { try { r.end(readFileSync('site' + decodeURIComponent(q.url.split('?')[0]))) } catch { r.statusCode = 404; r.end() } }).listen(0)
const base = `http://127.0.0.1:${server.address().port}`
// What the library asks of a browser: the page's language, and where it is.
globalThis.document = { querySelector: () => ({ getAttribute: () => 'zh-CN' }), currentScript: null }
globalThis.window = { location: { origin: base, href: base + '/' }, addEventListener() {} }
globalThis.location = window.location
const source = readFileSync('site/pagefind/pagefind.js', 'utf8').replaceAll('import.meta.url', JSON.stringify(base + '/pagefind/pagefind.js'))
const { writeFileSync } = await import('node:fs')
writeFileSync('pagefind-copy.mjs', source)
const ask = globalThis.fetch
globalThis.fetch = (path, how) => ask(String(path).startsWith('/') ? base + path : path, how)
const pagefind = await import('./pagefind-copy.mjs')
await pagefind.init()
for (const word of ['责任清单', '任清单', '改台账', '整改台']) {
  const found = await pagefind.search(word)
  const urls = (await Promise.all(found.results.map((one) => one.data()))).map((one) => one.url.replace(/^.*\//, '').replace('.html', '')).sort()
  console.log(`${word}: ${urls.join(' ') || '-'}`)
}
server.close()
J
node ask.mjs | tee seen
diff - seen <<'S' || { echo 'the behaviour has changed' >&2; exit 1; }
责任清单: a
任清单: -
改台账: -
整改台: a b
S
