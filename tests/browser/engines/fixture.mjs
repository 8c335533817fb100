/** What the engines' tests look at: the sample column, and a small one with portrait photos and a ledger with sources. */
import { deflateSync } from 'node:zlib'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { after, before } from 'node:test'
import { article, builtIn } from '../column.mjs'
import { Folder } from '../folder.mjs'
import { REPO, madeOnce, site } from '../site.mjs'
import { serveSlowly } from '../support/server.mjs'

/** A PNG of `width` by `height` in which every third row is darker: stretched, it would show. */
function picture(width, height) {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) rows.fill(y % 3 ? 200 : 120 + ((y / height) * 80) | 0, y * (width + 1) + 1, (y + 1) * (width + 1))
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    let crc = 0xffffffff
    for (const byte of body) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8)
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

const OPINIONS = ['座谈会', '信箱', '走访', '座谈会', '信箱', '座谈会', '走访'].map((from, n) => [
  `  - 意见: 第${n + 1}条意见说窗口等得久`, `    来自: ${from}`, '    日期: 2021-03-12', `    状态: ${n % 2 ? '办理中' : '已反馈'}`,
  ...(n % 2 ? [] : ['    答复: 已经加开一个窗口。', '    答复日期: 2021-03-16']),
].join('\n'))

/** How many opinions the ledger has of a source and a state; an empty word stands for all. */
export const opinions = (from, state) => OPINIONS.filter((one) => one.includes(from || '来自') && one.includes(state || '状态')).length

const photo = (name, words) => `![${words}](../photos/${name}.png)`

/** The small column's folder, built once for all files of a run. */
const small = () => new Folder(join(madeOnce('small', fileURLToPath(import.meta.url)), 'output'))

/** Builds the small column in `home`, unless it is there. */
function buildSmall(home) {
  if (existsSync(join(home, 'output'))) return
  const pictures = `${home}.pictures`
  mkdirSync(pictures, { recursive: true })
  const shapes = { tall: [900, 1600], upright: [1200, 1600], wide: [1600, 1067], square: [1200, 1200] }
  const copies = {}
  for (const [name, [width, height]] of Object.entries(shapes)) {
    writeFileSync(join(pictures, name), picture(width, height))
    copies[`content/photos/${name}.png`] = { copy: join(pictures, name) }
  }
  builtIn(home, {
    'column.yaml': `title: 四个阶段的专栏
base_url: https://www.example.org/jyzd/
sections:
  - {folder: news, title: 新闻}
  - {folder: stories, title: 图片, kind: story}
phases:
${['学习教育', '查纠整改', '建章立制阶段', '总结提升', '巩固深化'].map((name, n) => `  - {name: ${name}, slug: p${n}, start: 2021-0${n + 3}-08, end: 2021-0${n + 4}-05}`).join('\n')}
`,
    'content/news/ledger.md': article('二十五条意见', '2021-03-12', `\`\`\`ledger\n截至: 2021-03-20\n条目:\n${OPINIONS.join('\n')}\n\`\`\``),
    'content/news/cover.md': article('手机拍的封面：竖着的照片也要端正', '2021-03-20', `${photo('upright', '竖着的照片')}\n\n正文只有一句。`, 'cover: ../photos/tall.png\n'),
    'content/stories/upright.md': article('竖着的照片：手机拍的都这样', '2021-03-15', [
      photo('wide', '横的'), photo('tall', '竖的'), photo('upright', '三比四'), photo('tall', '又一幅竖的'), photo('square', '方的'),
      '```gallery\n图片:\n  - {文件: ../photos/tall.png, 替代文字: 竖的}\n  - {文件: ../photos/wide.png, 替代文字: 横的}\n```',
    ].join('\n\n')),
    ...copies,
    // The theme as it stands here, whatever was compiled in.
    'themes/gazette': { copy: join(REPO, 'themes/gazette') },
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildSmall(process.argv[2])

/**
 * The two columns, served and on the disk: `ways.sample` and `ways.small` are
 * `{folder, http, disk, slow}`. `late` has functions from a path to how many
 * milliseconds a server gives it late; `slow` the servers by the same names.
 */
export function columns(late = {}) {
  const ways = { sample: { folder: site().folder }, small: { folder: small() } }
  const servers = []
  before(async () => {
    const serve = async (root, delay) => {
      const server = await serveSlowly(root, delay)
      servers.push(server)
      return server
    }
    for (const way of Object.values(ways)) {
      const { root } = way.folder
      way.http = (await serve(root)).url
      way.disk = `${pathToFileURL(root).href}/`
      way.slow = {}
      for (const [name, delay] of Object.entries(late)) way.slow[name] = await serve(root, delay)
    }
  })
  after(() => servers.forEach((server) => server.stop()))
  return ways
}

/** The two ways to a site, by the words that a test's name has for them. */
export const ORIGINS = [['over http', 'http'], ['from a disk', 'disk']]
