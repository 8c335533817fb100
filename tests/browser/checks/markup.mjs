/** HTML by the standard, and by our own stricter promises. */
import { attribute, named, text } from '../tree.mjs'
import { packageFile, run, tool } from '../tools.mjs'

/**
 * Messages of the Nu checker that are passed over, each with its reason. Keep
 * it empty: a page can nearly always be written so that the checker is content.
 */
const PASSED_OVER = []

/** The Nu HTML checker over all HTML and SVG files of a folder, in one call. */
export function checkByNu(folder) {
  const files = folder.paths.filter((path) => /\.(html|svg)$/.test(path))
  const args = ['-jar', packageFile('vnu-jar/build/dist/vnu.jar'), '--format', 'json', '--stdout', '--also-check-svg', ...files]
  const done = run(tool('java'), args, { cwd: folder.root })
  let messages
  try {
    messages = JSON.parse(done.stdout).messages
  } catch {
    throw new Error(`the Nu checker did not run:\n${done.stderr}${done.stdout}`)
  }
  return messages
    .filter((message) => !PASSED_OVER.some((passed) => passed.test(message.message)))
    .map((message) => {
      const place = decodeURI(message.url ?? '').replace(/^file:/, '').replace(`${folder.root}/`, '')
      const kind = message.subType ?? message.type
      return `${place}:${message.lastLine ?? 0}: ${kind}: ${message.message} ${JSON.stringify(message.extract ?? '')}`
    })
}

/** What the Nu checker allows and we do not. */
export function checkMarkup(folder) {
  return folder.pages.flatMap((path) => {
    const page = folder.page(path)
    return [...inlineCode(page), ...pictures(page), ...language(page), ...headings(page)].map((message) => `${path}: ${message}`)
  })
}

/** A strict policy forbids styles and scripts inside the page. */
function inlineCode(page) {
  const said = []
  for (const node of page.all) {
    if (node.tagName === 'style') said.push('has a <style>')
    const isData = attribute(node, 'type') === 'application/ld+json'
    if (node.tagName === 'script' && attribute(node, 'src') === null && !isData) said.push('has an inline script')
    for (const { name } of node.attrs) {
      if (name === 'style' || name.startsWith('on')) said.push(`has \`${name}=\` on <${node.tagName}>`)
    }
  }
  return said
}

/** A picture without a size moves the text when it comes; one without `alt` is mute. */
function pictures(page) {
  return named(page.all, 'img').flatMap((node) => {
    const source = attribute(node, 'src')
    const said = []
    if (!/^[1-9]\d*$/.test(attribute(node, 'width') ?? '') || !/^[1-9]\d*$/.test(attribute(node, 'height') ?? '')) {
      said.push(`a picture without width and height: ${source}`)
    }
    if (attribute(node, 'alt') === null) said.push(`a picture without alt: ${source}`)
    return said
  })
}

function language(page) {
  const lang = attribute(named(page.all, 'html')[0], 'lang')
  return /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(lang ?? '') ? [] : [`lang is \`${lang}\``]
}

function headings(page) {
  const said = []
  const count = named(page.all, 'h1').length
  if (count !== 1) said.push(`has ${count} h1`)
  if (text(named(page.all, 'title')[0] ?? { childNodes: [] }) === '') said.push('has no title')
  return said
}
