/** A run of text: as it was, or a placeholder that stands for something hidden. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hidden'; readonly what: string; readonly placeholder: string }

const placeholder = /\[([A-Z][A-Z_]*?)(?:_(\d+))?\]/g

/** Splits text at its placeholders: `Order of [PERSON_1]` is a text and a hidden `person 1`. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const found of text.matchAll(placeholder)) {
    if (found.index > at) pieces.push({ kind: 'text', text: text.slice(at, found.index) })
    const [whole, what = '', number] = found
    pieces.push({
      kind: 'hidden',
      what: `${what.toLowerCase().replaceAll('_', ' ')}${number === undefined ? '' : ` ${number}`}`,
      placeholder: whole,
    })
    at = found.index + whole.length
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}
