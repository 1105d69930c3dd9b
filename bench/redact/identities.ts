import type { Draw } from './random.ts'

const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
type Maker = (draw: Draw) => string

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
const sum = (number: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, place) => total + weight * Number(number[place]), 0)

/** The digit that makes a number's Luhn sum end in 0. */
export function withLuhn(body: string): string {
  const total = body
    .split('')
    .reverse()
    .reduce((all, digit, place) => {
      const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit)
      return all + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return body + String((10 - (total % 10)) % 10)
}

/** Draws again until a rule gives a digit. */
function until(make: () => string | undefined): string {
  for (;;) {
    const made = make()
    if (made !== undefined) return made
  }
}

const born = (draw: Draw): { year: number; yy: string; mm: string; dd: string } => {
  const year = 1945 + draw.whole(58)
  return { year, yy: pad(year % 100), mm: pad(1 + draw.whole(12)), dd: pad(1 + draw.whole(28)) }
}

function modulus(draw: Draw, length: number, weights: readonly number[], check: (rest: number) => number): string {
  return until(() => {
    const body = String(1 + draw.whole(9)) + draw.text(digits, length - 2)
    const digit = check(sum(body, weights))
    return digit >= 0 && digit < 10 ? body + String(digit) : undefined
  })
}

const ssn: Maker = (draw) => `${pad(1 + draw.whole(660), 3)}-${pad(1 + draw.whole(98))}-${pad(1 + draw.whole(9_998), 4)}`
const nino: Maker = (draw) => {
  const number = `${draw.one(['AB', 'CE', 'JK', 'PR', 'SX', 'WL', 'ZY'])} ${draw.text(digits, 2)} ${draw.text(digits, 2)} ${draw.text(digits, 2)} ${draw.one(['A', 'B', 'C', 'D'])}`
  return draw.whole(2) === 0 ? number : number.replaceAll(' ', '')
}
const steuer: Maker = (draw) => {
  const order = digits.split('').sort(() => draw.whole(3) - 1)
  const [first = '1', ...others] = order[0] === '0' ? [...order.slice(1), '0'] : order
  const body = [first, ...others.slice(0, 8), others[0]].join('')
  let product = 10
  for (const digit of body) {
    const rest = (Number(digit) + product) % 10
    product = ((rest === 0 ? 10 : rest) * 2) % 11
  }
  const number = body + String((11 - product) % 10)
  return draw.whole(2) === 0 ? number : number.replace(/(..)(...)(...)(...)/, '$1 $2 $3 $4')
}
const nir: Maker = (draw) => {
  const { yy, mm } = born(draw)
  const body = `${draw.one(['1', '2'])}${yy}${mm}${pad(1 + draw.whole(95))}${draw.text(digits, 3)}${pad(1 + draw.whole(998), 3)}`
  const key = pad(97 - Number(BigInt(body) % 97n))
  return draw.whole(2) === 0 ? body + key : `${body.replace(/(.)(..)(..)(..)(...)(...)/, '$1 $2 $3 $4 $5 $6')} ${key}`
}
const dni: Maker = (draw) => {
  const foreign = draw.whole(3) === 0
  const body = draw.text(digits, foreign ? 7 : 8)
  const lead = foreign ? draw.one(['X', 'Y', 'Z']) : ''
  const letter = 'TRWAGMYFPDXBNJZSQVHLCKE'[Number((foreign ? String('XYZ'.indexOf(lead)) : '') + body) % 23] ?? ''
  return lead + body + draw.one(['', '-']) + letter
}
const cpf: Maker = (draw) => {
  let body = draw.text(digits, 9)
  for (const length of [9, 10]) {
    const rest =
      (sum(
        body,
        Array.from({ length }, (_, place) => length + 1 - place),
      ) *
        10) %
      11
    body += String(rest % 10)
  }
  return draw.whole(2) === 0 ? body : body.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4')
}
const bsn: Maker = (draw) => modulus(draw, 9, [9, 8, 7, 6, 5, 4, 3, 2], (all) => all % 11)
const tckn: Maker = (draw) => {
  const body = String(1 + draw.whole(9)) + draw.text(digits, 8)
  const tenth = (((sum(body, [1, 0, 1, 0, 1, 0, 1, 0, 1]) * 7 - sum(body, [0, 1, 0, 1, 0, 1, 0, 1])) % 10) + 10) % 10
  return body + String(tenth) + String((sum(body, Array<number>(9).fill(1)) + tenth) % 10)
}
const pesel: Maker = (draw) => {
  const { year, yy, mm, dd } = born(draw)
  const body = yy + pad(Number(mm) + (year >= 2000 ? 20 : 0)) + dd + draw.text(digits, 4)
  return body + String((10 - (sum(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10)
}

/** A number of the country whose language it is. */
export const nationalIds: Readonly<Record<string, readonly Maker[]>> = {
  en: [ssn, ssn, nino],
  de: [steuer],
  fr: [nir],
  es: [dni],
  pt: [cpf],
  nl: [bsn],
  tr: [tckn],
  pl: [pesel],
}

const swedish: Maker = (draw) => {
  const { yy, mm, dd } = born(draw)
  return withLuhn(yy + mm + dd + draw.text(digits, 3)).replace(/(.{6})/, '$1-')
}
const finnish: Maker = (draw) => {
  const { yy, mm, dd } = born(draw)
  const serial = pad(2 + draw.whole(890), 3)
  return `${dd}${mm}${yy}-${serial}${'0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(dd + mm + yy + serial) % 31] ?? ''}`
}
const norwegian: Maker = (draw) =>
  until(() => {
    const { yy, mm, dd } = born(draw)
    const body = dd + mm + yy + draw.text(digits, 3)
    const first = (11 - (sum(body, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11
    const second = (11 - (sum(body + String(first), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return first === 10 || second === 10 ? undefined : body + String(first) + String(second)
  })
const belgian: Maker = (draw) => {
  const year = 1945 + draw.whole(54)
  const body = pad(year % 100) + pad(1 + draw.whole(12)) + pad(1 + draw.whole(28)) + pad(1 + draw.whole(900), 3)
  return (body + pad(97 - (Number(body) % 97))).replace(/(..)(..)(..)(...)(..)/, '$1.$2.$3-$4.$5')
}
const swiss: Maker = (draw) => {
  const body = '756' + draw.text(digits, 9)
  const check = (10 - (sum(body, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10
  return (body + String(check)).replace(/(...)(....)(....)(..)/, '$1.$2.$3.$4')
}
const chinese: Maker = (draw) => {
  const { year, mm, dd } = born(draw)
  const body = `${draw.one(['110105', '310115', '440305', '510104'])}${year}${mm}${dd}${draw.text(digits, 3)}`
  return body + ('10X98765432'[sum(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] ?? '')
}
const romanian: Maker = (draw) => {
  const { year, yy, mm, dd } = born(draw)
  const body = String(year >= 2000 ? 5 : 1) + yy + mm + dd + pad(1 + draw.whole(46)) + pad(1 + draw.whole(998), 3)
  const rest = sum(body, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
  return body + String(rest === 10 ? 1 : rest)
}
const bulgarian: Maker = (draw) => {
  const body = pad(45 + draw.whole(54)) + pad(1 + draw.whole(12)) + pad(1 + draw.whole(28)) + draw.text(digits, 3)
  return body + String((sum(body, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10)
}
const czech: Maker = (draw) =>
  until(() => {
    const body = pad(54 + draw.whole(45)) + pad(1 + draw.whole(12)) + pad(1 + draw.whole(28)) + draw.text(digits, 3)
    const rest = Number(body) % 11
    return rest === 10 ? undefined : `${(body + String(rest)).slice(0, 6)}/${(body + String(rest)).slice(6)}`
  })
const croatian: Maker = (draw) => {
  const body = draw.text(digits, 10)
  let product = 10
  for (const digit of body) {
    const rest = (Number(digit) + product) % 10
    product = ((rest === 0 ? 10 : rest) * 2) % 11
  }
  return body + String((11 - product) % 10)
}
const chilean: Maker = (draw) => {
  const body = String(5 + draw.whole(20)) + draw.text(digits, 6)
  const total = body
    .split('')
    .reverse()
    .reduce((all, digit, place) => all + Number(digit) * (2 + (place % 6)), 0)
  const check = 11 - (total % 11)
  return `${body.replace(/(\d{3})(\d{3})$/, '.$1.$2')}-${check === 11 ? '0' : check === 10 ? 'K' : String(check)}`
}
const canadian: Maker = (draw) =>
  withLuhn(String(1 + draw.whole(7)) + draw.text(digits, 7)).replace(/(...)(...)(...)/, draw.one(['$1 $2 $3', '$1-$2-$3']))
const southAfrican: Maker = (draw) => {
  const { yy, mm, dd } = born(draw)
  return withLuhn(`${yy}${mm}${dd}${draw.text(digits, 4)}08`)
}
const israeli: Maker = (draw) => withLuhn(String(1 + draw.whole(3)) + draw.text(digits, 7))
const singaporean: Maker = (draw) => {
  const body = draw.text(digits, 7)
  return `S${body}${'JZIHGFEDCBA'[sum(body, [2, 7, 6, 5, 4, 3, 2]) % 11] ?? ''}`
}
const irish: Maker = (draw) => {
  const body = draw.text(digits, 7)
  return body + ('WABCDEFGHIJKLMNOPQRSTUV'[sum(body, [8, 7, 6, 5, 4, 3, 2]) % 23] ?? '')
}
const thai: Maker = (draw) => {
  const body = String(1 + draw.whole(8)) + draw.text(digits, 11)
  return (body + String((11 - (sum(body, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10)).replace(
    /(.)(....)(.....)(..)(.)/,
    '$1-$2-$3-$4-$5',
  )
}
const japanese: Maker = (draw) => {
  const body = draw.text(digits, 11)
  const rest = sum(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return (body + String(rest <= 1 ? 0 : 11 - rest)).replace(/(....)(....)(....)/, '$1 $2 $3')
}
const mexican: Maker = (draw) => {
  const { yy, mm, dd } = born(draw)
  return `${draw.text('BCDFGHLMPRST', 1)}${draw.one(['A', 'E', 'O'])}${draw.text('BCDFGHLMPRST', 2)}${yy}${mm}${dd}${draw.one(['H', 'M'])}${draw.one(['DF', 'JC', 'NL', 'PL'])}${draw.text('BCDFGHLMPRST', 3)}0${draw.text(digits, 1)}`
}

/** Numbers of other countries. */
export const foreignIds: readonly Maker[] = [
  swedish, finnish, norwegian, belgian, swiss, chinese, romanian, bulgarian, czech, croatian,
  chilean, canadian, southAfrican, israeli, singaporean, irish, thai, japanese, mexican,
] // prettier-ignore

/** Passports: letters and digits as the issuers print them. */
export const passport: Maker = (draw) =>
  draw.one([
    () => draw.text(digits, 9),
    () => draw.text(letters, 1) + draw.text(digits, 8),
    () => draw.text(letters, 2) + draw.text(digits, 7),
    () => `C${draw.text('0123456789CFGHJKLMNPRTVWXYZ', 8)}`,
    () => `${draw.text(digits, 2)}${draw.text(letters, 2)}${draw.text(digits, 5)}`,
    () => draw.text(letters, 3) + draw.text(digits, 6),
  ])()

/** Plates of a country. */
export const vehicles: Readonly<Record<string, Maker>> = {
  en: (draw) => `${draw.text(letters, 2)}${draw.text(digits, 2)} ${draw.text(letters, 3)}`,
  de: (draw) => `${draw.one(['M', 'HH', 'B', 'KA', 'ERH', 'TÜ'])}-${draw.text(letters, 2)} ${String(1 + draw.whole(9_999))}`,
  fr: (draw) => `${draw.text(letters, 2)}-${draw.text(digits, 3)}-${draw.text(letters, 2)}`,
  es: (draw) => `${draw.text(digits, 4)} ${draw.text('BCDFGHJKLMNPRSTVWXYZ', 3)}`,
  pt: (draw) => `${draw.text(letters, 2)}-${draw.text(digits, 2)}-${draw.text(letters, 2)}`,
  nl: (draw) => `${draw.text(letters, 2)}-${draw.text(digits, 3)}-${draw.text(letters, 1)}`,
  tr: (draw) => `${pad(1 + draw.whole(81))} ${draw.text(letters, 3)} ${draw.text(digits, 3)}`,
  pl: (draw) => `${draw.one(['WA', 'KR', 'GD', 'PO', 'DW'])} ${draw.text(digits, 5)}`,
}

/** Numbers for value added tax, as a country writes them. */
export const taxes: Readonly<Record<string, Maker>> = {
  en: (draw) => `GB${draw.text(digits, 9)}`,
  de: (draw) => `DE${draw.text(digits, 9)}`,
  fr: (draw) => `FR${draw.text(digits, 11)}`,
  es: (draw) => `ESB${draw.text(digits, 8)}`,
  nl: (draw) => `NL${draw.text(digits, 9)}B${draw.text(digits, 2)}`,
  pl: (draw) => `${draw.text(digits, 3)}-${draw.text(digits, 3)}-${draw.text(digits, 2)}-${draw.text(digits, 2)}`,
}
