import { digitsOf } from './checksum.ts'
import type { Detector, Span } from './span.ts'

/** Digits with the separators that telephone numbers are written with; at most two in a row. */
const run =
  /(?<![\w.,/-])(?:\+|\((?=\+?\d))?\+?\d(?:[ .\-/()\u2219]{0,2}\d){5,18}(?:[ ,;]{0,2}(?:x|ext\.?|extension|Durchwahl) ?\d{1,5})?(?![\d]|[.,/-]\d)/gi
const named =
  /(?:phone|telephone|telefon|teléfono|téléphone|tel|mobile|mobil|móvil|portable|handy|cell|cellular|fax|sms|whatsapp|call(?:ed|ing)?|dial|ring|text me|reach (?:me|us|him|her|them)|rufnummer|anrufen|hotline|appel\w*|llam\w*)(?![\p{L}])[^\n\d]{0,24}$/iu
/** North American: area and exchange begin with 2-9; grouped 3-3-4, or after +1. */
const american = /^\(?(?:1[ .-]?)?\(?[2-9]\d{2}\)?[ .\-/]{1,2}\d{3}[ .-]\d{4}(?!\d)/
/** Trunk prefix 0, then an area or mobile code, a separator, the rest. */
const trunk = /^\(?0[1-9]\d{0,4}(?:\)| |-|\/|\.|\) )/
/** Pairs as in France: 01 42 68 53 00. */
const date = /^(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4})(?![-./]?\d{3})/

/** Telephone numbers: international, North American, with a trunk 0, or any that the words before call one. */
export const findPhones: Detector = (text) => {
  const spans: Span[] = []
  for (const match of text.matchAll(run)) {
    const [found] = match
    const before = text.slice(Math.max(0, match.index - 48), match.index)
    if (isPhone(found, before)) spans.push({ start: match.index, end: match.index + found.length, kind: 'phone' })
  }
  return spans
}

function isPhone(found: string, before: string): boolean {
  const count = digitsOf(found.replace(/[ ,;]{0,2}(?:x|ext|D).*$/i, '')).length
  if (count > 15 || (date.test(found) && count <= 8)) return false
  if (/^\(?\+|^00[1-9]/.test(found)) return count >= 8
  if (american.test(found)) return count === 10 || (count === 11 && /^\(?1/.test(found))
  if (trunk.test(found) && count >= 9 && count <= 12) return true
  return count >= 6 && named.test(before)
}
