/** A small column made for a test and built by the program: for what the sample column does not have. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Folder } from './folder.mjs'
import { BASE, NOW, REPO, binary } from './site.mjs'
import { run } from './tools.mjs'

/** A photo of the sample column, to be copied. */
export const photo = (name) => ({ copy: join(REPO, 'content/photos', `${name}.png`) })

/**
 * Builds `files` (text by path from the column's root, or `{copy}`) with the
 * built-in theme and gives `{folder, findings, remove}`.
 */
export function column(files, now = NOW) {
  const home = mkdtempSync(join(tmpdir(), 'zhuanlan-column-'))
  const remove = () => rmSync(home, { recursive: true, force: true })
  process.once('exit', remove)
  return { ...builtIn(home, files, now), remove }
}

/** The same in the folder `home`, which stays. */
export function builtIn(home, files, now = NOW) {
  for (const [path, content] of Object.entries(files)) {
    const place = join(home, path)
    mkdirSync(dirname(place), { recursive: true })
    if (content.copy) cpSync(content.copy, place, { recursive: true })
    else writeFileSync(place, content)
  }
  const built = run(binary(), ['build', '--root', home, '--base-url', BASE, '--now', now, '--format', 'json'])
  if (built.code !== 0) throw new Error(`\`zhuanlan build\` ended with ${built.code}:\n${built.stderr}${built.stdout}`)
  return { folder: new Folder(join(home, 'output')), findings: JSON.parse(built.stdout).findings }
}

/** An article's text. */
export function article(title, date, body = '正文。', front = '') {
  return `---\ntitle: ${title}\ndate: ${date}\nsummary: 摘要。\n${front}---\n\n${body}\n`
}
