/**
 * What a run of the tests prints: a line a file, and what failed at the end, where it is looked for.
 *
 *     node --test --test-reporter=./tests/browser/support/reporter.mjs FILES
 *
 * Node's own reports are hundreds of lines of what passed, with the failures somewhere among them. `ZHUANLAN_FAILURES`
 * names a file that the failures are appended to besides, for whoever runs several parts; `ZHUANLAN_TIMES` one that gets
 * a line of JSON for each test: where the time goes is for people to see, and decides nothing.
 */
import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('..', import.meta.url))

/** How many of the slowest tests are named. */
const SLOWEST = 5
/** How many lines of what a failing file said are shown, of its beginning and of its end; and of one failure. */
const SAID = [25, 15]
const LINES = 40

const name = (file) => relative(HERE, file ?? 'unknown').replace(/\.test\.mjs$/, '')
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`
const indented = (lines) => lines.map((line) => `    ${line}`).join('\n')

/** The beginning and the end of a long text: what went wrong stands at one of them. */
function ends(text) {
  const lines = text.trim().split('\n')
  const [first, last] = SAID
  return lines.length <= first + last ? lines : [...lines.slice(0, first), '…', ...lines.slice(-last)]
}

/** What went wrong, as whoever mends it wants to read it: the message, then the first place that is ours. */
function reason(error) {
  const cause = error?.cause ?? error
  if (typeof cause !== 'object' || cause === null) return String(cause)
  const at = (cause.stack ?? '').split('\n').find((line) => line.includes('/tests/') && !line.includes('node_modules'))
  return [cause.message ?? String(cause), ...(at ? [at.trim()] : [])].join('\n')
}

/** Whether a test failed only because one inside it did. */
const isOuter = (error) => error?.failureType === 'subtestsFailed'

/** Takes node's events, gives text. */
export default async function* report(events) {
  const files = new Map()
  const tests = []
  const failures = []
  const path = []
  const about = (file) => {
    if (!files.has(file)) files.set(file, { passed: 0, failed: 0, ms: 0, said: [] })
    return files.get(file)
  }
  const line = (file) => {
    const { passed, failed, ms } = about(file)
    return `${failed ? 'FAILS' : 'ok   '} ${file}: ${passed} passed${failed ? `, ${failed} FAILED` : ''}, ${seconds(ms)}\n`
  }
  const fails = (file, what, why) => {
    about(file).failed += 1
    failures.push({ file, what, why })
  }
  let last = null
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      path.length = data.nesting
      path[data.nesting] = data.name
    }
    if (type === 'test:stderr' || type === 'test:stdout') about(name(data.file)).said.push(data.message)
    if (type === 'test:complete' && data.name === data.file) about(name(data.file)).ms = data.details.duration_ms
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const { details, nesting, skip, todo } = data
    // Tests that a helper declares have the helper's place: there the outermost suite has the name of their file.
    const given = data.file?.endsWith('.test.mjs')
    const file = given ? name(data.file) : path[0]
    const what = [...path.slice(given ? 0 : 1, nesting), data.name].join(' › ')
    if (last !== null && file !== last) yield line(last)
    last = file
    const failed = type === 'test:fail'
    if (isOuter(details.error) || (details.type === 'suite' && !failed)) continue
    // One that another choice of tests left out.
    if (/does not match/.test(skip)) continue
    tests.push({ file, what, ms: details.duration_ms })
    if (failed) fails(file, what, reason(details.error))
    // None is skipped: one that is looks like one that passed.
    else if (skip || todo) fails(file, what, 'was skipped')
    else about(file).passed += 1
  }
  if (last !== null) yield line(last)

  const sum = (key) => [...files.values()].reduce((total, file) => total + file[key], 0)
  yield `${sum('passed')} passed, ${sum('failed')} failed; the slowest:\n`
  for (const { file, what, ms } of tests.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST)) yield `  ${seconds(ms)} ${file}: ${what}\n`
  if (process.env.ZHUANLAN_TIMES) appendFileSync(process.env.ZHUANLAN_TIMES, tests.map((one) => `${JSON.stringify(one)}\n`).join(''))

  let told = ''
  for (const { file, what, why } of failures) told += `\nFAILED ${file}: ${what}\n${indented(why.trim().split('\n').slice(0, LINES))}\n`
  for (const file of new Set(failures.map((one) => one.file))) {
    const said = about(file).said.join('').trim()
    if (said) told += `\nWhat ${file} said:\n${indented(ends(said))}\n`
  }
  yield told
  if (told && process.env.ZHUANLAN_FAILURES) appendFileSync(process.env.ZHUANLAN_FAILURES, told)
}
