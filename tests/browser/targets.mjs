/**
 * Real servers that a site is published to, and a proxy before them that
 * counts requests, breaks them, and kills who makes them.
 *
 * - `moto`, `s3rver`: object storage. The first refuses to create an object
 *   that there is, the second accepts and overwrites.
 * - `apache`, `wsgidav`: WebDAV.
 * - `sshd`: SFTP.
 */
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { REPO } from './site.mjs'
import { run, tool } from './tools.mjs'

const PACKAGES = join(REPO, 'tests/targets')

/** Keys that the servers take. */
export const KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }

/** The user of the WebDAV servers. */
export const USER = { WEBDAV_USER: '编辑', WEBDAV_PASSWORD: '口令 +1%' }

/** A program of a package that `./test` installs. */
function installed(path) {
  const place = join(PACKAGES, path)
  if (!existsSync(place)) throw new Error(`\`tests/targets/${path}\` is missing; run \`./test\`, which installs it`)
  return place
}

/** Starts a server: `{port, home, stop}`. */
export async function serve(name) {
  const home = mkdtempSync(join(tmpdir(), `zhuanlan-${name}-`))
  let said = ''
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort()
    const { program, args, env = {} } = SERVERS[name](home, port)
    const child = spawn(program, args, { cwd: home, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    let ended = false
    said = ''
    child.stderr.on('data', (data) => (said = (said + data).slice(-4000)))
    child.on('exit', () => (ended = true))
    const stop = () => {
      // Those of one process may wait until nobody asks any more; the others take their children with them.
      child.kill(name === 'apache' || name === 'sshd' ? 'SIGTERM' : 'SIGKILL')
      child.stderr.destroy()
      child.unref()
      rmSync(home, { recursive: true, force: true })
    }
    process.once('exit', stop)
    for (let waited = 0; waited < 300 && !ended; waited += 1) {
      if (await listens(port)) return { name, port, home, stop }
      await new Promise((done) => setTimeout(done, 50))
    }
    child.kill('SIGKILL')
  }
  throw new Error(`${name} did not start:\n${said}`)
}

const SERVERS = {
  moto: (home, port) => ({ program: installed('.venv/bin/moto_server'), args: ['-H', '127.0.0.1', '-p', `${port}`] }),

  s3rver: (home, port) => ({
    program: process.execPath,
    args: [installed('node_modules/s3rver/bin/s3rver.js'), '-d', home, '-a', '127.0.0.1', '-p', `${port}`, '--configure-bucket', 'column'],
  }),

  apache(home, port) {
    const modules = ['mpm_event', 'authn_core', 'authn_file', 'auth_basic', 'authz_core', 'authz_user', 'alias', 'dir', 'mime', 'dav', 'dav_fs']
    const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')
    const root = userInfo().uid === 0
    mkdirSync(join(home, 'web'))
    const done = run(tool('openssl'), ['passwd', '-apr1', USER.WEBDAV_PASSWORD])
    writeFileSync(join(home, 'users'), `${USER.WEBDAV_USER}:${done.stdout}`)
    writeFileSync(
      join(home, 'httpd.conf'),
      `ServerRoot ${home}\n${load}\nListen 127.0.0.1:${port}\nServerName 127.0.0.1\n${root ? 'User #65534\nGroup #65534\n' : ''}` +
        `PidFile ${home}/httpd.pid\nErrorLog ${home}/error.log\nTypesConfig /etc/mime.types\nDavLockDB ${home}/locks\n` +
        `DocumentRoot ${home}/web\n<Directory ${home}/web>\n  Dav On\n  DirectoryIndex disabled\n  AuthType Basic\n  AuthName dav\n  AuthUserFile ${home}/users\n  Require valid-user\n</Directory>\n`,
    )
    chmodSync(home, 0o777)
    chmodSync(join(home, 'web'), 0o777)
    return { program: tool('apache2'), args: ['-f', join(home, 'httpd.conf'), '-DFOREGROUND'] }
  },

  wsgidav(home, port) {
    mkdirSync(join(home, 'web'))
    const users = JSON.stringify({ '*': { [USER.WEBDAV_USER]: { password: USER.WEBDAV_PASSWORD } } })
    writeFileSync(
      join(home, 'wsgidav.json'),
      JSON.stringify({ host: '127.0.0.1', port, provider_mapping: { '/': join(home, 'web') }, simple_dc: { user_mapping: JSON.parse(users) }, http_authenticator: { accept_basic: true, accept_digest: false }, verbose: 0 }),
    )
    return { program: installed('.venv/bin/wsgidav'), args: ['--config', join(home, 'wsgidav.json')] }
  },

  sshd(home, port) {
    mkdirSync(join(home, 'web'))
    mkdirSync(join(home, 'bin'))
    for (const key of ['host', 'user']) run(tool('ssh-keygen'), ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, key)])
    writeFileSync(join(home, 'authorized'), readFileSync(join(home, 'user.pub')))
    writeFileSync(
      join(home, 'sshd_config'),
      `ListenAddress 127.0.0.1:${port}\nHostKey ${home}/host\nPidFile ${home}/sshd.pid\nAuthorizedKeysFile ${home}/authorized\n` +
        'StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n',
    )
    writeFileSync(join(home, 'known'), `[127.0.0.1]:${port} ${readFileSync(join(home, 'host.pub'), 'utf8')}`)
    writeFileSync(join(home, 'ssh_config'), `IdentityFile ${home}/user\nIdentitiesOnly yes\nUserKnownHostsFile ${home}/known\n`)
    // The system's ssh, with none of its user's own settings.
    writeFileSync(join(home, 'bin/ssh'), `#!/bin/sh\nexec ${tool('ssh')} -F ${home}/ssh_config "$@"\n`, { mode: 0o755 })
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true })
    return { program: tool('sshd'), args: ['-D', '-e', '-f', join(home, 'sshd_config')] }
  },
}

