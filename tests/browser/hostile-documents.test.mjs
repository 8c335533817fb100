/**
 * Documents that were made to harm whoever opens them: each is a finding, the
 * program ends as it should and takes no more memory than any document.
 */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binary } from './site.mjs'

const PYTHON = '/usr/bin/python3'
const SCRIPT = fileURLToPath(new URL('hostile.py', import.meta.url))

/** What is found in each. */
const FOUND = {
  'bomb.docx': ['document-bomb'],
  'lying.docx': ['damaged-document'],
  'deep.docx': ['damaged-document'],
  'half.xlsx': ['damaged-document'],
  'half.pdf': ['damaged-document'],
  'locked.pdf': ['encrypted-document'],
  'macros.docm': ['document-with-macros'],
  'macros.doc': ['document-with-macros'],
  'empty.docx': ['empty-file'],
  'program.pdf': ['program-attached'],
  'program.zip': ['document-with-program'],
  'embedded.docx': ['document-with-program'],
  'strokes.pdf': ['document-bomb'],
  'states.pdf': ['document-bomb'],
  'cycle.pdf': ['damaged-document'],
  'arrays.pdf': ['damaged-document'],
  'string.pdf': ['document-bomb'],
  'fonts.pdf': ['document-bomb'],
  'dictionaries.pdf': ['damaged-document'],
  'script.pdf': ['document-with-script'],
}

/** The most memory that a build may take, in KB. */
const MEMORY = 300_000

let folder

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhuanlan-hostile-'))
  mkdirSync(join(folder, 'all'))
  mkdirSync(join(folder, 'content/study'), { recursive: true })
  execFileSync(PYTHON, [SCRIPT, 'write', join(folder, 'all')], { stdio: 'pipe' })
  writeFileSync(join(folder, 'column.yaml'), 'title: 专栏\nsections:\n  - {folder: study, title: 学习资料, kind: material}\n')
})

after(() => rmSync(folder, { recursive: true, force: true }))

for (const [name, codes] of Object.entries(FOUND)) {
  test(`${name} is found out`, () => {
    const place = join(folder, 'content/study', name)
    renameSync(join(folder, 'all', name), place)
    writeFileSync(join(folder, 'content/study/a.md'), `---\ntitle: 资料\ndate: 2021-03-08\nsummary: 资料。\nfiles: ${name}\n---\n\n资料。\n`)
    const args = [SCRIPT, 'run', binary(), 'build', '--root', folder, '--now', '2021-03-22 12:00', '--format', 'json']
    const run = spawnSync(PYTHON, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
    rmSync(place)
    assert.equal(run.status, 1, run.stderr)
    const errors = JSON.parse(run.stdout).findings.filter(finding => finding.severity === 'error')
    assert.deepEqual(errors.map(finding => finding.code).sort(), codes)
    const [, peak] = /^peak (\d+) KB$/m.exec(run.stderr)
    assert.ok(Number(peak) < MEMORY, `${peak} KB`)
    assert.ok(!existsSync(join(folder, 'output')))
  })
}
