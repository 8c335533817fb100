/** Faults are lines of text; a test wants none. */
import assert from 'node:assert/strict'

/** The most lines that a failing test prints. */
const SHOWN = 40

/** Fails with the faults themselves, equal ones counted once. */
export function none(faults) {
  if (faults.length === 0) return
  const counts = new Map()
  for (const fault of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  const lines = [...counts].map(([fault, count]) => (count > 1 ? `${fault}  (${count} times)` : fault))
  const more = lines.length > SHOWN ? `\n… and ${lines.length - SHOWN} more` : ''
  assert.fail(`${faults.length} found:\n${lines.slice(0, SHOWN).join('\n')}${more}`)
}
