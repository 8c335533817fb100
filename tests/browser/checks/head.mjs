/** What a page says of itself to machines: names, dates, cards, structured data. */
import { attribute, named, rawText, text } from '../tree.mjs'
import { isPubDate, isRfc3339 } from './dates.mjs'

/** 栏目类别 as 国办发〔2017〕47号 lists them. */
const COLUMN_TYPES = [
  '首页', '概况信息', '机构职能', '负责人信息', '工作动态', '政策文件', '信息公开指南', '信息公开目录', '信息公开年报',
  '依法申请公开', '数据发布', '数据开放', '政策解读', '回应关切', '办事服务', '咨询投诉', '征集调查', '在线访谈',
]

const SITE = ['SiteName', 'SiteDomain', 'SiteIDCode']
const COLUMN = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType']
const ARTICLE = ['ArticleTitle', 'PubDate', 'ContentSource']

/** Pages of these kinds are content, and those of a section. */
const CONTENT_KINDS = ['article', 'story', 'material']

/** What is wrong in the head of each page. */
export function checkHeads(folder, base) {
  const faults = []
  const titles = new Map()
  for (const path of folder.shownPages) {
    const page = folder.page(path)
    const head = readHead(page)
    const said = [...government(page, head), ...canonical(folder, page, head, base), ...card(folder, page, head, base)]
    if (head.title !== '' && titles.has(head.title) && !page.noindex) said.push(`has the title of ${titles.get(head.title)}`)
    titles.set(head.title, path)
    // The government's Description and HTML's description are one: names of meta tags have no case.
    const description = [...head.names].filter(([name]) => name.toLowerCase() === 'description').flatMap(([, values]) => values)
    if (!page.noindex && (description.length !== 1 || description[0].trim() === '')) said.push(`has ${description.length} descriptions`)
    faults.push(...said.map((message) => `${path}: ${message}`))
  }
  return faults
}

/** The meta tags by name and by property, the title, the canonical address. */
function readHead(page) {
  const names = new Map()
  const properties = new Map()
  for (const node of named(page.all, 'meta')) {
    for (const [key, map] of [['name', names], ['property', properties]]) {
      const name = attribute(node, key)
      if (name !== null) map.set(name, [...(map.get(name) ?? []), attribute(node, 'content') ?? ''])
    }
  }
  const link = named(page.all, 'link').find((node) => attribute(node, 'rel') === 'canonical')
  const title = named(page.all, 'title')[0]
  return { names, properties, canonical: attribute(link, 'href'), title: title ? text(title) : '' }
}

/** The tags of 国办发〔2017〕47号, 附件 网页设计规范: each once, none empty. */
function government(page, head) {
  const isContent = CONTENT_KINDS.includes(page.kind) || head.names.has('ArticleTitle')
  const isColumn = CONTENT_KINDS.includes(page.kind) || page.kind === 'section' || head.names.has('ColumnName')
  const wanted = [...SITE, ...(isColumn ? COLUMN : []), ...(isContent ? ARTICLE : [])]
  const said = []
  for (const name of wanted) {
    const values = head.names.get(name) ?? []
    if (values.length !== 1) said.push(`has ${values.length} ${name}`)
    else if (values[0].trim() === '') said.push(`${name} is empty`)
  }
  const [type] = head.names.get('ColumnType') ?? []
  if (type !== undefined && !COLUMN_TYPES.includes(type)) said.push(`ColumnType is \`${type}\``)
  const [date] = head.names.get('PubDate') ?? []
  if (date !== undefined && !isPubDate(date)) said.push(`PubDate is \`${date}\``)
  const shown = text(named(page.all, 'main')[0] ?? { childNodes: [] })
  if (date !== undefined && !shown.includes(date)) said.push(`does not show its PubDate \`${date}\``)
  const [title] = head.names.get('ArticleTitle') ?? []
  const heading = text(named(page.all, 'h1')[0] ?? { childNodes: [] })
  if (title !== undefined && title !== heading) said.push(`ArticleTitle is \`${title}\`, the heading \`${heading}\``)
  return said
}

/** The address of a page is its own, and there. */
function canonical(folder, page, head, base) {
  if (page.noindex || page.path === '404.html') return []
  if (head.canonical === null) return ['has no canonical address']
  return head.canonical === base + page.path || (page.path === 'index.html' && head.canonical === base)
    ? []
    : [`its canonical address is \`${head.canonical}\``]
}

