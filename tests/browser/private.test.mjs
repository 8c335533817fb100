/**
 * What cameras and drawing programs note of people, as exiftool writes it: in
 * no published file, whatever way the picture got there, while the pictures
 * look as they did.
 */
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { launch, openPage } from './browser.mjs'
import { COLOURS, CORNERS, UPRIGHT, adobeRgb, adobeToSrgb, apart, canonNotes, movingGif, paint, shown } from './checks/pictures.mjs'
import { article } from './column.mjs'
import { none } from './faults.mjs'
import { Folder } from './folder.mjs'
import { binary } from './site.mjs'
import { run, tool } from './tools.mjs'

/** People and places who must not be found in what is published. */
const SECRETS = ['张三丰', '李四光', 'ZHANG-SANFENG', 'LINJIA-XIANG', 'sn-20210308']

/** What exiftool writes into a picture, each kind as far as the format has it. */
const NOTES = [
  '-GPSLatitude=33.58', '-GPSLatitudeRef=N', '-GPSLongitude=114.02', '-GPSLongitudeRef=E', '-GPSAltitude=60',
  '-EXIF:Artist=ZHANG-SANFENG', '-EXIF:Model=Some phone', '-EXIF:DateTimeOriginal=2021:03:08 09:00:00',
  '-EXIF:SerialNumber=sn-20210308', '-EXIF:UserComment=LINJIA-XIANG', '-EXIF:ImageUniqueID=sn-20210308',
  '-XMP-dc:Creator=张三丰', '-XMP-exif:GPSLatitude=33.58', '-XMP-exif:GPSLongitude=114.02', '-XMP-xmpMM:DocumentID=sn-20210308',
  '-XMP-photoshop:City=LINJIA-XIANG', '-IPTC:By-line=ZHANG-SANFENG', '-IPTC:City=LINJIA-XIANG', '-Comment=李四光',
]

/** Groups of exiftool that no published file may have, whatever it is. */
const PRIVATE = /^(GPS|IFD\d|ExifIFD|InteropIFD|SubIFD\d*|Canon|MakerNotes|IPTC|Photoshop|MPF\d|XMP-.*)$/

/** Groups that a picture may have, since they say nothing of people: the file, how it is packed, what its colours mean. */
const PLAIN = /^(ExifTool|System|File|JFIF|Adobe|PNG|PNG-pHYs|GIF|RIFF|SVG|ICC-header|ICC_Profile|ICC-view|Composite)$/

/** Of those groups, tags in which people stand. */
const PERSONAL = /^(?!ICC).*:(Comment|Author|Artist|Creator|Copyright|Description|Title|Software|Source|UserComment|GPS\w*|.*Date\w*Original|CreationTime|ModifyDate|Metadata\w*|WorkURN|.*Profile type.*)$/

const JPEG = 'image/jpeg'
const PNG = 'image/png'
const WEBP = 'image/webp'

let home
let browser
let page
let output
let findings

/** Writes a file of the column. */
function put(path, content) {
  const place = join(home, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, content)
  return place
}

/** Writes notes into the pictures at `places`. */
function exiftool(args, places) {
  const done = run(tool('exiftool'), ['-overwrite_original', '-m', '-q', ...args, ...places])
  if (done.code !== 0) throw new Error(`exiftool: ${done.stderr}`)
}

/** All that exiftool finds in files: by path, `group:tag` → value. */
function notesOf(places) {
  const read = run(tool('exiftool'), ['-a', '-G1', '-j', ...places])
  const all = JSON.parse(read.stdout)
  return new Map(all.map(({ SourceFile, ...notes }) => [SourceFile, notes]))
}

/** A drawing as drawing programs save it. */
const DRAWING = `<?xml version="1.0"?>
<!-- C:\\Users\\ZHANG-SANFENG\\图.svg -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" width="40" height="30" sodipodi:docname="ZHANG-SANFENG.svg">
<metadata><rdf:RDF><rdf:Description><dc:creator>张三丰</dc:creator></rdf:Description></rdf:RDF></metadata>
<rect width="40" height="30" fill="#a00"/></svg>`

