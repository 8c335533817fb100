/** Faults are lines of text, `place: what`; a test wants none. */
import assert from 'node:assert/strict'

/** The most faults, and the most places of one fault, that a failing test prints. */
const FAULTS = 40
const PLACES = 4

/** Fails with the faults themselves; one that is in many places is told once, with some of them. */
export function none(faults) {
  if (faults.length === 0) return
  const places = new Map()
  for (const fault of faults) {
    const cut = fault.indexOf(': ')
    const what = fault.slice(cut + 2)
    places.set(what, [...(places.get(what) ?? []), fault.slice(0, Math.max(cut, 0))])
  }
  const lines = [...places].map(([what, where]) => {
    const shown = [...new Set(where)]
    const more = shown.length > PLACES ? ` and ${shown.length - PLACES} more` : ''
    return `${shown.slice(0, PLACES).join(', ')}${more}: ${what}`
  })
  const more = lines.length > FAULTS ? `\n… and ${lines.length - FAULTS} more` : ''
  assert.fail(`${faults.length} found:\n${lines.slice(0, FAULTS).join('\n')}${more}`)
}