/** OpenGraph: the four properties that it requires, and ours. */
function card(folder, page, head, base) {
  if (page.noindex || page.path === '404.html') return []
  const said = []
  const value = (name) => (head.properties.get(name) ?? [''])[0]
  for (const name of ['og:title', 'og:type', 'og:url', 'og:image', 'og:site_name', 'og:description', 'og:locale']) {
    const values = head.properties.get(name) ?? []
    // A property may have several values where its standard says so: pictures of several shapes.
    const isMany = name === 'og:image' && values.length > 1
    if ((values.length !== 1 && !isMany) || values.some((value) => value.trim() === '')) said.push(`has ${values.length} ${name}`)
  }
  if (value('og:url') !== head.canonical) said.push(`og:url is \`${value('og:url')}\``)
  for (const image of head.properties.get('og:image') ?? []) {
    if (image && !existing(folder, image, base)) said.push(`og:image is not there: \`${image}\``)
  }
  if (CONTENT_KINDS.includes(page.kind)) {
    if (value('og:type') !== 'article') said.push(`og:type is \`${value('og:type')}\``)
    if (!isRfc3339(value('article:published_time'))) said.push(`article:published_time is \`${value('article:published_time')}\``)
  }
  return said
}

/** Whether an absolute address of our own is that of a file of the site. */
export function existing(folder, url, base) {
  if (!url.startsWith(base)) return false
  const path = decodeURIComponent(url.slice(base.length).split('#')[0])
  return folder.files.has(path === '' ? 'index.html' : path)
}

/** JSON-LD of every page: it parses, and says what search engines require of a news article and of breadcrumbs. */
export function checkStructuredData(folder, base) {
  return folder.shownPages.flatMap((path) => {
    const page = folder.page(path)
    const said = []
    const things = []
    for (const node of named(page.all, 'script').filter((script) => attribute(script, 'type') === 'application/ld+json')) {
      try {
        const value = JSON.parse(rawText(node))
        if (value['@context'] !== 'https://schema.org') said.push(`JSON-LD @context is \`${value['@context']}\``)
        things.push(...(value['@graph'] ?? (Array.isArray(value) ? value : [value])))
      } catch (error) {
        said.push(`JSON-LD does not parse: ${error.message}`)
      }
    }
    if (CONTENT_KINDS.includes(page.kind)) {
      said.push(...newsArticle(folder, page, things, base), ...breadcrumbs(folder, things, base))
    } else if (things.some((thing) => thing['@type'] === 'BreadcrumbList')) {
      said.push(...breadcrumbs(folder, things, base))
    }
    return said.map((message) => `${path}: ${message}`)
  })
}

function newsArticle(folder, page, things, base) {
  const article = things.find((thing) => /^(NewsArticle|Article|ImageGallery|LearningResource|DigitalDocument)$/.test(thing['@type']))
  if (!article) return ['has no JSON-LD of an article']
  const said = []
  const heading = text(named(page.all, 'h1')[0])
  if ((article.headline ?? article.name) !== heading) said.push(`JSON-LD headline is \`${article.headline ?? article.name}\``)
  if (!isRfc3339(article.datePublished ?? '')) said.push(`JSON-LD datePublished is \`${article.datePublished}\``)
  if (article.dateModified !== undefined && !isRfc3339(article.dateModified)) said.push(`JSON-LD dateModified is \`${article.dateModified}\``)
  if (!article.publisher?.name) said.push('JSON-LD has no publisher')
  if (![article.author].flat().every((author) => author?.name)) said.push('JSON-LD has no author')
  const place = article.mainEntityOfPage?.['@id'] ?? article.mainEntityOfPage ?? article.url
  if (place !== base + page.path) said.push(`JSON-LD is of \`${place}\``)
  for (const image of [article.image ?? []].flat()) {
    if (!existing(folder, image.url ?? image, base)) said.push(`JSON-LD image is not there: \`${image.url ?? image}\``)
  }
  return said
}

function breadcrumbs(folder, things, base) {
  const list = things.find((thing) => thing['@type'] === 'BreadcrumbList')
  if (!list) return ['has no JSON-LD of breadcrumbs']
  const said = []
  for (const [index, step] of list.itemListElement.entries()) {
    if (step['@type'] !== 'ListItem' || step.position !== index + 1 || !step.name) said.push(`breadcrumb ${index + 1} is not well made`)
    const place = step.item?.['@id'] ?? step.item
    // The last step may do without an address: it is the page itself.
    if (place === undefined ? index + 1 < list.itemListElement.length : !existing(folder, place, base)) {
      said.push(`breadcrumb ${index + 1} leads nowhere: \`${place}\``)
    }
  }
  return said
}
