import { digitsOf, luhn } from './checksum.ts'
import { allMatches, matchesIn } from './match.ts'
import type { Detector, Span } from './span.ts'

/** Groups of digits with at most one separator between them. */
const groups = /(?<!\d)\d+(?:[ .\-_/·\u2219]\d+){0,40}/g
/** Lengths that an issuer's numbers have, by the digits they begin with (ISO/IEC 7812, issuers' public ranges). */
const issuers: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65|62|81)/, [16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:2131|1(?:800|(?!\d\d(?:0[1-9]|1[0-2]))))/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^(?:220[0-4]|9792|50[0-9]|5[6-9]|6)/, [16, 18, 19]],
]

const cardWords = /card|kart|carte|tarjeta|\bcc|maestro|visa|amex/i
/** Words before a number that make it a card's, also where the issuer is unknown or a digit was mistyped. */
const named =
  /(?:credit ?card|debit ?card|card ?(?:number|no|nr|num|#)|kredit-?karten?\w*|kartennummer|carte (?:bancaire|de crédit|bleue)|tarjeta|\bcc|\bcard|maestro|mastercard|visa|amex)(?![\p{L}])[^\d\n]{0,24}$/iu
const namedSurely = /(?:card ?(?:number|no|nr|num|#)|kartennummer|numéro de carte|número de (?:la )?tarjeta)(?![\p{L}])[^\d\n]{0,16}$/iu

/** Whether digits are a payment card's number: an issuer's range and length, and Luhn. */
export function isCard(digits: string): boolean {
  return lengthsOf(digits).includes(digits.length) && luhn(digits) && new Set(digits).size > 1
}

function lengthsOf(digits: string): readonly number[] {
  return issuers.find(([start]) => start.test(digits))?.[1] ?? []
}

/** Card numbers, whole or grouped, also next to an expiry or a security code; any that the words before call one. */
export const findCards: Detector = (text, look) => {
  const spans: Span[] = []
  const long = look.longNumbers.filter(({ count }) => count >= 12)
  if (long.length === 0) return spans
  const cardWord = cardWords.test(text)
  for (const match of matchesIn(text, long, groups)) {
    const digits = digitsOf(match[0]).length
    if (digits < 12) continue
    const before = !cardWord ? '' : text.slice(Math.max(0, match.index - 48), match.index)
    const whole = digits <= 19 && ((named.test(before) && luhn(digitsOf(match[0]))) || (digits >= 15 && namedSurely.test(before)))
    if (whole) spans.push({ start: match.index, end: match.index + match[0].length, kind: 'card' })
    else spans.push(...cardsIn(match[0], match.index))
  }
  return spans
}

/** Tries every stretch of whole groups that could be a card, leftmost first, the longest that is one. */
function cardsIn(text: string, offset: number): readonly Span[] {
  const groupsOfDigits = allMatches(text, /\d+/g)
  const spans: Span[] = []
  for (let from = 0; from < groupsOfDigits.length; from += 1) {
    const count = cardGroups(groupsOfDigits, from)
    const first = groupsOfDigits[from]
    const last = groupsOfDigits[from + count - 1]
    if (count === 0 || first === undefined || last === undefined) continue
    spans.push({ start: offset + first.index, end: offset + last.index + last[0].length, kind: 'card' })
    from += count - 1
  }
  return spans
}

/** How many groups from one on make a card; 0 for none. */
function cardGroups(groupsOfDigits: readonly RegExpExecArray[], from: number): number {
  let digits = ''
  let found = 0
  let lengths: readonly number[] | undefined
  for (let count = 1; digits.length < 19 && from + count <= groupsOfDigits.length; count += 1) {
    digits += groupsOfDigits[from + count - 1]?.[0] ?? ''
    if (digits.length < 13) continue
    lengths ??= lengthsOf(digits)
    if (lengths.includes(digits.length) && isCard(digits)) found = count
  }
  return found
}
