/**
 * The programs that these tests need, and how to get one that is missing.
 *
 * A missing tool fails the tests that need it, with the command that installs
 * it; nothing is ever skipped, for a skipped test looks like a passed one.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

/** Programs by the name we use, with the Debian package that brings each. */
const PACKAGES = {
  apache2: 'apache2-bin',
  caddy: 'caddy',
  'chromium-headless-shell': 'chromium-headless-shell',
  epubcheck: 'epubcheck',
  exiftool: 'libimage-exiftool-perl',
  flock: 'util-linux',
  java: 'openjdk-17-jre-headless',
  nginx: 'nginx-light',
  openssl: 'openssl',
  pdftotext: 'poppler-utils',
  prlimit: 'util-linux',
  rsync: 'rsync',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sshd: 'openssh-server',
  unzip: 'unzip',
}

/** The folders that hold programs; `nginx` is in one that users' PATH may lack. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']

/** The path of a program, or an error that says how to install it. */
export function tool(name) {
  for (const folder of FOLDERS) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // The next folder may have it.
    }
  }
  throw new Error(`\`${name}\` is missing; install it with \`apt-get install ${PACKAGES[name] ?? name}\``)
}

/** The path of a file inside an npm package, or an error that says how to install it. */
export function packageFile(name) {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(`\`${name}\` is missing; install it with \`npm ci --prefix tests/browser --ignore-scripts\``)
  }
}

/** Runs a program to its end and gives `{code, stdout, stderr}`; one that cannot start is an error. */
export function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options })
  if (done.error) throw done.error
  return { code: done.status, stdout: done.stdout, stderr: done.stderr }
}
