/** Pictures that mean harm: each with the file's name, its bytes, and the code of the finding it must give. */
import { deflateSync } from 'node:zlib'
import { movingGif } from './pictures.mjs'

const be16 = (...numbers) => Buffer.concat(numbers.map((number) => Buffer.from([number >> 8, number & 255])))
const be32 = (number) => Buffer.from([number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255])
const le32 = (number) => be32(number).reverse()

/** The checksum of PNG (W3C, annex D): Debian's node has none. */
function crc32(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return (sum ^ 0xffffffff) >>> 0
}

const chunk = (name, body) => {
  const named = Buffer.concat([Buffer.from(name), body])
  return Buffer.concat([be32(body.length), named, be32(crc32(named))])
}

/** A PNG of black, `depth` bits a channel, colour type 0 (grey) or 2 (colours); `more` stands before its pixels. */
function png(width, height, { depth = 8, type = 2, more = [], pixels } = {}) {
  const row = 1 + Math.ceil((width * depth * (type === 2 ? 3 : 1)) / 8)
  const header = Buffer.concat([be32(width), be32(height), Buffer.from([depth, type, 0, 0, 0])])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'), chunk('IHDR', header), ...more,
    chunk('IDAT', pixels ?? deflateSync(Buffer.alloc(row * height), { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ])
}

const segment = (marker, ...body) => {
  const bytes = Buffer.concat(body.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from([0xff, marker]), be16(bytes.length + 2), bytes])
}

/** A JPEG's beginning: one table of ones, a frame of grey or of colours. */
function jpegHead(width, height, { progressive = false, colours = 1 } = {}) {
  const components = Array.from({ length: colours }, (_, n) => [n + 1, 0x11, 0]).flat()
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]), segment(0xdb, [0], Buffer.alloc(64, 1)),
    segment(progressive ? 0xc2 : 0xc0, [8], be16(height, width), [colours], components),
    // One code of one bit, for a difference of nothing; codes of one bit for runs of 2^14 empty blocks.
    segment(0xc4, [0x00, 1], Buffer.alloc(15), [0]), segment(0xc4, [0x10, 1], Buffer.alloc(15), [0xe0]),
  ])
}

const scan = (components, from, to, data, approximation = 0) => Buffer.concat([
  segment(0xda, [components.length], components.flatMap((id) => [id, 0]), [from, to, approximation]), data,
])

/** A grey progressive JPEG that goes over all its blocks again and again, for few bytes. */
function manyScans(width, height, scans) {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  const first = Buffer.alloc(Math.ceil(blocks / 8))
  // A run of 2^14 + 16383 empty blocks is 15 bits: 0, then 14 ones.
  const bits = '0'.concat('1'.repeat(14)).repeat(Math.ceil(blocks / 32767))
  const run = Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2)).flatMap((byte) => (byte === 255 ? [255, 0] : [byte])))
  const refining = Array.from({ length: scans }, () => scan([1], 1, 63, run))
  return Buffer.concat([jpegHead(width, height, { progressive: true }), scan([1], 0, 0, first), ...refining, Buffer.from([0xff, 0xd9])])
}

const riff = (...chunks) => {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks])
  return Buffer.concat([Buffer.from('RIFF'), le32(body.length), body])
}
const riffChunk = (name, body) => Buffer.concat([Buffer.from(name), le32(body.length), body, Buffer.alloc(body.length % 2)])

/** A lossless WebP (RFC 9649, 3) of one colour, without transforms: five codes of one symbol each, then no bits. */
function oneColour(width, height) {
  const bits = []
  const put = (value, count) => { for (let n = 0; n < count; n += 1) bits.push((value >> n) & 1) }
  put(width - 1, 14)
  put(height - 1, 14)
  put(0, 1 + 3)
  put(0, 3)
  for (let n = 0; n < 5; n += 1) put(0b001, 4)
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8) + 8)
  bits.forEach((bit, n) => { bytes[n >> 3] |= bit << (n & 7) })
  return riff(riffChunk('VP8L', Buffer.concat([Buffer.from([0x2f]), bytes])))
}

/** A canvas of 2^24 × 2^24 (RFC 9649, 2.7). */
const endless = riff(riffChunk('VP8X', Buffer.concat([Buffer.alloc(4), Buffer.alloc(6, 255)])), riffChunk('VP8 ', Buffer.alloc(40)))

