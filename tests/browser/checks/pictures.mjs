/** Pictures for tests: made by the browser, read by the browser, so that what counts is what readers see. */

/** The four corners of a picture as it is stored: upper left, upper right, lower left, lower right. */
export const CORNERS = ['red', 'green', 'blue', 'yellow']

/** sRGB of the corners. */
export const COLOURS = { red: [200, 40, 40], green: [40, 160, 60], blue: [50, 60, 190], yellow: [220, 210, 60] }

/**
 * Which corner stands where once a picture is upright, by EXIF's orientation (TIFF 6.0, section 8, Orientation):
 * upper left, upper right, lower left, lower right.
 */
export const UPRIGHT = {
  1: ['red', 'green', 'blue', 'yellow'],
  2: ['green', 'red', 'yellow', 'blue'],
  3: ['yellow', 'blue', 'green', 'red'],
  4: ['blue', 'yellow', 'red', 'green'],
  5: ['red', 'blue', 'green', 'yellow'],
  6: ['blue', 'red', 'yellow', 'green'],
  7: ['yellow', 'green', 'blue', 'red'],
  8: ['green', 'yellow', 'red', 'blue'],
}

/** A picture of `colours` in its four corners as a file of `type` (`image/jpeg`, `image/png`, `image/webp`). */
export async function paint(page, type, { width = 1200, height = 800, colours = CORNERS.map((name) => COLOURS[name]) } = {}) {
  const data = await page.evaluate(([type, width, height, colours]) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    const pen = canvas.getContext('2d', { colorSpace: 'srgb' })
    colours.forEach(([red, green, blue], n) => {
      pen.fillStyle = `rgb(${red}, ${green}, ${blue})`
      pen.fillRect((n % 2) * (width / 2), Math.floor(n / 2) * (height / 2), width / 2, height / 2)
    })
    return canvas.toDataURL(type, 0.95)
  }, [type, width, height, colours])
  if (!data.startsWith(`data:${type};`)) throw new Error(`the browser makes no ${type}`)
  return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64')
}

/** What the browser shows of a picture file: `{width, height, corners}`, each corner as sRGB. */
export async function shown(page, bytes, type) {
  return page.evaluate(async ([data, type]) => {
    const image = new Image()
    image.src = `data:${type};base64,${data}`
    await image.decode()
    const [width, height] = [image.naturalWidth, image.naturalHeight]
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    const pen = canvas.getContext('2d', { colorSpace: 'srgb' })
    pen.drawImage(image, 0, 0)
    const at = (x, y) => [...pen.getImageData(Math.floor(width * x), Math.floor(height * y), 1, 1).data.slice(0, 3)]
    return { width, height, corners: [at(0.2, 0.2), at(0.8, 0.2), at(0.2, 0.8), at(0.8, 0.8)] }
  }, [Buffer.from(bytes).toString('base64'), type])
}

/** The largest difference of a channel between two colours. */
export const apart = (one, other) => Math.max(...one.map((channel, n) => Math.abs(channel - other[n])))

const be32 = (number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number >>> 0)
  return bytes
}
const fixed = (number) => be32(Math.round(number * 65536))
const xyz = (...numbers) => Buffer.concat([Buffer.from('XYZ \0\0\0\0'), ...numbers.map(fixed)])

/** The gamma of Adobe RGB (1998), 2 + 51/256. */
export const ADOBE_GAMMA = 563 / 256

