/**
 * A server of a published folder that is slow where a test wants it to be,
 * with the strict policy of `nginx.mjs`.
 */
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { POLICY, SUB_PATH } from '../nginx.mjs'
import { sleep } from './page.mjs'

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.woff2': 'font/woff2', '.pdf': 'application/pdf', '.txt': 'text/plain; charset=utf-8', '.atom': 'application/atom+xml',
}

/**
 * Serves `root`; `delay(path)` says how many milliseconds a file is late. Gives
 * `{url, stop, waiting}`; the last says how many files have been asked for and
 * are not yet there.
 */
export async function serveSlowly(root, delay = () => 0) {
  let waiting = 0
  const server = createServer(async (request, answer) => {
    waiting += 1
    answer.once('close', () => { waiting -= 1 })
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    const inside = path.startsWith(SUB_PATH) ? normalize(path.slice(SUB_PATH.length)) : '..'
    const file = join(root, inside)
    const late = delay(inside)
    if (late > 0) await sleep(late)
    const there = !inside.startsWith('..') && statSync(file, { throwIfNoEntry: false })?.isFile()
    const headers = { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' }
    answer.writeHead(there ? 200 : 404, { ...headers, 'Content-Type': TYPES[extname(there ? file : '.html')] ?? 'application/octet-stream' })
    answer.end(readFileSync(there ? file : join(root, '404.html')))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    waiting: () => waiting,
    url: `http://127.0.0.1:${server.address().port}${SUB_PATH}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
