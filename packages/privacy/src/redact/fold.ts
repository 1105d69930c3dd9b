import type { Span } from './span.ts'

/** A copy of a text for looking, never for showing, and the way back to the text itself. */
export interface Folded {
  readonly text: string
  /** Where the unit at `index` of the copy begins in the original. */
  readonly startOf: (index: number) => number
  /** Where the unit at `index` of the copy ends in the original. */
  readonly endOf: (index: number) => number
}

/** Stands in the copy for a placeholder that is in the text already. No detector's pattern takes it in. */
export const shield = '\ue000'

const odd = /[^\t\n\r -~]|\[[A-Z]|%[2-7][0-9A-Fa-f]|\\[ux][0-9A-Fa-f]|&(?:#|commat|period)/
/** At one place: a placeholder, or one character in an escaped spelling. */
const escaped =
  /\[(?:SECRET|CARD|IBAN|NATIONAL_ID|DATE_OF_BIRTH|EMAIL|PHONE|IP|URL_TOKEN|PERSON|ADDRESS|OTHER)_\d{1,6}\]|%([2-7][0-9A-Fa-f])|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|&#(\d{1,5});|&#[xX]([0-9A-Fa-f]{1,4});|&(commat|period);/y
/** Joiners, zero-width marks, direction marks, soft hyphens, control characters, and a shield that someone else put there. */
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Cc}|\ue000/u
/** Cyrillic and Greek letters that look like Latin ones, pairwise. */
const lookalikes = new Map(
  'аaеeоoрpсcхxуyіiѕsјjкkмmтtвbнhԁdԛqԝwһhАAВBЕEЅSІIЈJКKМMНHОOРPСCТTХXУYαaοoνvρpιiκkυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXɡgıi'
    .match(/../gu)
    ?.map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)
const dashes = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/
const doubleQuotes = /[\u201c-\u201f\u00ab\u00bb\u300c\u300d]/
const singleQuotes = /[\u2018-\u201b\u2039\u203a\u2032\u00b4]/

/** Folds away what hides text from a pattern and not from a reader: invisible characters, wide and mathematical letters, foreign digits, escapes. Stretches of `masked` (sorted, apart) become shields. */
export function fold(text: string, masked: readonly Span[] = []): Folded {
  if (masked.length === 0 && !odd.test(text)) return { text, startOf: (index) => index, endOf: (index) => index + 1 }
  const copy: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  const known = new Map<string, readonly string[]>()
  let next = 0
  for (let at = 0; at < text.length;) {
    const mask = masked[next]?.start === at ? masked[next++] : undefined
    const [units, length] = mask === undefined ? unitAt(text, at, known) : [[shield], mask.end - at]
    for (const unit of units) {
      copy.push(unit)
      starts.push(at)
      ends.push(at + length)
    }
    at += length
  }
  const folded = latinised(copy).join('')
  return { text: folded, startOf: (index) => starts[index] ?? text.length, endOf: (index) => ends[index] ?? text.length }
}

/** What the copy holds for the character at a place, UTF-16 unit by unit, and how long the character is in the text. */
function unitAt(text: string, at: number, known: Map<string, readonly string[]>): readonly [readonly string[], number] {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (character === '[' || character === '%' || character === '\\' || character === '&') {
    escaped.lastIndex = at
    const match = escaped.exec(text)
    if (match !== null) return [match[0].startsWith('[') ? [shield] : plain(unescaped(match)), match[0].length]
  }
  const units = known.get(character) ?? plain(character)
  known.set(character, units)
  return [units, character.length]
}

function unescaped(match: RegExpExecArray): string {
  const [, percent, unicode, byte, decimal, hexadecimal, name] = match
  if (name !== undefined) return name === 'commat' ? '@' : '.'
  const code = decimal === undefined ? parseInt(percent ?? unicode ?? byte ?? hexadecimal ?? '', 16) : Number(decimal)
  return String.fromCharCode(code)
}

function plain(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0
  if ((code >= 0x20 && code < 0x7f) || /^[\t\n\r]$/.test(character)) return [character]
  if (code === 0x1f) return ['\n']
  // Ideographs and Hangul syllables, most of the world's other text, are what they are.
  if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3)) return [character]
  if (invisible.test(character)) return []
  if (dashes.test(character)) return ['-']
  if (doubleQuotes.test(character)) return ['"']
  if (singleQuotes.test(character)) return ["'"]
  const digit = digitOf(character, code)
  if (digit !== undefined) return [digit]
  const compatible = character.normalize('NFKC')
  return /^[ -~]{1,4}$/.test(compatible) ? compatible.split('') : character.split('')
}

/** Decimal digits of every script stand in blocks of ten that begin at a multiple of 16, or 6 after one. */
function digitOf(character: string, code: number): string | undefined {
  if (code < 0x660 || !/\p{Nd}/u.test(character)) return undefined
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return code < 0x1d7ce || code > 0x1d7ff ? String(code - zero) : String((code - 0x1d7ce) % 10)
}

/** Look-alike letters become Latin where Latin letters or digits stand in the same word; a word all in Cyrillic or Greek stays. */
function latinised(units: readonly string[]): readonly string[] {
  const out = [...units]
  for (let from = 0; from < units.length;) {
    let to = from
    while (to < units.length && units[to]?.trim() !== '') to += 1
    const word = units.slice(from, to)
    if (word.some((unit) => lookalikes.has(unit)) && word.some((unit) => /[A-Za-z0-9@]/.test(unit)))
      for (let at = from; at < to; at += 1) out[at] = lookalikes.get(units[at] ?? '') ?? out[at] ?? ''
    from = to + 1
  }
  return out
}
