/**
 * Makes `docs/browsers.md`: what holds in which engine, as the tests found it.
 *
 *     node tests/browser/browsers.mjs            runs all cases in all engines, then writes
 *     node tests/browser/browsers.mjs RECORD     writes from what a run with ZHUANLAN_RECORD=RECORD wrote down
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ENGINES } from './support/engines.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const given = process.argv[2]
const file = given ? resolve(given) : runAll()

/** Runs every case in every engine; the path of what was written down. */
function runAll() {
  const record = join(mkdtempSync(join(tmpdir(), 'zhuanlan-browsers-')), 'record.jsonl')
  const tests = readdirSync(join(HERE, 'engines')).filter((name) => name.endsWith('.test.mjs')).map((name) => join(HERE, 'engines', name))
  const env = { ...process.env, ZHUANLAN_ENGINES: 'all', ZHUANLAN_RECORD: record }
  spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...tests], { env, stdio: 'inherit' })
  if (!existsSync(record)) throw new Error('no engine could be run')
  return record
}

/** The last word on each case in each engine. */
const lines = new Map()
for (const line of readFileSync(file, 'utf8').trim().split('\n').map((text) => JSON.parse(text))) lines.set(`${line.engine}\n${line.what}`, line)
const results = [...lines.values()]
const names = Object.keys(ENGINES).filter((name) => results.some((one) => one.engine === name))
const groups = [...new Set(results.map((one) => one.group))].sort((a, b) => a.localeCompare(b, 'en'))

/** A cell: how many cases hold of how many; what could not be asked is said so. */
function cell(group, engine) {
  const here = results.filter((one) => one.group === group && one.engine === engine)
  const asked = here.filter((one) => one.result !== 'cannot')
  if (here.length === 0) return '–'
  if (asked.length === 0) return `not asked: its driver has no ${here[0].lacks.join(', ')}`
  const held = asked.filter((one) => one.result === 'holds').length
  return held === asked.length ? (held === 1 ? 'holds' : `all ${held} hold`) : `**${held} of ${asked.length} hold**`
}

const head = (name) => {
  const { version } = results.find((one) => one.engine === name)
  return `${ENGINES[name].title.replace(/ \d+$/, '')} ${version}`
}
const sum = (name) => Math.round(results.filter((one) => one.engine === name).reduce((all, one) => all + (one.seconds ?? 0), 0))
const row = (cells) => `| ${cells.join(' | ')} |\n`

const text = `# Browsers

The published site was run in these engines, over http with the strict policy and from a disk. This page is made by the tests
(\`node tests/browser/browsers.mjs\`); don't edit it. \`./test\` looks at three of the engines, \`./test engines\` at all.

${row(['', ...names.map(head)])}${row(['---', ...names.map(() => '---')])}${groups.map((group) => row([group, ...names.map((name) => cell(group, name))])).join('')}${row(['*seconds of all cases*', ...names.map(sum)])}
Whose engines they are: Chromium 86 is what the theme's styles are lowered for; 109 is the last for Windows 7 and 8.1, and so
what many Chinese browsers on office computers are made of; WebKitGTK shares its engine with Safari and with every browser of
an iPhone; Firefox ESR comes with UOS and Kylin. Not to be had here, and so not tested: Safari itself, WeChat's own builds.

What differs, and why:

- **Page numbers** of the printed book need margin boxes: Chromium and Edge from 131. Elsewhere the contents have none either.
- **Firefox from a disk** keeps each file's storage apart. Links carry what was chosen and read to the next page; what was
  chosen after a page was left is not there when the reader goes back to it.
- **Room between Han and Latin** (\`text-autospace\`) is left out in WebKit, which draws digits over each other there, and in
  Chromium 121 and older, which don't know it.
- **A paragraph's last line** of a single sign is avoided (\`text-wrap: pretty\`) by Chromium only: WebKit would make all lines
  shorter for it, so that Chinese stands ragged.
- **Text of Firefox's PDF** can't be read back in full with Debian's fonts: on paper its sheets, photos and inks are counted.
`
writeFileSync(join(HERE, '../../docs/browsers.md'), text)
process.stdout.write(text)
