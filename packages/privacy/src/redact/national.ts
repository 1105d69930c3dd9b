import { digitsOf, isDay, luhn, mod1110, mod97, verhoeff, weighted } from './checksum.ts'
import type { FoundWord } from './look.ts'
import { matchesIn } from './match.ts'
import type { Detector, Span } from './span.ts'

/** One country's number: how it is written, and whether a match is one. `sure`: needs no word before it that says so. */
interface Rule {
  readonly source: string
  readonly pattern: RegExp
  readonly holds: (found: string) => boolean
  readonly sure: boolean
}

const edge = { before: '(?<![A-Za-z0-9]|\\d[.,-])', after: '(?![A-Za-z0-9]|[.,-]\\d)' }
const rule = (source: string, holds: (found: string) => boolean, sure = true): Rule => ({
  source,
  pattern: new RegExp(edge.before + source + edge.after, 'iy'),
  holds,
  sure,
})

const rules: readonly Rule[] = [
  // US SSN and ITIN: areas 000 and 666, group 00 and serial 0000 were never given out (SSA).
  rule('\\d{3}([-.])\\d{2}\\1\\d{4}', isSsn),
  rule('\\d{3} \\d{2} (?!19|20)\\d{4}', isSsn),
  rule('\\d{9}', isSsn, false),
  // UK National Insurance number: prefixes by HMRC's rules.
  rule('(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]', () => true),
  // UK NHS number: modulus 11.
  rule('\\d{3}[ -]\\d{3}[ -]\\d{4}', (found) => nhs(digitsOf(found)), false),
  rule('\\d{10}', nhs, false),
  // France, numéro de sécurité sociale: key is 97 minus the number modulo 97.
  rule('[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-4]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}', nir),
  // Germany, tax number: ISO 7064; among the first ten digits one stands twice or thrice.
  rule('[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}', (found) => german(digitsOf(found)), false),
  // Germany, insurance number: weights, digit sums.
  rule('\\d{2} ?\\d{6} ?[A-Z] ?\\d{3}', germanInsurance),
  // Spain, DNI and NIE: the letter is the number modulo 23.
  rule('[XYZ]?-?\\d{7,8}-?[A-Z]', spanish),
  // Italy, codice fiscale.
  rule('[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]', italian),
  // Poland, PESEL: date and weights.
  rule('\\d{11}', polish),
  // Turkey, Brazil: two check digits each.
  rule('[1-9]\\d{10}', turkish),
  rule('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', (found) => brazilian(digitsOf(found))),
  rule('\\d{11}', brazilian, false),
  // Sweden: date and Luhn. Finland: date and a letter of 31. Norway: date and two check digits. Denmark: date only.
  rule('(?:19|20)?\\d{6}[-+]\\d{4}', swedish),
  rule('(?:19|20)\\d{10}', swedish),
  rule('\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]', finnish),
  rule('\\d{6} ?\\d{5}', (found) => norwegian(digitsOf(found))),
  rule('(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{2}-\\d{4}', () => true, false),
  // Belgium: 97 minus the number modulo 97. Switzerland: AHV, an EAN-13 that begins with 756. Netherlands: BSN.
  rule('\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}', (found) => belgian(digitsOf(found))),
  rule('756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}', (found) => ean13(digitsOf(found))),
  rule('\\d{9}', dutch, false),
  // India: Aadhaar by Verhoeff, PAN by its letters. China: modulus 11-2 with a date. Korea: date and weights.
  rule('[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}', (found) => verhoeff(digitsOf(found)), false),
  rule('[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]', () => true, false),
  rule('[1-9]\\d{5}(?:19|20)\\d{9}[0-9X]', chinese),
  rule('\\d{6}-[1-8]\\d{6}', (found) => isDay(found.slice(2, 4), found.slice(4, 6))),
  // Canada SIN and South Africa: Luhn. Australia: TFN.
  rule('\\d{3}[ -]\\d{3}[ -]\\d{3}', (found) => luhn(digitsOf(found)), false),
  rule('\\d{13}', (found) => luhn(found) && isDay(found.slice(2, 4), found.slice(4, 6)) && /^.{10}[01][89]/.test(found)),
  rule('\\d{3} ?\\d{3} ?\\d{3}', (found) => weighted(digitsOf(found), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0, false),
  // Romania, Bulgaria, the former Yugoslavia: date and weights. Czechia and Slovakia: date and modulus 11. Estonia and Lithuania: weights twice.
  rule('[1-8]\\d{12}', romanian),
  rule('\\d{10}', bulgarian, false),
  rule('\\d{13}', yugoslav),
  rule('\\d{2}[0-35-8]\\d[0-3]\\d\\/\\d{4}', (found) => Number(digitsOf(found)) % 11 === 0),
  rule('[1-6]\\d{10}', estonian),
  // Croatia: ISO 7064. Portugal: modulus 11. Ireland: a letter of 23. Greece and Israel: Luhn.
  rule('\\d{11}', mod1110, false),
  rule('[1-35-9]\\d{8}', portuguese, false),
  rule('\\d{7}[A-W][ABHW]?', irish),
  rule('(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{7}', luhn, false),
  rule('\\d{9}', luhn, false),
  // Chile: modulus 11. Mexico: CURP by its form. Singapore and Hong Kong: a letter of 11. Thailand and Japan: modulus 11.
  rule('\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[\\dK]', chilean),
  rule('[A-Z][AEIOUX][A-Z]{2}\\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\\d', (found) => isDay(found.slice(6, 8), found.slice(8, 10))),
  rule('[STFG]\\d{7}[A-Z]', singaporean),
  rule('[1-8]-\\d{4}-\\d{5}-\\d{2}-\\d', (found) => thai(digitsOf(found))),
  rule('[1-8]\\d{12}', thai, false),
  rule('\\d{4}[ -]?\\d{4}[ -]?\\d{4}', (found) => japanese(digitsOf(found)), false),
]

/** Where any rule could begin: at the start of a word, six digits are near. */
const beginning = /(?<![A-Za-z0-9])(?=[A-Za-z]{0,6}(?:[ .+-]{0,2}[A-Za-z]?\d){6})[A-Za-z0-9]/g

const anyRule = new RegExp(`${edge.before}(?:${rules.map(({ source }) => source).join('|')})${edge.after}`, 'iy')

/** National identity, insurance and tax numbers by their check digits; where those are few, by the words before too. */
export const findNationalIds: Detector = (text, look) => {
  let named: readonly FoundWord[] | undefined
  let next = 0
  return matchesIn(
    text,
    look.longNumbers.map(({ start, end }) => ({ start: Math.max(0, start - 9), end })),
    beginning,
  ).flatMap(({ index }) => {
    anyRule.lastIndex = index
    if (!anyRule.test(text)) return []
    named ??= look.words('plate', 'personal', 'unparted')
    while ((named[next]?.end ?? Infinity) <= index) next += 1
    const isNamed = isNamedBefore(text, index, named[next - 1]?.end ?? -Infinity)
    return rules.flatMap((one) => (one.sure || isNamed ? spanAt(one, text, index) : []))
  })
}

const farthest = 24

/** Whether the word before a number makes it a person's, whatever its form. */
function isNamedBefore(text: string, index: number, named: number): boolean {
  return (
    (index - named <= farthest && !/[\d\n]/.test(text.slice(named, index))) ||
    /\bI[Dd]\b[^\n\d]{0,24}$/.test(text.slice(Math.max(0, index - 36), index))
  )
}

function spanAt({ pattern, holds }: Rule, text: string, index: number): readonly Span[] {
  pattern.lastIndex = index
  const match = pattern.exec(text)
  if (match === null || !holds(match[0].toUpperCase())) return []
  return [spanOf(match)]
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length, kind: 'national_id' }
}