/** A profile with the primaries and the gamma of Adobe RGB (1998), as ICC.1:2001 lays it out. */
export function adobeRgb() {
  const curve = Buffer.concat([Buffer.from('curv\0\0\0\0'), be32(1), Buffer.from([0x02, 0x33, 0, 0])])
  const name = 'Wide colours\0'
  const desc = Buffer.concat([Buffer.from('desc\0\0\0\0'), be32(name.length), Buffer.from(name), Buffer.alloc(78)])
  const parts = [
    ['desc', desc],
    ['cprt', Buffer.from('text\0\0\0\0none\0')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.60974, 0.31111, 0.01947)],
    ['gXYZ', xyz(0.20528, 0.62567, 0.06087)],
    ['bXYZ', xyz(0.14919, 0.06322, 0.74457)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  let at = 128 + 4 + 12 * parts.length
  const [table, bodies] = [[be32(parts.length)], []]
  for (const [tag, body] of parts) {
    table.push(Buffer.from(tag), be32(at), be32(body.length))
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
    bodies.push(padded)
    at += padded.length
  }
  const header = Buffer.alloc(128)
  header.writeUInt32BE(at, 0)
  header.writeUInt32BE(0x02100000, 8)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  ;[2021, 3, 1, 0, 0, 0].forEach((number, n) => header.writeUInt16BE(number, 24 + 2 * n))
  header.write('acsp', 36, 'latin1')
  Buffer.concat([fixed(0.9642), fixed(1), fixed(0.8249)]).copy(header, 68)
  return Buffer.concat([header, ...table, ...bodies])
}

/** What a colour of Adobe RGB (0 to 255) is in sRGB: both have D65's white, so the matrices are IEC's and Adobe's own. */
export function adobeToSrgb(colour) {
  const [r, g, b] = colour.map((channel) => (channel / 255) ** ADOBE_GAMMA)
  const x = 0.57667 * r + 0.18556 * g + 0.18823 * b
  const y = 0.29734 * r + 0.62736 * g + 0.07529 * b
  const z = 0.02703 * r + 0.07069 * g + 0.99134 * b
  const linear = [
    3.24045 * x - 1.53714 * y - 0.49853 * z,
    -0.96927 * x + 1.87601 * y + 0.04156 * z,
    0.05564 * x - 0.20403 * y + 1.05723 * z,
  ]
  const encode = (light) => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)
  return linear.map((light) => Math.round(255 * encode(Math.min(1, Math.max(0, light)))))
}

/** A camera's notes as an EXIF block: Canon's, with an owner's name and a number in its maker note. */
export function canonNotes(owner) {
  const le = (size, number) => {
    const bytes = Buffer.alloc(size)
    size === 2 ? bytes.writeUInt16LE(number) : bytes.writeUInt32LE(number)
    return bytes
  }
  const entry = (tag, kind, count, value) => Buffer.concat([le(2, tag), le(2, kind), le(4, count), value])
  const text = Buffer.alloc(32)
  text.write(owner)
  const make = Buffer.from('Canon\0')
  // The file: header, IFD0 (2 entries), the make, the EXIF IFD (1 entry), the maker note's IFD (2 entries), the owner.
  const [ifd0, makeAt, exif] = [8, 8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + 6]
  const note = exif + 2 + 12 + 4
  const noteLength = 2 + 24 + 4 + 32
  const owned = note + 2 + 24 + 4
  return Buffer.concat([
    Buffer.from('II*\0'), le(4, ifd0),
    le(2, 2), entry(0x010f, 2, 6, le(4, makeAt)), entry(0x8769, 4, 1, le(4, exif)), le(4, 0), make,
    le(2, 1), entry(0x927c, 7, noteLength, le(4, note)), le(4, 0),
    le(2, 2), entry(0x0009, 2, 32, le(4, owned)), entry(0x000c, 4, 1, le(4, 123456789)), le(4, 0), text,
  ])
}

/** The pixels of one picture of a GIF as its blocks: each `colour` 0 to 3, packed with codes of three bits only. */
function gifPixels(colours) {
  const codes = colours.flatMap((colour, n) => (n % 2 === 0 ? [4, colour] : [colour]))
  let [bits, held] = [0, 0]
  const bytes = []
  for (const code of [...codes, 5]) {
    bits |= code << held
    held += 3
    for (; held >= 8; held -= 8, bits >>= 8) bytes.push(bits & 255)
  }
  if (held > 0) bytes.push(bits & 255)
  const blocks = []
  for (let at = 0; at < bytes.length; at += 255) blocks.push(Math.min(255, bytes.length - at), ...bytes.slice(at, at + 255))
  return Buffer.from([2, ...blocks, 0])
}

/** A moving GIF (GIF89a) of so many pictures of 4 × 4 on a screen of `width` × `height`. */
export function movingGif(count, width = 4, height = 4) {
  const size = (...numbers) => Buffer.from(new Uint16Array(numbers).buffer)
  const frame = (n) => [
    Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 4, 0, 4, 0, 0]),
    gifPixels(Array.from({ length: 16 }, (_, at) => (at + n) % 3)),
  ]
  return Buffer.concat([
    Buffer.from('GIF89a'), size(width, height), Buffer.from([0x81, 0, 0, 200, 40, 40, 40, 160, 60, 50, 60, 190, 220, 210, 60]),
    Buffer.from('\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0', 'latin1'),
    ...Array.from({ length: count }, (_, n) => frame(n)).flat(), Buffer.from([0x3b]),
  ])
}
