import { codeAt, isLetter } from './character.ts'
import { mod97 } from './checksum.ts'
import type { Detector, Span } from './span.ts'

/** Length of an IBAN by country (SWIFT IBAN registry). */
const lengths = new Map(
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MA28MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'
    .match(/.{4}/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)
const start = /(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d[ -]?\d/y

/** IBANs by country, length and check digits; spaced in any way, in either case. */
export const findIbans: Detector = (text, look) => {
  const spans: Span[] = []
  for (const { start: number } of look.numbers) {
    const from = number - (isLetter(codeAt(text, number - 1)) ? 2 : 3)
    if (!isLetter(codeAt(text, from)) || !isLetter(codeAt(text, from + 1))) continue
    start.lastIndex = from
    const end = start.test(text) ? ibanEnd(text, from) : undefined
    if (end !== undefined) spans.push({ start: from, end, kind: 'iban' })
  }
  return spans
}

/** What an IBAN of a length looks like from its first letter on, spaced in any way. */
const shapes = new Map(
  [...new Set(lengths.values())].map((length) => [
    length,
    new RegExp(`(?:[A-Za-z0-9][ .\\t-]?){${length - 1}}[A-Za-z0-9](?![A-Za-z0-9])`, 'y'),
  ]),
)

function ibanEnd(text: string, from: number): number | undefined {
  const shape = shapes.get(lengths.get(text.slice(from, from + 2).toUpperCase()) ?? 0)
  if (shape === undefined) return undefined
  shape.lastIndex = from
  const found = shape.exec(text)?.[0]
  return found !== undefined && isIban(found.replace(/[^A-Za-z0-9]/g, '').toUpperCase()) ? from + found.length : undefined
}

/** Whether a compact upper-case IBAN's check digits hold (ISO 13616). */
export function isIban(compact: string): boolean {
  const moved = compact.slice(4) + compact.slice(0, 4)
  return mod97(moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) === 1
}
