/** Columns that nobody plans for, as files by their paths. */
import { deflateSync } from 'node:zlib'

/** Sixty characters. */
const LONG = '从“为什么学、学什么、怎样学”三个问题说起：全市公安机关主要领导听党课、一百八十个党支部每周二周四集中学习的做法体会综述'
const TOPICS = Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? `名字很长的第${at}个主题` : `主题${at}号`))

const piece = (title, day, more = '', body = '正文只有一句。') => `---\ntitle: ${title}\ndate: ${day}\nsummary: 一句话说明这一篇。\n${more}---\n\n${body}\n`

/** A picture of so many pixels, as a PNG: a slope from dark to light. */
export function picture(width, height) {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  const crc = (bytes) => {
    let c = 0xffffffff
    for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8)
    return (c ^ 0xffffffff) >>> 0
  }
  const chunk = (name, data) => {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const body = Buffer.concat([Buffer.from(name), data])
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc(body))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = 1 + width * 3
  const pixels = Buffer.alloc(row * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = Math.floor(((x / width + y / height) * 255) / 2)
      pixels.fill(shade, y * row + 1 + x * 3, y * row + 4 + x * 3)
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))])
}

/** Three hundred pieces in a section, none with a photo; a name of two lines. */
export function many() {
  const files = {
    'column.yaml': `title: 教育整顿进行时全市公安队伍专栏
base_url: https://www.example.org/
sections:
  - {folder: news, title: 新闻动态}
  - {folder: study, title: 学习资料与交流体会}
phases:
  - {name: 学习教育, slug: learning, start: 2021-03-08, end: 2021-04-15}
`,
    'content/study/wide.md': piece(LONG, '2021-03-09', '', [
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft 和 https://www.example.org/a/very/long/path/that/does/not/end/soon/index.html 也要装得下。',
      '| 一 | 二 | 三 | 四 | 五 | 六 | 七 |\n|---|---|---|---|---|---|---|\n| 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 | 数据一二三 |',
    ].join('\n\n')),
  }
  for (let at = 0; at < 300; at += 1) {
    const topics = at === 0 ? TOPICS : [0, 1, 2].map((step) => TOPICS[(at * 3 + step) % 40])
    const day = `2021-0${1 + Math.floor(at / 140)}-${String(1 + (at % 28)).padStart(2, '0')} 09:00`
    files[`content/news/n${at}.md`] = piece(at % 7 === 0 ? LONG : `第${at}号消息，队伍在学`, day, `topics: [${topics.join(', ')}]\n`)
  }
  return files
}

/** One piece, no phase, no photo, a name of two characters. */
export const one = () => ({
  'column.yaml': 'title: 专栏\nbase_url: https://www.example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n',
  'content/news/a.md': piece('全市公安队伍教育整顿动员部署电视电话会召开', '2021-03-08 18:10'),
})