async function pictures() {
  const [jpeg, png, webp] = [await paint(page, JPEG), await paint(page, PNG, { width: 600, height: 400 }), await paint(page, WEBP)]
  const thumbnail = put('thumbnail.jpg', await paint(page, JPEG, { width: 120, height: 80 }))
  const camera = put('camera.exif', canonNotes('ZHANG-SANFENG'))
  const profile = put('wide.icc', adobeRgb())
  const jpegs = []
  for (const n of Object.keys(UPRIGHT)) {
    for (const what of ['shown', 'linked']) jpegs.push(put(`content/photos/${what}${n}.jpg`, jpeg))
  }
  const wide = ['shown-wide', 'linked-wide'].map((name) => put(`content/photos/${name}.jpg`, jpeg))
  const others = ['content/photos/offered.jpg', 'content/static/logo.jpg', 'content/static/.well-known/no-extension', 'themes/own/assets/seal.jpg']
  jpegs.push(...wide, ...others.map((path) => put(path, jpeg)))
  exiftool([`-EXIF<=${camera}`], jpegs)
  exiftool([`-ThumbnailImage<=${thumbnail}`, ...NOTES], jpegs)
  exiftool([`-ICC_Profile<=${profile}`], wide)
  for (const n of Object.keys(UPRIGHT)) {
    exiftool(['-n', `-IFD0:Orientation=${n}`], jpegs.filter((place) => place.endsWith(`${n}.jpg`)))
  }
  const packed = []
  for (const what of ['content/photos/shown', 'content/photos/linked', 'content/static/static', 'themes/own/assets/seal']) {
    packed.push(put(`${what}.png`, png), put(`${what}.webp`, webp))
    exiftool(NOTES, [put(`${what}.gif`, movingGif(2))])
    put(`${what}.svg`, DRAWING)
  }
  exiftool(NOTES, packed)
  const turned = ['png', 'webp'].map((kind) => put(`content/photos/turned.${kind}`, kind === 'png' ? png : webp))
  exiftool([...NOTES, '-n', '-IFD0:Orientation=6'], turned)
  // Behind a picture's end everything can stand: here another photo with its place.
  for (const place of [...jpegs, ...packed]) writeFileSync(place, readFileSync(jpegs[0]), { flag: 'a' })
  return [...jpegs, ...packed, ...turned]
}

function texts() {
  put('column.yaml', [
    'title: 专栏', 'base_url: https://example.org/', 'theme: own', 'sections:', '  - {folder: news, title: 新闻动态}',
    '  - {folder: study, title: 学习资料, kind: material}', 'booklet: {title: 选编, slug: reader, section: news}', '',
  ].join('\n'))
  put('themes/own/theme.yaml', 'name: Own\nversion: 1.0.0\ndescription: 自己的。\nextends: gazette\n')
  const orders = Object.keys(UPRIGHT)
  for (const n of orders) {
    const body = `正文。\n\n![第${n}种方向](../photos/shown${n}.jpg)\n\n[原图](../photos/linked${n}.jpg)`
    put(`content/news/turn${n}.md`, article(`方向${n}`, '2021-03-08', body, `cover: ../photos/shown${n}.jpg\n`))
  }
  const kinds = ['png', 'webp', 'gif', 'svg']
  put('content/news/kinds.md', article('各种格式', '2021-03-09', [
    ...kinds.map((kind) => `![${kind}](../photos/shown.${kind})`), ...kinds.map((kind) => `[${kind}原图](../photos/linked.${kind})`),
    '![宽色域](../photos/shown-wide.jpg)', '[宽色域原图](../photos/linked-wide.jpg)', '![转PNG](../photos/turned.png)', '![转WebP](../photos/turned.webp)',
  ].join('\n\n')))
  put('content/study/a.md', '---\ntitle: 照片\ndate: 2021-03-08\nsummary: 照片。\nfiles: [../photos/offered.jpg]\n---\n\n正文。\n')
}

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'zhuanlan-private-'))
  browser = await launch()
  page = await openPage(browser)
  const sources = await pictures()
  texts()
  // A test that hides nothing proves nothing.
  const noted = [...notesOf(sources).values()]
  for (const group of ['GPS', 'IFD0', 'IFD1', 'ExifIFD', 'Canon', 'IPTC', 'XMP-dc', 'XMP-exif']) {
    assert.ok(noted.some((notes) => Object.keys(notes).some((name) => name.startsWith(`${group}:`))), `nothing is hidden in ${group}`)
  }
  const built = run(binary(), ['build', '--root', home, '--now', '2021-03-22 12:00', '--format', 'json'])
  assert.equal(built.code, 0, `${built.stderr}${built.stdout}`)
  findings = JSON.parse(built.stdout).findings
  output = new Folder(join(home, 'output'))
})

after(async () => {
  await browser?.close()
  rmSync(home, { recursive: true, force: true })
})

/** The published files of the source called `stem`, by extension: its largest size. */
function published(stem, extension) {
  const name = new RegExp(`^assets/photos/${stem}\\.[0-9a-f]+\\.${extension}$`)
  const found = output.paths.filter((path) => name.test(path))
  assert.equal(found.length, 1, `${stem}.${extension}: ${output.paths.filter((path) => path.includes(stem))}`)
  return found[0]
}

