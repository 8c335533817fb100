/**
 * Real servers with the configurations that `zhuanlan serve-config` prints.
 *
 * What is printed is for a machine of its own: here each server gets it with
 * another port, and with what a distribution's own files would say around it.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { run, tool } from './tools.mjs'

/** The servers that are tried. */
export const SERVERS = ['nginx', 'apache', 'caddy']

/**
 * Starts `name` with the printed `configuration` and gives `{url, stop}`; `url`
 * has no path. Between our look for a free port and the start another program
 * may take it: then the next one is tried.
 */
export async function start(name, configuration) {
  const home = mkdtempSync(join(tmpdir(), `zhuanlan-${name}-`))
  let said = ''
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort()
    const server = STARTERS[name](home, configuration, port)
    const failed = await server.ready(port)
    if (!failed) {
      let stopped = false
      const stop = () => {
        if (stopped) return
        stopped = true
        server.stop()
        rmSync(home, { recursive: true, force: true })
      }
      process.once('exit', stop)
      return { url: `http://127.0.0.1:${port}`, stop }
    }
    said = failed
  }
  throw new Error(`${name} did not start:\n${said}`)
}

const STARTERS = {
  nginx(home, configuration, port) {
    // Only root may name a user; then the workers must read a private folder.
    const user = userInfo().uid === 0 ? `user ${userInfo().username};` : ''
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((kind) => `${kind}_temp_path ${home}/temp/${kind};`)
      .join(' ')
    mkdirSync(join(home, 'temp'), { recursive: true })
    const site = configuration
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace(/ *listen \[::\]:80;\n/, '')
      .replace(/server_name [^;]+;/, 'server_name _;')
    writeFileSync(join(home, 'site.conf'), site)
    writeFileSync(
      join(home, 'nginx.conf'),
      `${user}\nworker_processes 1;\npid ${home}/nginx.pid;\nerror_log ${home}/error.log;\n` +
        `events { worker_connections 256; }\nhttp { include /etc/nginx/mime.types; access_log off; ${temp}\ninclude ${home}/site.conf; }\n`,
    )
    const arguments_ = ['-p', home, '-c', join(home, 'nginx.conf')]
    return {
      // It goes to the background only when it listens.
      ready: async () => {
        const started = run(tool('nginx'), arguments_)
        return started.code === 0 ? null : started.stderr
      },
      stop: () => run(tool('nginx'), [...arguments_, '-s', 'stop']),
    }
  },

  apache(home, configuration, port) {
    const modules = [
      'mpm_event', 'authz_core', 'alias', 'dir', 'mime', 'headers', 'deflate', 'filter', 'rewrite', 'autoindex', 'negotiation',
    ]
    const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')
    // It does not serve as root: as nobody, who must be let into the site's folder.
    const user = userInfo().uid === 0 ? 'User #65534\nGroup #65534' : ''
    writeFileSync(join(home, 'site.conf'), configuration)
    writeFileSync(
      join(home, 'httpd.conf'),
      `ServerRoot ${home}\n${load}\nListen 127.0.0.1:${port}\nServerName 127.0.0.1\n${user}\nPidFile ${home}/httpd.pid\n` +
        `ErrorLog ${home}/error.log\nTypesConfig /etc/mime.types\nDocumentRoot ${home}\n` +
        `<Directory />\n  Require all denied\n</Directory>\nInclude ${home}/site.conf\n`,
    )
    return child(tool('apache2'), ['-f', join(home, 'httpd.conf'), '-DFOREGROUND'], home)
  },

  caddy(home, configuration, port) {
    const site = configuration.replace(/^[^#\s{][^{\n]* \{$/m, `http://127.0.0.1:${port} {`)
    writeFileSync(join(home, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n${site}`)
    const environment = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home }
    return child(tool('caddy'), ['run', '--config', join(home, 'Caddyfile'), '--adapter', 'caddyfile'], home, environment)
  },
}

/** A server that stays in the foreground: ready when it answers, failed when it ends. */
function child(program, args, cwd, env = process.env) {
  const started = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  let ended = false
  started.stderr.on('data', (data) => (said += data))
  started.on('exit', () => (ended = true))
  return {
    ready: async (port) => {
      for (;;) {
        if (ended) return said || 'it ended without a word'
        try {
          await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' })
          return null
        } catch {
          await new Promise((done) => setTimeout(done, 20))
        }
      }
    },
    stop: () => started.kill('SIGTERM'),
  }
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
