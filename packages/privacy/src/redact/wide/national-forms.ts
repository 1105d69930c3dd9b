import { digitsOf, luhn, mod97, verhoeff, weighted } from '../checksum.ts'
import { isIban } from '../iban.ts'
import { matchAt, matchesIn } from '../match.ts'
import type { Detector, Span } from '../span.ts'

/** A country's number in the form that it is printed in, which little else has. */
interface Form {
  readonly pattern: RegExp
  readonly holds: (digits: string) => boolean
  readonly kind: Span['kind']
}

const edge = { before: '(?<![A-Za-z0-9]|\\d[ .,-])', after: '(?![A-Za-z0-9]|[ .,-]\\d)' }
const form = (source: string, holds: Form['holds'], kind: Form['kind'] = 'national_id'): Form => ({
  pattern: new RegExp(edge.before + source + edge.after, 'g'),
  holds,
  kind,
})
const forms: readonly Form[] = [
  // India, Aadhaar: Verhoeff (UIDAI).
  form('[2-9]\\d{3}([ -])\\d{4}\\1\\d{4}', verhoeff),
  // Canada, SIN: Luhn; with blanks it would be a number by thousands in half of the world.
  form('[1-79]\\d{2}-\\d{3}-\\d{3}', luhn),
  // Australia, Medicare: the ninth digit checks the first eight.
  form('[2-6]\\d{3} \\d{5} \\d', (digits) => weighted(digits.slice(0, 8), [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8])),
  // Spain, social security: the last two are the others modulo 97, with a zero behind the province's two or without it (Tesorería General de la Seguridad Social).
  form('\\d{2}([ /-])\\d{7,8}\\1\\d{2}', isAffiliation),
  // Poland, an account without its country (NRB): as an IBAN has it.
  form('\\d{2}(?: \\d{4}){6}|\\d{26}', (digits) => isIban(`PL${digits}`), 'iban'),
]
/** India, PAN: the fourth letter is the holder's sort, P a person's (Income Tax Department). */
const pan = /(?<=(?<![A-Za-z0-9])([A-Z]{3}[ABCFGHJLPT][A-Z]))\d{4}[A-Z](?![A-Za-z0-9])/y
/** Letters of the number of a Medicare beneficiary in the United States, those that look like no digit; each place has its own sort (CMS). */
const letter = '[AC-HJKMNP-RT-Y]'
const medicare = new RegExp(
  `(?<![A-Za-z0-9-])[1-9]${letter}(?:${letter}|\\d)\\d-${letter}(?:${letter}|\\d)\\d-${letter}{2}\\d{2}(?![A-Za-z0-9-])`,
  'y',
)

/** National numbers that need no word before them in the form that they are printed in. */
export const findNationalForms: Detector = (text, { longNumbers, numbers }) => {
  const stretches = longNumbers.map(({ start, end }) => ({ start, end }))
  const whole = forms.flatMap(({ pattern, holds, kind }) =>
    matchesIn(text, stretches, pattern).flatMap(({ index, 0: { length }, 0: found }) =>
      holds(digitsOf(found)) ? [{ start: index, end: index + length, kind }] : [],
    ),
  )
  const begun = numbers.flatMap(({ start, end }) => {
    if (end - start !== 4 && end - start > 2) return []
    const match = matchAt(text, start, end - start === 4 ? pan : medicare)
    const before = match?.[1]?.length ?? 0
    return match === null ? [] : [spanAt(start - before, before + match[0].length)]
  })
  return [...whole, ...begun]
}

function isAffiliation(digits: string): boolean {
  const [checked, last] = [digits.slice(0, -2), Number(digits.slice(-2))]
  return mod97(checked) === last || (checked[2] === '0' && mod97(checked.slice(0, 2) + checked.slice(3)) === last)
}

function spanAt(start: number, length: number): Span {
  return { start, end: start + length, kind: 'national_id' }
}
