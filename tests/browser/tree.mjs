/** The few questions that these tests ask of a parsed HTML page. */

/** All elements below `node`, in document order; a template's content is not shown and not walked. */
export function* elements(node) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) yield child
    yield* elements(child)
  }
}

/** Those of `nodes` with one of the tag names. */
export function named(nodes, ...names) {
  return nodes.filter((node) => names.includes(node.tagName))
}

/** An attribute's value, or `null`. */
export function attribute(node, name) {
  return node?.attrs?.find((attr) => attr.name === name)?.value ?? null
}

/** The text of a node and all below it, white space made single. */
export function text(node) {
  return rawText(node).replace(/\s+/g, ' ').trim()
}

/** The text of a node and all below it, as it stands. */
export function rawText(node) {
  if (node.nodeName === '#text') return node.value
  return (node.childNodes ?? []).map(rawText).join('')
}
