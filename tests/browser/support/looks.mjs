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

  // Lines of titles, by the places of their characters: the first rectangle of a line in WebKit lies on the line before.
  const words = window.Intl?.Segmenter ? new Intl.Segmenter('zh', { granularity: 'word' }) : null
  for (const title of words ? all('h1, h2, h3, .subtitle, .neighbours .title, .event-title, .phase-names a') : []) {
    const box = title.getBoundingClientRect()
    if (box.width < 6 * parseFloat(window.getComputedStyle(title).fontSize)) continue
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT)
    const tops = []
    let text = ''
    while (walker.nextNode()) {
      const { data } = walker.currentNode
      for (let at = 0; at < data.length; at += 1) {
        const range = document.createRange()
        range.setStart(walker.currentNode, at)
        range.setEnd(walker.currentNode, at + 1)
        const rects = range.getClientRects()
        tops.push(rects.length ? rects[rects.length - 1].top : null)
      }
      text += data
    }
    for (const { segment, index, isWordLike } of words.segment(text)) {
      if (!isWordLike || segment.length < 2 || segment.length > 6 || !/^\p{Script=Han}+$/u.test(segment)) continue
      const lines = tops.slice(index, index + segment.length).filter((top) => top !== null)
      if (Math.max(...lines) - Math.min(...lines) > 4) faults.push(`a title breaks inside ${segment}: ${text.trim()}`)
    }
  }
  return faults
}

/** Whether what `selector` names lies within the window. */
export function isInSight(selector) {
  const box = document.querySelector(selector)?.getBoundingClientRect()
  return Boolean(box) && box.top >= 0 && box.bottom <= window.innerHeight
}
