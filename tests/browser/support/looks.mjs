/** What can be seen to be wrong with the page that is open: functions that run in it. */

/** Sideways scroll, broken or stretched pictures, titles that break inside a word: lines of text. */
export async function faultsHere() {
  const faults = []
  const all = (selector) => [...document.querySelectorAll(selector)]
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways: ${root.scrollWidth} of ${root.clientWidth} px`)

  for (const image of all('img')) {
    image.loading = 'eager'
    if (image.decode) await image.decode().catch(() => {})
    const name = image.alt || image.currentSrc.split('/').pop()
    if (image.naturalWidth === 0) faults.push(`a broken picture: ${name}`)
    const box = image.getBoundingClientRect()
    if (box.width < 4 || window.getComputedStyle(image).objectFit === 'cover') continue
    const [is, drawn] = [image.naturalWidth / image.naturalHeight, box.width / box.height]
    if (Math.abs(drawn / is - 1) > 0.03) faults.push(`“${name}” is stretched: ${Math.round(box.width)} by ${Math.round(box.height)}`)
  }
  for (const cut of all('.crop')) {
    const box = cut.getBoundingClientRect()
    // Cuts are 3 by 2; the picture that leads its section is 21 by 9 where it has the width.
    if (box.width > 0 && ![3 / 2, 21 / 9].some((shape) => Math.abs(box.width / box.height / shape - 1) < 0.02)) faults.push(`a cut of ${Math.round(box.width)} by ${Math.round(box.height)}`)
  }

  // The characters of a text and their places, `null` where one has none: the first rectangle of a line in WebKit lies on the line before.
  const signsOf = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    const signs = []
    while (walker.nextNode()) {
      const { data } = walker.currentNode
      for (let at = 0; at < data.length; at += 1) {
        const range = document.createRange()
        range.setStart(walker.currentNode, at)
        range.setEnd(walker.currentNode, at + 1)
        const rects = range.getClientRects()
        signs.push({ sign: data[at], box: rects.length ? rects[rects.length - 1] : null })
      }
    }
    return signs
  }

  // No title breaks within a word.
  const words = window.Intl?.Segmenter ? new Intl.Segmenter('zh', { granularity: 'word' }) : null
  for (const title of words ? all('h1, h2, h3, .subtitle, .neighbours .title, .event-title, .phase-names a') : []) {
    const box = title.getBoundingClientRect()
    if (box.width < 6 * parseFloat(window.getComputedStyle(title).fontSize)) continue
    const signs = signsOf(title)
    const text = signs.map(({ sign }) => sign).join('')
    const tops = signs.map(({ box }) => box?.top ?? null)
    for (const { segment, index, isWordLike } of words.segment(text)) {
      if (!isWordLike || segment.length < 2 || segment.length > 6 || !/^\p{Script=Han}+$/u.test(segment)) continue
      const lines = tops.slice(index, index + segment.length).filter((top) => top !== null)
      if (Math.max(...lines) - Math.min(...lines) > 4) faults.push(`a title breaks inside ${segment}: ${text.trim()}`)
    }
  }

  // Lines of running text are full: but for the marks that may not begin a line, nothing that comes next would have had room.
  for (const paragraph of all('.prose > p, .intro, .deck, .page-deck')) {
    const em = parseFloat(window.getComputedStyle(paragraph).fontSize)
    const right = paragraph.getBoundingClientRect().right
    const places = signsOf(paragraph).filter(({ box }) => box !== null)
    const begins = places.map((_, at) => at).filter((at) => at > 0 && places[at].box.top - places[at - 1].box.top > em / 2 && places[at].box.left < places[at - 1].box.left)
    // The last lines may be shorter, so that no single sign stands alone.
    const short = begins.slice(0, -4).find((at) => right - places[at - 1].box.right > 2.6 * em && places.slice(at, at + 2).every(({ sign }) => /\p{Script=Han}/u.test(sign)))
    if (short) faults.push(`a line that has room for more ends before “${places.slice(short, short + 6).map(({ sign }) => sign).join('')}”`)
  }

  // Lists look like the fields beside them.
  for (const list of all('select')) {
    const style = window.getComputedStyle(list)
    if ((style.appearance ?? style.webkitAppearance) !== 'none') faults.push('a list is drawn by the system')
  }
  return faults
}

/** Whether what `selector` names lies within the window. */
export function isInSight(selector) {
  const box = document.querySelector(selector)?.getBoundingClientRect()
  return Boolean(box) && box.top >= 0 && box.bottom <= window.innerHeight
}