/** The environment in which ssh knows the server, and nothing else. */
export const sshOf = (server) => ({ PATH: `${join(server.home, 'bin')}${delimiter}${process.env.PATH}` })

const SHOWN = 'AWS4-HMAC-SHA256 Credential=S3RVER/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'

/** A bucket of an S3 server: what stands in it, as the server says. */
export class Bucket {
  constructor({ port, name: server }, name = 'column') {
    this.port = port
    this.name = name
    // moto gives objects to those only who show a key, whatever its signature; s3rver looks at signatures.
    this.headers = server === 'moto' ? { authorization: SHOWN } : {}
  }

  async make() {
    await this.ask('PUT', '')
    return this
  }

  /** One request, `{status, headers, body}`; unsigned, which these servers take. */
  ask(method, key, query = '', body) {
    const path = `/${this.name}${key ? '/' + key.split('/').map(encodeURIComponent).join('/') : ''}${query}`
    return ask(this.port, method, path, body, this.headers)
  }

  /** All keys below `prefix`. */
  async keys(prefix = '') {
    const keys = []
    let more = ''
    for (;;) {
      const query = `?list-type=2&encoding-type=url&prefix=${encodeURIComponent(prefix)}${more}`
      const { body } = await this.ask('GET', '', query)
      const text = body.toString()
      // s3rver does not code keys, whatever it is asked.
      const coded = text.includes('<EncodingType>url')
      const meant = (key) => (coded ? decodeURIComponent(key.replaceAll('+', ' ')) : key.replaceAll('&amp;', '&'))
      for (const [, key] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(meant(key))
      const next = /<NextContinuationToken>([^<]*)</.exec(text)
      if (!next) return keys.sort()
      more = `&continuation-token=${encodeURIComponent(next[1])}`
    }
  }

  /** The bytes of each object below `prefix`, by what comes after it. */
  async objects(prefix, wanted = () => true) {
    const found = new Map()
    for (const key of await this.keys(prefix)) {
      const path = key.slice(prefix.length)
      found.set(path, wanted(path) ? (await this.ask('GET', key)).body : null)
    }
    return found
  }
}

/** One HTTP request to this computer. */
export function ask(port, method, path, body, headers = {}) {
  return new Promise((done, fail) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      const parts = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }))
    })
    request.on('error', fail)
    request.end(body)
  })
}

/**
 * Stands before a server. `fault(number, request)` says what becomes of the
 * request of that number (from 1): `undefined`, `'lost'` (it never arrives),
 * `'mute'` (it arrives, its answer does not), a number (answered with that
 * status), or a function that is called before `'lost'` or after `'mute'`.
 */
export class Proxy {
  constructor(port) {
    this.log = []
    this.fault = () => undefined
    this.server = http.createServer((request, answer) => this.pass(request, answer, port))
    this.server.keepAliveTimeout = 20_000
  }

  async start() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done))
    this.port = this.server.address().port
    process.once('exit', () => this.stop())
    return this
  }

  stop() {
    this.server.closeAllConnections()
    this.server.close()
  }

  reset(fault = () => undefined) {
    this.log = []
    this.fault = fault
  }

  /** How many requests of each kind were made since `reset`. */
  counts() {
    const counts = {}
    for (const kind of this.log) counts[kind] = (counts[kind] ?? 0) + 1
    return counts
  }

  pass(request, answer, port) {
    this.log.push(kind(request))
    const fault = this.fault(this.log.length, request)
    if (fault === 'lost') return request.socket.destroy()
    if (typeof fault === 'number') {
      request.resume()
      answer.writeHead(fault, { 'Content-Type': 'application/xml', Connection: 'close' })
      const code = { 403: 'AccessDenied', 503: 'SlowDown', 500: 'InternalError' }[fault] ?? 'Other'
      return answer.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>on purpose</Message></Error>`)
    }
    if (fault?.before) {
      fault.before()
      return request.socket.destroy()
    }
    const onward = http.request({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, (reply) => {
      if (fault === 'mute' || fault?.after) {
        reply.resume()
        reply.on('end', () => {
          fault.after?.()
          request.socket.destroy()
        })
        return
      }
      answer.writeHead(reply.statusCode, reply.rawHeaders.filter((_, at) => !/^(connection|keep-alive)$/i.test(reply.rawHeaders[at - (at % 2)])))
      reply.pipe(answer)
    })
    onward.on('error', () => request.socket.destroy())
    request.pipe(onward)
  }
}

/** What a request is, in S3's words. */
function kind({ method, url }) {
  const query = url.split('?')[1] ?? ''
  if (method === 'GET' && /(^|&)(list-type|prefix|delimiter)(=|&|$)/.test(query)) return 'LIST'
  if (method === 'POST' && /(^|&)delete(=|&|$)/.test(query)) return 'DELETE'
  return method
}

async function freePort() {
  const server = createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}

function listens(port) {
  return new Promise((done) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/', timeout: 1000 }, (answer) => {
      answer.resume()
      done(true)
    })
    // What is no HTTP (ssh) answers too, with something else.
    request.on('error', (error) => done(error.code === 'HPE_INVALID_CONSTANT'))
  })
}

