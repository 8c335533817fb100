/** Pictures that mean harm: each is found out, alone and all together, within 300 MB and without a panic. */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, openPage } from './browser.mjs'
import { hostile } from './checks/hostile.mjs'
import { paint } from './checks/pictures.mjs'
import { article } from './column.mjs'
import { binary } from './site.mjs'
import { run, tool } from './tools.mjs'

/** The memory that a build may take for itself, in bytes; what it only reads from shared files does not count. */
const MOST = 300 << 20

let home
let cases

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'zhuanlan-hostile-'))
  const browser = await launch()
  const page = await openPage(browser)
  cases = hostile({ jpeg: await paint(page, 'image/jpeg'), webp: await paint(page, 'image/webp') })
  await browser.close()
})

after(() => rmSync(home, { recursive: true, force: true }))

/** Builds a column that shows these pictures; `{code, findings, peak, ms}`. */
function build(name, pictures, command = 'build') {
  const root = join(home, name)
  mkdirSync(join(root, 'content/news'), { recursive: true })
  writeFileSync(join(root, 'column.yaml'), 'title: 专栏\nbase_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n')
  for (const [file, bytes] of pictures) writeFileSync(join(root, 'content/news', file), bytes)
  const body = pictures.map(([file]) => `![图](${file})\n\n[原图](${file})`).join('\n\n')
  writeFileSync(join(root, 'content/news/a.md'), article('图片', '2021-03-08', body))
  const begun = performance.now()
  const limited = [`--data=${MOST}`, binary(), command, '--root', root, '--now', '2021-03-22 12:00', '--format', 'json']
  const { code, stdout, stderr } = run(tool('prlimit'), limited)
  const ms = Math.round(performance.now() - begun)
  assert.ok(code === 0 || code === 1, `${name}: ended with ${code}\n${stderr.slice(0, 2000)}`)
  assert.ok(!stderr.includes('panicked'), `${name}: ${stderr.slice(0, 2000)}`)
  return { root, code, ms, findings: JSON.parse(stdout).findings }
}

test('there are twenty and more', () => assert.ok(cases.length > 20))

test('each gives its finding by itself', (context) => {
  for (const [file, bytes, expected] of cases) {
    const { code, ms, findings } = build(file, [[file, bytes]], 'check')
    const codes = findings.filter(({ path }) => path.endsWith(file)).map((finding) => finding.code)
    context.diagnostic(`${file}: ${bytes.length} bytes, ${codes}, ${ms} ms`)
    if (expected === null) assert.deepEqual(codes, [], file)
    else if (expected instanceof RegExp) assert.ok(codes.some((one) => expected.test(one)), `${file}: ${codes}`)
    else assert.ok(codes.includes(expected), `${file}: ${codes}`)
    assert.equal(code, expected === null || expected === 'drawing-cleaned' ? 0 : 1, file)
  }
})

test('all together give theirs, in no more memory', () => {
  const { code, findings } = build('all', cases, 'check')
  assert.equal(code, 1)
  for (const [file, , expected] of cases) {
    const codes = findings.filter(({ path }) => path.endsWith(`/${file}`)).map((finding) => finding.code)
    assert.equal(codes.length > 0, expected !== null, `${file}: ${codes}`)
  }
})

test('what is published of the harmless ones has nothing of the harm', () => {
  for (const name of ['script.svg', 'elsewhere.svg', 'text.png']) {
    const { root } = build(`again-${name}`, cases.filter(([file]) => file === name))
    const { stdout } = run('find', [join(root, 'output/assets/photos'), '-type', 'f'])
    const files = stdout.trim().split('\n')
    assert.ok(files.length > 0, name)
    for (const file of files) {
      const bytes = readFileSync(file)
      assert.ok(bytes.length < 10_000, `${file}: ${bytes.length} bytes`)
      for (const word of ['script', 'onload', 'evil.example', 'zTXt']) assert.ok(!bytes.includes(word), `${file}: ${word}`)
    }
  }
})