function isSsn(found: string): boolean {
  const digits = digitsOf(found)
  return !/^(?:000|666)/.test(digits) && digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000' && new Set(digits).size > 1
}

function nhs(digits: string): boolean {
  const check = (11 - (weighted(digits.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check === Number(digits[9])
}

function nir(found: string): boolean {
  const compact = found.replaceAll(' ', '').replace('2A', '19').replace('2B', '18')
  return 97 - mod97(compact.slice(0, 13)) === Number(compact.slice(13))
}

function german(digits: string): boolean {
  return new Set(digits.slice(0, 10)).size >= 8 && mod1110(digits)
}

function germanInsurance(found: string): boolean {
  const digits = found.replaceAll(' ', '').replace(/[A-Z]/, (letter) => String(letter.charCodeAt(0) - 64).padStart(2, '0'))
  const sums = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].map((weight, place) => weight * Number(digits[place]))
  return sums.reduce((sum, product) => sum + Math.floor(product / 10) + (product % 10), 0) % 10 === Number(digits[12])
}

function spanish(found: string): boolean {
  const compact = found.replace(/[- ]/g, '').replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))
  return compact.length === 9 && 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(compact.slice(0, 8)) % 23] === compact[8]
}

const italianOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

function italian(found: string): boolean {
  let sum = 0
  for (let place = 0; place < 15; place += 1) {
    const code = found.charCodeAt(place)
    const value = code < 65 ? code - 48 : code - 65
    sum += place % 2 === 1 ? value : (italianOdd[value] ?? 0)
  }
  return String.fromCharCode(65 + (sum % 26)) === found[15]
}

