import type { Span } from './span.ts'

/** A copy of a text for looking, never for showing, and the way back to the text itself. */
export interface Folded {
  readonly text: string
  /** Where the unit at `index` of the copy begins in the original. */
  readonly startOf: (index: number) => number
  /** Where the unit at `index` of the copy ends in the original. */
  readonly endOf: (index: number) => number
}

/** Stands in the copy for a placeholder that is in the text already. No detector's pattern takes it in. Within Latin-1, so that a text in it stays one byte a character for the patterns. */
export const shield = '\x80'

/** Characters that stay what they are: plain ASCII, Latin letters with marks, Greek, Cyrillic, Armenian, Hebrew and Arabic ones, kana, ideographs, Hangul. */
const plainly = '\\t\\n\\r -~À-ÖØ-öø-İĴ-ľŁ-ňŊ-žƀ-ǃǍ-ǰǴ-ɏ\\u0388-\\u05ff\\u061d-\\u065f\\u3041-\\u3163一-鿿가-힣'
const odd = new RegExp(`[^${plainly}]|\\[[A-Z]|%[2-7C-Fc-f][0-9A-Fa-f]|\\\\[ux][0-9A-Fa-f]|&(?:#|commat|period)`)
/** At one place: a placeholder, or one character in an escaped spelling. */
const escaped =
  /\[(?:SECRET|CARD|IBAN|NATIONAL_ID|DATE_OF_BIRTH|EMAIL|PHONE|IP|URL_TOKEN|PERSON|ADDRESS|OTHER)_\d{1,6}\]|(%[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,3})|%([2-7][0-9A-Fa-f])|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|&#(\d{1,5});|&#[xX]([0-9A-Fa-f]{1,4});|&(commat|period);/y
/** Joiners, zero-width marks, direction marks, soft hyphens, control characters: a shield that someone else put there is one. */
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Cc}/u
/** Cyrillic and Greek letters that look like Latin ones, pairwise. */
const lookalikes = new Map(
  'аaеeоoрpсcхxуyіiѕsјjкkмmтtвbнhԁdԛqԝwһhАAВBЕEЅSІIЈJКKМMНHОOРPСCТTХXУYαaοoνvρpιiκkυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXɡgıi'
    .match(/../gu)
    ?.map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)
const lookalike = new RegExp(`[${[...lookalikes.keys()].join('')}]`)
const dashes = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/
const doubleQuotes = /[\u201c-\u201f\u00ab\u00bb\u300c\u300d]/
const singleQuotes = /[\u2018-\u201b\u2039\u203a\u2032\u00b4]/

const asItIs: Omit<Folded, 'text'> = { startOf: (index) => index, endOf: (index) => index + 1 }

/** Folds away what hides text from a pattern and not from a reader: invisible characters, wide and mathematical letters, foreign digits, escapes. Stretches of `masked` (sorted, apart) become shields. */
export function fold(text: string, masked: readonly Span[] = []): Folded {
  if (masked.length === 0 && !odd.test(text)) return { ...asItIs, text: latinised(text) }
  const copy: string[] = []
  // Where the copy leaves the text's own order: from `at` on in the copy stands what begins at `from` and, where `to` is known, ends there.
  const [ats, froms, tos]: readonly [number[], number[], number[]] = [[], [], []]
  const known = new Map<string, readonly string[]>()
  let [at, length, next, odder] = [0, 0, 0, -1]
  while (at < text.length) {
    const mask = masked[next]
    // Looked for once, not again for each mask before it.
    if (odder < at) odder = specialFrom(text, at)
    const stop = Math.min(odder, mask !== undefined && mask.start >= at ? mask.start : text.length)
    if (stop > at) {
      ats.push(length)
      froms.push(at)
      tos.push(-1)
      copy.push(text.slice(at, stop))
      length += stop - at
      at = stop
      continue
    }
    if (mask?.start === at) next += 1
    const [units, taken] = mask?.start === at ? [[shield], mask.end - at] : unitAt(text, at, known)
    for (const unit of units) {
      ats.push(length)
      froms.push(at)
      tos.push(at + taken)
      copy.push(unit)
      length += 1
    }
    at += taken
  }
  const place = (index: number): number => lastNotAfter(ats, index)
  return {
    text: latinised(copy.join('')),
    startOf: (index) => {
      const piece = place(index)
      return index >= length ? text.length : (froms[piece] ?? 0) + ((tos[piece] ?? -1) === -1 ? index - (ats[piece] ?? 0) : 0)
    },
    endOf: (index) => {
      const piece = place(index)
      const to = tos[piece] ?? -1
      return index >= length ? text.length : to === -1 ? (froms[piece] ?? 0) + index - (ats[piece] ?? 0) + 1 : to
    },
  }
}

/** Any other, or what an escape or a placeholder begins with. */
const special = new RegExp(`[^${plainly}]|[[%\\\\&]`, 'g')

function specialFrom(text: string, at: number): number {
  special.lastIndex = at
  return special.exec(text)?.index ?? text.length
}

/** The place of the last number in a sorted list that is not above another. */
function lastNotAfter(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((sorted[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** What the copy holds for the character at a place, UTF-16 unit by unit, and how long the character is in the text. */
function unitAt(text: string, at: number, known: Map<string, readonly string[]>): readonly [readonly string[], number] {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (character === '[' || character === '%' || character === '\\' || character === '&') {
    escaped.lastIndex = at
    const match = escaped.exec(text)
    const [whole = ''] = match ?? []
    if (whole.startsWith('[')) return [[shield], whole.length]
    const own = match === null ? undefined : unescaped(match)
    if (own !== undefined) return [plain(own), whole.length]
  }
  const units = known.get(character) ?? plain(character)
  known.set(character, units)
  return [units, character.length]
}

/** Undefined where bytes are no character. */
function unescaped(match: RegExpExecArray): string | undefined {
  const [, far, percent, unicode, byte, decimal, hexadecimal, name] = match
  if (far !== undefined) return decoded(far)
  if (name !== undefined) return name === 'commat' ? '@' : '.'
  const code = decimal === undefined ? parseInt(percent ?? unicode ?? byte ?? hexadecimal ?? '', 16) : Number(decimal)
  return String.fromCharCode(code)
}

/** A character that UTF-8 writes in two bytes or more; undefined where they are none. */
function decoded(bytes: string): string | undefined {
  try {
    return decodeURIComponent(bytes)
  } catch {
    return undefined
  }
}

function plain(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0
  if ((code >= 0x20 && code < 0x7f) || /^[\t\n\r]$/.test(character)) return [character]
  if (code === 0x1f) return ['\n']
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

/** What parts words, cells, settings and the parts of addresses. */
const parting = '\\s"_;,|=:/&?()[\\]{}<>'
/** A word with something but ASCII in it. */
const farWord = new RegExp(`(?<![^${parting}])[^${parting}\\x80-\\uffff]*[^${parting}\\0-\\x7f][^${parting}]*`, 'g')

/** Look-alike letters become Latin where Latin letters or digits stand in the same word; a word all in Cyrillic or Greek stays. */
function latinised(text: string): string {
  if (!lookalike.test(text)) return text
  return text.replace(farWord, (word) =>
    lookalike.test(word) && /[A-Za-z0-9@]/.test(word) ? word.replace(/[^ -~]/g, (unit) => lookalikes.get(unit) ?? unit) : word,
  )
}
