/**
 * Documents as LibreOffice and other programs write them: what hides in them is
 * found, what is published says nothing of the people behind it, and opens with
 * the same text. A signed one is published as it is, byte by byte.
 */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isIntact, signedPdf } from './signed.mjs'
import { binary } from './site.mjs'

/** People who must not be found in what is published. */
const PEOPLE = ['张三丰', '李四光', '王五常', '赵六一', 'Zhang Sanfeng', 'Li Siguang', 'Zhao Liuyi', 'ZLY']

const NAMESPACES = [
  ['office', 'office'], ['text', 'text'], ['table', 'table'], ['draw', 'drawing'], ['presentation', 'presentation'],
  ['style', 'style'], ['meta', 'meta'],
].map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`).join(' ')
const MORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'

/** A flat OpenDocument file, from which LibreOffice makes all others. */
const flat = (kind, body, styles = '') => `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${NAMESPACES} ${MORE} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.${kind}">
<office:meta><dc:title>学习计划</dc:title><meta:initial-creator>张三丰</meta:initial-creator><dc:creator>李四光</dc:creator></office:meta>
${styles}<office:body>${body}</office:body></office:document>`

const note = text => `<office:annotation><dc:creator>赵六一</dc:creator><dc:date>2021-03-08T09:00:00</dc:date><text:p>${text}</text:p></office:annotation>`

const TEXT = flat('text', `<office:text><text:tracked-changes><text:changed-region text:id="c1"><text:insertion>
<office:change-info><dc:creator>王五常</dc:creator><dc:date>2021-03-08T09:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:p>集中学习，<text:change-start text:change-id="c1"/>每周两次<text:change-end text:change-id="c1"/>。${note('再核对一遍')}</text:p></office:text>`)

const cell = (text, inside = '') => `<table:table-cell office:value-type="string">${inside}<text:p>${text}</text:p></table:table-cell>`
const SHEETS = flat('spreadsheet', `<office:spreadsheet>
<table:table table:name="台账"><table:table-row>${cell('编号')}${cell('意见', note('核对意见'))}</table:table-row></table:table>
<table:table table:name="底稿" table:style-name="hidden"><table:table-row>${cell('身份证号')}</table:table-row></table:table></office:spreadsheet>`,
'<office:automatic-styles><style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>')

const SLIDES = flat('presentation', `<office:presentation><draw:page draw:name="一">
<draw:frame svg:x="2cm" svg:y="2cm" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>总结提升</text:p></draw:text-box></draw:frame>
<presentation:notes><draw:frame presentation:class="notes" svg:x="2cm" svg:y="10cm" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>念慢一点</text:p></draw:text-box></draw:frame></presentation:notes>
</draw:page></office:presentation>`)

let folder

/** Lets LibreOffice turn `files` into `format`, into the folder `to`. */
function convert(files, format, to) {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  execFileSync('soffice', [profile, '--headless', '--convert-to', format, '--outdir', to, ...files], { stdio: 'pipe', timeout: 240_000 })
}

/** All that stands in a file: the parts of a package unpacked. */
function contents(file) {
  const unpacked = file.endsWith('.pdf') ? null : spawnSync('unzip', ['-p', file], { maxBuffer: 1 << 28 }).stdout
  return Buffer.concat([readFileSync(file), unpacked ?? Buffer.alloc(0)])
}

const says = (bytes, words) => bytes.includes(words) || bytes.includes(Buffer.from(words, 'utf16le').swap16())

/**
 * The texts that a reader of the documents sees, through LibreOffice and
 * poppler; LibreOffice takes seconds to start, and so reads all at once.
 */
function readAll(files) {
  const to = mkdtempSync(join(folder, 'text-'))
  const copies = files.map((file, n) => join(to, `${n}${extname(file)}`))
  copies.forEach((copy, n) => copyFileSync(files[n], copy))
  convert(copies.filter((copy) => !copy.endsWith('.pdf')), 'pdf', to)
  return copies.map((_, n) => execFileSync('pdftotext', [join(to, `${n}.pdf`), '-'], { encoding: 'utf8' }))
}

/** Each document with what must be found in it; the PDF of LibreOffice hides nothing. */
const DOCUMENTS = {
  '计划.docx': ['document-comments', 'tracked-changes'],
  '台账.xlsx': ['document-comments', 'hidden-sheets'],
  '讲稿.pptx': ['speaker-notes'],
  '计划.pdf': [],
  '计划.odt': ['document-comments', 'tracked-changes'],
  '台账.ods': ['document-comments', 'hidden-sheets'],
  '讲稿.odp': ['speaker-notes'],
  '通知.docx': ['document-comments', 'hidden-text', 'tracked-changes'],
  '登记.xlsx': ['document-comments', 'hidden-cells', 'hidden-sheets'],
  '总结.pptx': ['document-comments', 'hidden-slides'],
  '名单.pdf': ['document-comments'],
  '批复.pdf': [],
}
const SIGNED = '批复.pdf'

function build(reviewed) {
  const list = Object.keys(DOCUMENTS).map(name => `  - {src: ${name}${reviewed ? ', reviewed: true' : ''}}`).join('\n')
  writeFileSync(join(folder, 'content/study/a.md'), `---\ntitle: 学习计划\ndate: 2021-03-08\nsummary: 计划。\nfiles:\n${list}\n---\n\n计划。\n`)
  const run = spawnSync(binary(), ['build', '--root', folder, '--now', '2021-03-22 12:00', '--format', 'json'], { encoding: 'utf8' })
  return { code: run.status, ...JSON.parse(run.stdout) }
}

/** What was published of each document, by its source's name. */
function published() {
  const page = readFileSync(join(folder, 'output/study/a.html'), 'utf8')
  const links = [...page.matchAll(/href="\.\.\/(assets\/files\/[^"]+)" download="([^"]+)"/g)]
  return Object.fromEntries(links.map(([, path, name]) => [name, join(folder, 'output', path)]))
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhuanlan-documents-'))
  const content = join(folder, 'content/study')
  mkdirSync(content, { recursive: true })
  writeFileSync(join(folder, 'column.yaml'), 'title: 专栏\nbase_url: https://example.org/\nsections:\n  - {folder: study, title: 学习资料, kind: material}\n')
  for (const [name, text, formats] of [['计划.fodt', TEXT, ['docx', 'odt', 'pdf']], ['台账.fods', SHEETS, ['xlsx', 'ods']], ['讲稿.fodp', SLIDES, ['pptx', 'odp']]]) {
    writeFileSync(join(folder, name), text)
    for (const format of formats) convert([join(folder, name)], format, content)
  }
  execFileSync('/usr/bin/python3', [fileURLToPath(new URL('others.py', import.meta.url)), content], { stdio: 'pipe' })
  signedPdf(join(content, SIGNED), folder)
})

after(() => rmSync(folder, { recursive: true, force: true }))

test('what hides in documents keeps them back until somebody has looked', () => {
  const first = build(false)
  assert.equal(first.code, 1)
  const found = severity => Object.fromEntries(Object.keys(DOCUMENTS).map(name =>
    [name, first.findings.filter(f => f.path.endsWith(name) && f.severity === severity).map(f => f.code).sort()]))
  assert.deepEqual(found('error'), DOCUMENTS)
  assert.deepEqual(found('note')[SIGNED], ['signed-document'])
})

test('what is published names nobody and opens with the same text', () => {
  const built = build(true)
  assert.equal(built.code, 0, JSON.stringify(built.findings))
  const page = readFileSync(join(folder, 'output/study/a.html'), 'utf8')
  const files = published()
  assert.deepEqual(Object.keys(files).sort(), Object.keys(DOCUMENTS).sort())
  assert.equal(readdirSync(join(folder, 'output/assets/files')).length, Object.keys(DOCUMENTS).length)
  const pairs = Object.entries(files).filter(([name]) => name !== SIGNED)
    .map(([source, file]) => [source, join(folder, 'content/study', source), file])
  // Another program finds nothing wrong with the PDFs; it ends with an error where it does.
  for (const [, , file] of pairs.filter(([source]) => source.endsWith('.pdf'))) execFileSync('qpdf', ['--check', file])
  const before = readAll(pairs.map(([, original]) => original))
  const after = readAll(pairs.map(([, , file]) => file))
  for (const [n, [source, original, file]] of pairs.entries()) {
    const [was, is] = [contents(original), contents(file)]
    assert.ok(PEOPLE.some(person => says(was, person)) || source === '计划.pdf', `${source} should name somebody`)
    for (const person of PEOPLE) assert.ok(!says(is, person), `${source} names ${person}`)
    assert.ok(!/Thumbnails\/|thumbnail\.\w/i.test(is), `${source} has a small picture of its first page`)
    assert.equal(after[n], before[n], source)
    assert.ok(after[n].trim().length > 3, source)
    assert.ok(page.includes(createHash('sha256').update(readFileSync(file)).digest('hex')), `the sum of ${source}`)
  }
})

test('a signed document is published byte by byte, its signature valid', () => {
  const original = join(folder, 'content/study', SIGNED)
  assert.ok(isIntact(original))
  const built = build(true)
  const file = published()[SIGNED]
  assert.ok(readFileSync(file).equals(readFileSync(original)))
  assert.ok(isIntact(file))
  assert.deepEqual(built.findings.filter(f => f.path.endsWith(SIGNED)).map(f => [f.severity, f.code]), [['note', 'signed-document']])
})