/** A long name, six phases, forty topics, portrait photos, and every block there is with long words in it. */
export function extreme() {
  const phases = ['动员部署', '学习教育和政治轮训', '对照检查与自查自纠', '组织查处', '整改提升', '总结验收和建章立制']
  const dates = ['03-01|03-07', '03-08|04-15', '04-16|05-10', '05-11|06-10', '06-11|07-10', '07-11|07-31']
  const phase = (name, at) => `  - {name: ${name}, slug: p${at}, start: 2021-${dates[at].split('|')[0]}, end: 2021-${dates[at].split('|')[1]}, goals: [全市公安机关一百八十个党支部每周二周四集中学习, 人人过关]}`
  const blocks = [
    `![竖的照片](tall.png "${LONG}")`,
    `\`\`\`gallery\ntitle: ${LONG.slice(0, 24)}\nphotos:\n  - {src: tall.png, alt: 竖, caption: 竖着拍的一幅}\n  - {src: narrow.png, alt: 更窄, caption: 一比二的一幅}\n  - {src: wide.png, alt: 横, caption: 横着拍的一幅}\n\`\`\``,
    `\`\`\`timeline\ntitle: 大事\nitems:\n  - {date: 2021-03-08, title: ${LONG}}\n  - {date: 2020-12-31, title: 上一年的一件事}\n\`\`\``,
    `\`\`\`figures\ntitle: 数字\nitems:\n  - {value: "180", unit: 个, label: 每周二周四下午集中学习的党支部}\n  - {value: "3,124", unit: 人次, label: 参加}\n\`\`\``,
    `\`\`\`ledger\ntitle: 征求意见\nas_of: 2021-03-21\ncollected: 8\nanswered: 3\nitems:\n${Array.from({ length: 8 }, (_, at) => `  - {question: ${LONG.slice(at, at + 40).replaceAll(/[“”：、，]/gu, '')}, from: 名字很长的一个派出所第${at}警务室, status: ${at < 3 ? 'answered, answer: 已经办了' : 'open'}}`).join('\n')}\n\`\`\``,
    `\`\`\`quiz\ntitle: 自测\nitems:\n  - {question: ${LONG.slice(3, 40).replaceAll(/[“”：、，]/gu, '')}, options: [${LONG.slice(20, 45).replaceAll(/[“”：、，]/gu, '')}, 乙], answer: A, explain: 原文如此。}\n\`\`\``,
  ]
  const files = {
    'column.yaml': `title: 全市公安机关队伍教育整顿暨党史学习教育专题专栏进行时
base_url: https://www.example.org/
sections:
  - {folder: news, title: 新闻动态和工作简报}
  - {folder: stories, title: 图片, kind: story}
  - {folder: study, title: 学习资料, kind: material}
units: [{name: 名字很长的一个分局政治部宣传科}, {name: 源汇分局}]
phases:
${phases.map(phase).join('\n')}
`,
    'content/news/a/index.md': piece(`"${LONG}"`, '2021-03-20 18:30', `subtitle: ${LONG.slice(0, 40)}\ntopics: [${TOPICS.join(', ')}]\nunits: [名字很长的一个分局政治部宣传科, 源汇分局]\nphase: 学习教育和政治轮训\nseries: 一支队伍怎样坐下来\nbyline: {通讯员: [张庆伟, 姚艳辉], 摄影: [一位名字很长的通讯员]}\n`, blocks.join('\n\n')),
    'content/news/a/tall.png': picture(900, 1200),
    'content/news/a/narrow.png': picture(600, 1200),
    'content/news/a/wide.png': picture(1400, 800),
    'content/news/b.md': piece(LONG.slice(23), '2020-12-31', `phase: 动员部署\nseries: 一支队伍怎样坐下来\nunits: [源汇分局]\n`),
    'content/stories/s/index.md': piece(LONG.slice(23), '2021-03-15', 'phase: 学习教育和政治轮训\n', [1, 2, 3, 4].map((at) => `![第${at}幅](${at % 2 ? 'w' : 't'}${at}.png "第${at}幅，竖着的照片在双数的位置，横着的在单数的位置")\n\n${LONG}`).join('\n\n')),
    'content/study/m/index.md': piece(LONG, '2021-03-12', `files: [汇编.txt]\nissuer: 名字很长的一个局队伍教育整顿领导小组办公室\nnumber: 某公教整办〔2021〕1号\nversion: 第一版\n`, '请照此学习。'),
    'content/study/m/汇编.txt': '学习资料\n\n摘编本\n',
  }
  for (const at of [1, 2, 3, 4]) files[`content/stories/s/${at % 2 ? 'w' : 't'}${at}.png`] = at % 2 ? picture(1200, 800) : picture(810, 1080 + at)
  return files
}

/** A column in another language than the theme was made for. */
function foreign(language, { title, section, stories, name, phase, word }) {
  return {
    'column.yaml': `title: ${title}
language: ${language}
base_url: https://www.example.org/
sections:
  - {folder: news, title: ${section}}
  - {folder: stories, title: ${stories}, kind: story}
phases:
  - {name: ${phase}, slug: one, start: 2021-03-08, end: 2021-04-15, goals: ["${word}"]}
  - {name: ${phase} 2, slug: two, start: 2021-04-16, end: 2021-05-15}
`,
    'content/news/a/index.md': `---\ntitle: "${name}"\ndate: 2021-03-20 18:30\nsummary: ${word}\ntopics: ["${word}"]\nphase: ${phase}\n---\n\n${word}[^1]\n\n![${word}](tall.png "${word}")\n\n[^1]: ${word}\n`,
    'content/news/a/tall.png': picture(900, 1200),
    'content/stories/s/index.md': `---\ntitle: ${name.slice(0, 30)}\ndate: 2021-03-10\nsummary: ${word}\n---\n\n![${word}](wide.png "${word}")\n`,
    'content/stories/s/wide.png': picture(1200, 800),
  }
}

export const english = () =>
  foreign('en', {
    title: 'A season of learning in the city police',
    section: 'News and announcements',
    stories: 'Pictures',
    name: 'What a hundred and eighty branches learnt by reading together on Tuesdays and Thursdays',
    phase: 'Learning together',
    word: 'All of them, without an exception.',
  })

export const traditional = () =>
  foreign('zh-TW', {
    title: '隊伍教育進行時',
    section: '新聞動態',
    stories: '圖片',
    name: '從為什麼學、學什麼、怎樣學三個問題說起：一百八十個支部每週二週四集中學習的體會',
    phase: '學習教育',
    word: '人人參加，一個不少。',
  })

/** The sample and all of these: a name, the files where it is not the sample, and pages to look at besides one of each kind. */
export const columns = [
  ['sample', null, []],
  ['one piece', one, ['news/a.html']],
  ['three hundred pieces, none with a photo', many, ['news/n0.html', 'news/page-8.html', 'study/wide.html', 'topics/index.html']],
  ['a long name, six phases, forty topics, portrait photos', extreme, ['news/a.html', 'stories/s.html', 'study/m.html', 'stories/index.html']],
  ['English', english, ['news/a.html', 'stories/index.html']],
  ['traditional Chinese', traditional, ['news/a.html', 'stories/index.html']],
]
