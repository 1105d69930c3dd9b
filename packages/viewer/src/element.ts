import { piecesOf } from './pieces.ts'

/** Makes an element of a class, with children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.className = className
  made.append(...children)
  return made
}

/** Text with its placeholders as chips. Recorded text is only ever text: nothing of it is parsed. */
export function withChips(text: string): (Node | string)[] {
  return piecesOf(text).map((piece) => {
    if (piece.kind === 'text') return piece.text
    const chip = element('span', 'chip', [piece.what])
    chip.title = `Hidden before it was stored: ${piece.what}`
    return chip
  })
}