test('no published file has anything of the private kinds', () => {
  const faults = []
  for (const [place, notes] of notesOf(output.paths.map((path) => output.place(path)))) {
    for (const [name, value] of Object.entries(notes)) {
      const [group] = name.split(':')
      const picture = /\.(jpg|png|webp|gif|svg|ico)$|no-extension$/.test(place)
      // Any XML is XMP to exiftool: what a feed says is what its pages say.
      const ours = group.startsWith('XMP') && /\.(atom|rss|xml)$/.test(place)
      // How a picture is turned draws it: files that are handed out as they are keep that note alone.
      if (name === 'IFD0:Orientation') continue
      if ((PRIVATE.test(group) && !ours) || (picture && (!PLAIN.test(group) || PERSONAL.test(name)))) faults.push(`${place.slice(home.length)}: ${name} = ${value}`)
    }
  }
  none(faults)
})

test('no published file has the words, packed ones neither', () => {
  const faults = []
  for (const path of output.paths) {
    const file = output.place(path)
    let bytes = readFileSync(file)
    if (path.endsWith('.epub')) bytes = Buffer.concat([bytes, run(tool('unzip'), ['-p', file], { encoding: 'buffer' }).stdout])
    for (const secret of SECRETS) if (bytes.includes(secret)) faults.push(`${path}: ${secret}`)
  }
  none(faults)
})

test('pictures within an EPUB are clean too', () => {
  const epub = output.paths.find((path) => path.endsWith('.epub'))
  const folder = join(home, 'epub')
  assert.equal(run(tool('unzip'), ['-q', output.place(epub), '-d', folder]).code, 0)
  const inside = new Folder(folder)
  const photos = inside.paths.filter((path) => /\.(jpg|png|gif|webp|svg)$/.test(path))
  assert.ok(photos.length > 8, `${photos}`)
  const faults = []
  for (const [place, notes] of notesOf(photos.map((path) => inside.place(path)))) {
    // The cover is drawn by the program, and says the book's title.
    const personal = (name) => PERSONAL.test(name) && !(name === 'SVG:Title' && place.endsWith('/cover.svg'))
    for (const name of Object.keys(notes)) if (!PLAIN.test(name.split(':')[0]) || personal(name)) faults.push(`${place}: ${name}`)
  }
  none(faults)
})

test('an editor hears once of the photos that have their place, with their number', () => {
  const told = findings.filter(({ code }) => code === 'photo-location')
  assert.equal(told.length, 1)
  // Shown, linked and offered photos, of each format, one of them without an extension.
  assert.ok(Number(/\d+/.exec(told[0].message)[0]) >= 7, told[0].message)
})

for (const [n, upright] of Object.entries(UPRIGHT)) {
  test(`orientation ${n}: every size, format and cut has its corners where they belong`, async () => {
    const [width, height] = Number(n) > 4 ? [800, 1200] : [1200, 800]
    const expected = upright.map((name) => COLOURS[name])
    for (const stem of [`shown${n}`, `linked${n}`]) {
      const whole = output.paths.filter((path) => path.startsWith(`assets/photos/${stem}.`) && !/\.(card|square)\./.test(path))
      assert.ok(whole.length >= (stem.startsWith('shown') ? 4 : 1), `${whole}`)
      for (const path of whole) {
        const seen = await shown(page, readFileSync(output.place(path)), path.endsWith('.webp') ? WEBP : JPEG)
        assert.ok(Math.abs(seen.width * height - seen.height * width) <= Math.max(width, height), `${path}: ${seen.width} × ${seen.height}`)
        seen.corners.forEach((corner, at) => assert.ok(apart(corner, expected[at]) <= 6, `${path}, corner ${at}: ${corner}, not ${expected[at]}`))
      }
    }
    for (const kind of ['card', 'square']) {
      const path = output.paths.find((one) => one.startsWith(`assets/photos/shown${n}.`) && one.includes(`.${kind}.`))
      const seen = await shown(page, readFileSync(output.place(path)), JPEG)
      seen.corners.forEach((corner, at) => assert.ok(apart(corner, expected[at]) <= 6, `${path}, corner ${at}: ${corner}`))
    }
  })
}