function polish(digits: string): boolean {
  const month = String(Number(digits.slice(2, 4)) % 20)
  return isDay(month, digits.slice(4, 6)) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
}

function turkish(digits: string): boolean {
  const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1])
  const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1])
  return (
    (((odd * 7 - even) % 10) + 10) % 10 === Number(digits[9]) && weighted(digits, Array<number>(10).fill(1)) % 10 === Number(digits[10])
  )
}

function brazilian(digits: string): boolean {
  const check = (length: number) =>
    ((weighted(
      digits,
      Array.from({ length }, (_, place) => length + 1 - place),
    ) *
      10) %
      11) %
    10
  return new Set(digits).size > 1 && check(9) === Number(digits[9]) && check(10) === Number(digits[10])
}

function swedish(found: string): boolean {
  const digits = digitsOf(found).slice(-10)
  const day = Number(digits.slice(4, 6))
  return isDay(digits.slice(2, 4), String(day > 60 ? day - 60 : day)) && luhn(digits)
}

function finnish(found: string): boolean {
  const number = Number(found.slice(0, 6) + found.slice(7, 10))
  return isDay(found.slice(2, 4), found.slice(0, 2)) && '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === found[10]
}

function norwegian(digits: string): boolean {
  const first = (11 - (weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11
  const second = (11 - (weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return isDay(digits.slice(2, 4), digits.slice(0, 2)) && first === Number(digits[9]) && second === Number(digits[10])
}

function belgian(digits: string): boolean {
  const key = Number(digits.slice(9))
  return 97 - mod97(digits.slice(0, 9)) === key || 97 - mod97(`2${digits.slice(0, 9)}`) === key
}

function ean13(digits: string): boolean {
  return weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
}

function dutch(digits: string): boolean {
  return weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
}

function chinese(found: string): boolean {
  const check = weighted(found.slice(0, 17), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11
  return isDay(found.slice(10, 12), found.slice(12, 14)) && '10X98765432'[check] === found[17]
}

function romanian(digits: string): boolean {
  const rest = weighted(digits.slice(0, 12), [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
  return (
    isDay(digits.slice(3, 5), digits.slice(5, 7)) && Number(digits.slice(7, 9)) <= 52 && (rest === 10 ? 1 : rest) === Number(digits[12])
  )
}

function bulgarian(digits: string): boolean {
  const month = String(Number(digits.slice(2, 4)) % 20)
  return isDay(month, digits.slice(4, 6)) && (weighted(digits.slice(0, 9), [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(digits[9])
}

function yugoslav(digits: string): boolean {
  const check = (11 - (weighted(digits.slice(0, 12), [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return isDay(digits.slice(2, 4), digits.slice(0, 2)) && /^.{4}[09]/.test(digits) && check === Number(digits[12])
}

function estonian(digits: string): boolean {
  const first = weighted(digits.slice(0, 10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
  const check = first < 10 ? first : (weighted(digits.slice(0, 10), [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10
  return isDay(digits.slice(3, 5), digits.slice(5, 7)) && check === Number(digits[10])
}

function portuguese(digits: string): boolean {
  const rest = weighted(digits.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11
  return (rest < 2 ? 0 : 11 - rest) === Number(digits[8])
}

function irish(found: string): boolean {
  const second = found.length === 9 && found[8] !== 'W' ? (found.charCodeAt(8) - 64) * 9 : 0
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(found.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) + second) % 23] === found[7]
}

function chilean(found: string): boolean {
  const body = digitsOf(found.slice(0, -1))
  const total = body
    .split('')
    .reverse()
    .reduce((sum, digit, place) => sum + Number(digit) * (2 + (place % 6)), 0)
  return body.length >= 7 && '0K987654321'[total % 11] === found.at(-1)
}

function singaporean(found: string): boolean {
  const rest = (weighted(found.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + (/^[TG]/.test(found) ? 4 : 0)) % 11
  return (/^[ST]/.test(found) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[rest] === found[8]
}

function thai(digits: string): boolean {
  return (11 - (weighted(digits.slice(0, 12), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === Number(digits[12])
}

function japanese(digits: string): boolean {
  const rest = weighted(digits.slice(0, 11), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return (rest <= 1 ? 0 : 11 - rest) === Number(digits[11])
}
