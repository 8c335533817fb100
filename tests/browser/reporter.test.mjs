/** The tests' own report: no failure gets lost in it, and it ends with them. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { run } from './tools.mjs'

const REPORTER = fileURLToPath(new URL('support/reporter.mjs', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'zhuanlan-report-'))
after(() => rmSync(home, { recursive: true, force: true }))

const NEEDED = "import { before, describe, test } from 'node:test'\n"

/** `[the file's text, how it ends, what the report must have]` */
const CASES = {
  passes: ["test('甲', () => {})\ndescribe('一组', () => test('乙', () => {}))", 0, /^ok {4}\S*passes: 2 passed, [\d.]+ s\n2 passed, 0 failed/],
  inside: ["describe('一组', () => { test('甲', () => {}); test('乙', () => { throw new Error('第一行\\n第二行') }) })", 1, /FAILS \S*inside: 1 passed, 1 FAILED[^]*\nFAILED \S*inside: 一组 › 乙\n {4}第一行\n {4}第二行\n/],
  'not begun': ["describe('一组', () => { before(() => { throw new Error('没有这个浏览器') }); test('甲', () => {}) })", 1, /FAILED \S*not begun: 一组\n {4}没有这个浏览器\n/],
  skipped: ["test('甲', { skip: true }, () => {})", 0, /1 FAILED[^]*FAILED \S*skipped: 甲\n {4}was skipped\n/],
  unread: ['这不是程序 (', 1, /FAILED \S*unread: \S+\n {4}test failed\n[^]*What \S*unread said:\n[^]*SyntaxError/],
  'goes away': ["test('甲', () => {})\nconsole.error('就要退出')\nsetTimeout(() => process.exit(3), 50)\nawait new Promise((done) => setTimeout(done, 5000))", 1, /1 passed, 1 FAILED[^]*就要退出\n/],
}

for (const [name, [text, code, expected]] of Object.entries(CASES)) {
  test(`a file that ${name}`, () => {
    const [file, list] = [join(home, `${name}.test.mjs`), join(home, `${name}.txt`)]
    writeFileSync(file, NEEDED + text)
    writeFileSync(list, '')
    const env = { ...process.env, ZHUANLAN_FAILURES: list }
    // Else it would believe itself to be a part of this very run.
    delete env.NODE_TEST_CONTEXT
    const { code: ended, stdout } = run(process.execPath, ['--test', `--test-reporter=${REPORTER}`, file], { env })
    assert.match(stdout, expected)
    assert.equal(ended, code)
    const kept = readFileSync(list, 'utf8')
    assert.ok(stdout.endsWith(kept) && (kept === '') === (name === 'passes'), `kept: ${kept}`)
  })
}