const gifScreen = (width, height) => {
  const bytes = movingGif(2)
  bytes.writeUInt16LE(width, 6)
  bytes.writeUInt16LE(height, 8)
  return bytes
}

/** A GIF whose first picture says that it is far larger than the screen. */
const gifFrame = () => {
  const bytes = movingGif(2)
  const at = bytes.indexOf(0x2c, 13 + 12 + 19)
  bytes.writeUInt16LE(65535, at + 5)
  bytes.writeUInt16LE(65535, at + 7)
  return bytes
}

const svg = (inner, before = '') => Buffer.from(`${before}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${inner}</svg>`)

const laughs = () => {
  const names = Array.from({ length: 10 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join('')
  return svg('<text>&a10;</text>', `<!DOCTYPE svg [<!ENTITY a0 "哈">${names}]>`)
}

const zip = () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from('PK\x05\x06'), Buffer.alloc(18)])

const bomb = (name, length) => chunk(name, Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(Buffer.alloc(length), { level: 9 })]))

/** `jpeg`, `webp`: honest pictures of 1200 × 800, to be spoiled. `null`: what is published is harmless, and nothing is to be said. */
export function hostile({ jpeg, webp }) {
  const small = png(40, 30)
  const nearly = png(8900, 8900)
  return [
    ['empty.jpg', Buffer.alloc(0), 'empty-picture'],
    ['zeros.jpg', Buffer.alloc(1 << 20), 'not-a-picture'],
    ['page.jpg', Buffer.from('<!doctype html><script>alert(1)</script>'), 'not-a-picture'],
    ['phone.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'picture-format'],
    ['header.jpg', Buffer.concat([jpegHead(65535, 65535, { colours: 3 }), scan([1, 2, 3], 0, 63, Buffer.alloc(99))]), 'picture-too-large'],
    ['header.png', png(65535, 65535, { pixels: deflateSync(Buffer.alloc(99)) }), 'picture-too-large'],
    ['bomb.png', png(30000, 30000, { depth: 1, type: 0 }), 'picture-too-large'],
    ['screen.gif', gifScreen(65535, 65535), 'picture-too-large'],
    ['canvas.webp', endless, /^picture-(too-large|damaged)$/],
    ['frame.gif', gifFrame(), 'picture-damaged'],
    ['frames.gif', movingGif(10_000), 'picture-too-long'],
    ['cut.jpg', jpeg.subarray(0, jpeg.length / 2), 'picture-damaged'],
    ['cut.png', nearly.subarray(0, nearly.length - 2000), 'picture-damaged'],
    ['cut.gif', movingGif(9).subarray(0, 100), 'picture-damaged'],
    ['cut.webp', webp.subarray(0, webp.length / 2), 'picture-damaged'],
    ['scans.jpg', manyScans(640, 480, 5000), 'picture-damaged'],
    ['over-and-over.jpg', manyScans(5000, 4800, 99), 'picture-damaged'],
    ['planes.jpg', Buffer.concat([jpegHead(9000, 9000, { colours: 3 }), scan([1], 0, 63, Buffer.alloc(1 << 20))]), /^picture-(too-large|damaged)$/],
    ['one-colour.webp', oneColour(16383, 5000), /^picture-(too-large|damaged)$/],
    ['profile.png', png(40, 30, { more: [bomb('iCCP', 300 << 20)] }), 'picture-damaged'],
    ['text.png', png(40, 30, { more: [bomb('zTXt', 300 << 20)] }), null],
    ['large.png', nearly, null],
    ['archive.jpg', Buffer.concat([jpeg, zip()]), 'picture-hides-content'],
    ['page.png', Buffer.concat([small, Buffer.from('<!-- --><SCRIPT>alert(1)</SCRIPT>')]), 'picture-hides-content'],
    ['laughs.svg', laughs(), 'picture-damaged'],
    ['script.svg', svg('<script>alert(1)</script><g onload="alert(1)"/>'), 'drawing-cleaned'],
    ['elsewhere.svg', svg('<image href="https://evil.example/a.png"/>'), 'drawing-cleaned'],
    ['deep.svg', svg('<g>'.repeat(500_000)), 'picture-damaged'],
    ['attributes.svg', svg(`<g ${Array.from({ length: 200_000 }, (_, n) => `a${n}=""`).join(' ')}/>`), null],
  ]
}
