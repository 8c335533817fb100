/**
 * A real nginx that serves a folder under a sub-path, with the strict policy
 * that the site promises to live with.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { run, tool } from './tools.mjs'

/** The sub-path, as the sample's `base_url` has it. */
export const SUB_PATH = '/jyzd/'

/** The promise: nothing inline, nothing from elsewhere. */
export const POLICY =
  "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; object-src 'none'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/**
 * Serves `root` on a free port of the loopback and gives `{url, stop}`.
 *
 * nginx goes to the background only when it listens, so there is nothing to
 * wait for. Between our look for a free port and its start another program may
 * take the port: then the next one is tried.
 */
export async function serve(root) {
  const program = tool('nginx')
  const home = mkdtempSync(join(tmpdir(), 'zhuanlan-nginx-'))
  let said = ''
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort()
    const config = join(home, 'nginx.conf')
    mkdirSync(join(home, 'temp'), { recursive: true })
    writeFileSync(config, configuration(home, root, port))
    const started = run(program, ['-p', home, '-c', config])
    if (started.code === 0) return { url: `http://127.0.0.1:${port}${SUB_PATH}`, stop: stopper(program, home, config) }
    said = started.stderr
  }
  throw new Error(`nginx did not start:\n${said}`)
}

function stopper(program, home, config) {
  let stopped = false
  const stop = () => {
    if (stopped) return
    stopped = true
    run(program, ['-p', home, '-c', config, '-s', 'stop'])
    rmSync(home, { recursive: true, force: true })
  }
  process.once('exit', stop)
  return stop
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

function configuration(home, root, port) {
  // Only root may name a user; then the workers must read a private folder.
  const user = userInfo().uid === 0 ? `user ${userInfo().username};` : ''
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${home}/temp/${name};`)
    .join(' ')
  return `${user}
worker_processes 1;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  gzip on;
  gzip_min_length 256;
  gzip_types text/css text/javascript application/javascript image/svg+xml application/xml application/json;
  charset utf-8;
  ${temp}
  server {
    listen 127.0.0.1:${port};
    add_header Content-Security-Policy "${POLICY}" always;
    add_header X-Content-Type-Options nosniff always;
    error_page 404 ${SUB_PATH}404.html;
    location ${SUB_PATH} { alias "${root}/"; index index.html; }
  }
}
`
}
