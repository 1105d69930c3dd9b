import { digitsOf } from './checksum.ts'
import { allMatches } from './match.ts'
import type { Detector, Span } from './span.ts'

/** Digits with the separators that telephone numbers are written with; at most two in a row. */
const run =
  /(?<![\w./-]|\d,)(?:\+|\((?=\+?\d))?\+?\d(?:[ .\-/()\u2219]{0,2}\d){5,18}(?:[ ,;]{0,2}(?:x|ext\.?|extension|Durchwahl) ?\d{1,5})?(?![\d]|[.,/-]\d)/gi
const named =
  /(?:phone|telephone|telefon|teléfono|téléphone|tel|mobile|mobil|móvil|portable|handy|cell|cellular|fax|sms|whatsapp|call(?:ed|ing)?|dial|ring|desk|text me|(?:phone|mobile|cell|contact|registered) number is|answering at|messages? to|registered|contact|reach (?:me|us|him|her|them)|rufnummer|anrufen|hotline|appel\w*|llam\w*)(?![\p{L}])[^\d]{0,24}$/iu
/** Words after it. */
const namedAfter = /^[^\p{L}\d]{0,3}(?:office|fax|mobile|cell|phone|tel)(?!\p{L})/iu
/** Grouped 3-3-4, as in North America. */
const american = /^\(?(?:1[ .-]?)?(?:\(\d{3}\)[ .\-/]{0,2}|\d{3}[ .\-/])\d{3}[ .-]\d{4}(?!\d)/
/** An area code in brackets, and two groups. */
const bracketed = /^\(\d{2,4}\) ?\d{3,4}[ -]\d{3,4}(?!\d)/
/** Grouped 3-3-2-2. */
const paired = /^\d{3}([ -])\d{3}\1\d{2}\1\d{2}(?!\d)/
/** Trunk prefix 0, then an area or mobile code, a separator, the rest; or a mobile number in one piece. */
const trunk = /^(?:\(?0[1-9]\d{0,4}(?:\)| |-|\/|\.)|0[ -]?\(?[1-9]\d{1,3}[) -]|0[5-9]\d{9}$|01[567]\d{8,9}$)/
/** A date, by its separators. */
const date = /^(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4})(?![-./]?\d{3})/

/** A date without separators, and numbers beside each other that end in a year. */
const compactDate = /^(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])$/
const table = /^\d{3} \d{3} (?:19|20)\d\d$/

/** Telephone numbers: international, North American, with a trunk 0, or any that the words before call one. */
export const findPhones: Detector = (text) => {
  const spans: Span[] = []
  for (const match of allMatches(text, run)) {
    const [found] = match
    const before = text.slice(Math.max(0, match.index - 48), match.index)
    const after = text.slice(match.index + found.length, match.index + found.length + 16)
    if (isPhone(found, before, after)) spans.push({ start: match.index, end: match.index + found.length, kind: 'phone' })
  }
  return spans
}

function isPhone(found: string, before: string, after: string): boolean {
  const count = digitsOf(found.replace(/[ ,;]{0,2}(?:x|ext|D).*$/i, '')).length
  if (count > 15 || (date.test(found) && count <= 8) || compactDate.test(found) || table.test(found)) return false
  if (/^\(?\+|^00[1-9]\d{0,2}\D/.test(found)) return count >= 8
  if (american.test(found)) return count === 10 || (count === 11 && /^\(?1/.test(found))
  if (trunk.test(found) && count >= 9 && count <= 12) return true
  if (bracketed.test(found) || (paired.test(found) && count === 10)) return true
  return count >= 6 && (named.test(before) || namedAfter.test(after))
}
