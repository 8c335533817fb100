/**
 * The site under test: one build of the sample column for all test files.
 *
 * Node runs each test file in a process of its own. The first that asks builds
 * under a lock, the others wait for the lock and take what is there. The runs'
 * folders are in `report/`, which git ignores; a later run removes those of
 * runs that have ended.
 *
 * - `ZHUANLAN_BIN`: the program to run; else `cargo build --release` makes it.
 * - `ZHUANLAN_OUTPUT`: an output folder to test as it is; nothing is built.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Folder } from './folder.mjs'
import { run, tool } from './tools.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** The root of the repository, which is the sample column's root too. */
export const REPO = resolve(HERE, '../..')

/** Where the tested site is to be published: a sub-path, so that a link from the root shows itself. */
export const BASE = 'https://www.example.org/jyzd/'

/** The moment of the tested build, in the column's zone. */
export const NOW = '2021-03-22 12:00'

/** The site's files, and the build's own report (`null` where the output was given). */
export function site() {
  const given = process.env.ZHUANLAN_OUTPUT
  if (given) return { folder: new Folder(resolve(given)), report: null }
  const home = runFolder()
  const built = run(tool('flock'), [join(home, 'lock'), process.execPath, join(HERE, 'site.mjs'), home])
  if (built.code !== 0) throw new Error(`the sample column was not built:\n${built.stderr}${built.stdout}`)
  return { folder: new Folder(join(home, 'output')), report: JSON.parse(readFileSync(join(home, 'report.json'), 'utf8')) }
}

/**
 * A folder of this run's own that one process makes for all: the first that
 * asks runs `node script FOLDER` under a lock, the others take what is there.
 */
export function madeOnce(name, script) {
  const home = join(runFolder(), name)
  const made = run(tool('flock'), [`${home}.lock`, process.execPath, script, home])
  if (made.code !== 0) throw new Error(`${name} was not made:\n${made.stderr}${made.stdout}`)
  return home
}

/** Runs the program over the sample column, as the tests' build was made. */
export function zhuanlan(command, ...args) {
  return run(binary(), [command, '--root', REPO, '--base-url', BASE, '--now', NOW, ...args])
}

/** Builds a column of these files, by their paths, at `home`. */
export function buildColumn(home, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  const built = run(binary(), ['build', '--root', home, '--output', join(home, 'output'), '--now', NOW])
  if (built.code !== 0) throw new Error(`not built:\n${built.stderr}${built.stdout}`)
  return new Folder(join(home, 'output'))
}

/** Where the build of this run is: for tests that build into it again. */
export function outputFolder() {
  return join(runFolder(), 'output')
}

/** The program: given, or built by cargo as `cargo build --release` does. */
export function binary() {
  if (process.env.ZHUANLAN_BIN) return resolve(process.env.ZHUANLAN_BIN)
  const built = run('cargo', ['build', '--release', '--quiet', '--bin', 'zhuanlan', '--message-format', 'json'], { cwd: REPO })
  if (built.code !== 0) throw new Error(`\`cargo build --release\` failed:\n${built.stderr}`)
  const made = built.stdout
    .split('\n')
    .filter((line) => line.includes('"executable":"'))
    .map((line) => JSON.parse(line).executable)
  return made[made.length - 1]
}

/**
 * The folder of this run. Test files of one `node --test` have one parent; its
 * start time is in the name because process numbers come again.
 */
function runFolder() {
  const owner = process.env.NODE_TEST_CONTEXT ? process.ppid : process.pid
  const home = join(HERE, 'report', `run-${owner}-${startOf(owner)}`)
  mkdirSync(home, { recursive: true })
  return home
}

/** The start of a process in clock ticks since boot; empty when it is gone. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is a name in brackets that may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return ''
  }
}

/** Builds into `home` unless that is done. Runs under the lock. */
function buildOnce(home) {
  if (existsSync(join(home, 'report.json'))) return
  removeEndedRuns(join(home, '..'))
  const built = zhuanlan('build', '--output', join(home, 'output'), '--format', 'json')
  if (built.code !== 0) throw new Error(`\`zhuanlan build\` ended with ${built.code}:\n${built.stderr}${built.stdout}`)
  JSON.parse(built.stdout)
  writeFileSync(join(home, 'report.json'), built.stdout)
}

function removeEndedRuns(reports) {
  for (const name of readdirSync(reports)) {
    const [, pid, start] = /^run-(\d+)-(\d+)$/.exec(name) ?? []
    if (pid && startOf(pid) !== start) rmSync(join(reports, name), { recursive: true, force: true })
  }
}

/** `path` from the repository's root, for messages. */
export function shown(path) {
  return relative(REPO, path).split(sep).join('/')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    buildOnce(process.argv[2])
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
