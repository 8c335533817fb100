/** What each case gave in each engine, a line of JSON each, for `browsers.mjs`; only where a run asks for it. */
import { appendFileSync } from 'node:fs'

/** Appends `line` to the file that `ZHUANLAN_RECORD` names, if any. */
export function record(line) {
  const file = process.env.ZHUANLAN_RECORD
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`)
}