test('PNG and WebP are set upright by their notes too', async () => {
  const expected = UPRIGHT[6].map((name) => COLOURS[name])
  const turned = output.paths.filter((path) => path.startsWith('assets/photos/turned.'))
  assert.ok(turned.length >= 4, `${turned}`)
  for (const path of turned) {
    const seen = await shown(page, readFileSync(output.place(path)), path.endsWith('.webp') ? WEBP : path.endsWith('.png') ? PNG : JPEG)
    seen.corners.forEach((corner, at) => assert.ok(apart(corner, expected[at]) <= 6, `${path}, corner ${at}: ${corner}`))
  }
})

test('colours in Adobe RGB look as they did, and are what they should be', async () => {
  const expected = CORNERS.map((name) => adobeToSrgb(COLOURS[name]))
  const source = await shown(page, readFileSync(join(home, 'content/photos/shown-wide.jpg')), JPEG)
  assert.ok(expected.some((colour, at) => apart(colour, COLOURS[CORNERS[at]]) > 15), 'the profile makes a difference')
  for (const [stem, extension] of [['shown-wide', 'jpg'], ['linked-wide', 'jpg']]) {
    const seen = await shown(page, readFileSync(output.place(published(stem, extension))), JPEG)
    seen.corners.forEach((corner, at) => {
      assert.ok(apart(corner, expected[at]) <= 6, `${stem}, corner ${at}: ${corner}, not ${expected[at]}`)
      assert.ok(apart(corner, source.corners[at]) <= 6, `${stem}, corner ${at}: ${corner}, was ${source.corners[at]}`)
    })
  }
  for (const path of output.paths.filter((one) => one.startsWith('assets/photos/shown-wide.') && one.endsWith('.webp'))) {
    const seen = await shown(page, readFileSync(output.place(path)), WEBP)
    seen.corners.forEach((corner, at) => assert.ok(apart(corner, expected[at]) <= 6, `${path}, corner ${at}: ${corner}, not ${expected[at]}`))
  }
})

test('what is published as it is looks as it did', async () => {
  for (const [path, type, expected] of [['static.png', PNG], ['static.webp', WEBP], ['logo.jpg', JPEG], ['.well-known/no-extension', JPEG]]) {
    const seen = await shown(page, readFileSync(output.place(path)), type)
    seen.corners.forEach((corner, at) => assert.ok(apart(corner, COLOURS[CORNERS[at]]) <= 6, `${path}, corner ${at}: ${corner}, ${expected}`))
  }
  const moving = readdirSync(join(home, 'output/assets/photos')).filter((name) => name.endsWith('.gif'))
  assert.equal(moving.length, 2)
  for (const name of moving) {
    const bytes = readFileSync(join(home, 'output/assets/photos', name))
    assert.ok(bytes.includes('NETSCAPE2.0'), name)
    assert.equal((await shown(page, bytes, 'image/gif')).width, 4)
  }
})

/** A film without pictures: its kind, its data, what is known of it (ISO 14496-12). */
function film() {
  const box = (name, ...parts) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0))
    head.write(name, 4)
    return Buffer.concat([head, ...parts])
  }
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(0x10000, 20)
  return Buffer.concat([box('ftyp', Buffer.from('mp42\0\0\0\0mp42isom')), box('mdat', Buffer.alloc(64)), box('moov', box('mvhd', header))])
}

test('a film that says where it was taken is kept back; others are published as they are', () => {
  const root = join(home, 'films')
  const at = (path) => `films/${path}`
  put(at('column.yaml'), 'title: 专栏\nbase_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n')
  const build = () => {
    const { code, stdout } = run(binary(), ['build', '--root', root, '--now', '2021-03-22 12:00', '--format', 'json'])
    return { code, codes: JSON.parse(stdout).findings.map((finding) => finding.code) }
  }
  put(at('content/news/a.md'), article('视频', '2021-03-08', '![宣誓](a.mp4)'))
  for (const kind of ['UserData', 'Keys', 'ItemList']) {
    exiftool([`-${kind}:GPSCoordinates=33.58, 114.02, 60`], [put(at('content/news/a.mp4'), film())])
    assert.deepEqual(build(), { code: 1, codes: ['film-location'] }, kind)
  }
  exiftool(['-XMP-exif:GPSLatitude=33.58'], [put(at('content/news/a.mp4'), film())])
  assert.deepEqual(build(), { code: 1, codes: ['film-location'] }, 'XMP')
  const plain = put(at('content/news/a.mp4'), film())
  exiftool(['-Keys:Model=Some phone'], [plain])
  assert.deepEqual(build(), { code: 0, codes: [] })
  const [name] = readdirSync(join(root, 'output/assets/media'))
  assert.ok(readFileSync(join(root, 'output/assets/media', name)).equals(readFileSync(plain)))
})
