import { more } from '#wide/more'

import { beginningsOf, classOf, freeFrom, keyOf } from './beginning.ts'
import { births } from './birth.ts'
import { codeAt } from './character.ts'
import { commandWords } from './command.ts'
import { numberNames } from './named.ts'
import { codeWords } from './otp.ts'
import { addressWords } from './street-words.ts'
import { tokenBeginnings } from './vendor.ts'
import { labels } from './words.ts'

/** All words that a detector waits for. */
export const families = {
  ...labels,
  ...numberNames,
  ...births,
  ...codeWords,
  ...addressWords,
  ...tokenBeginnings,
  ...commandWords,
  ...more.moreWords,
}
const table = beginningsOf(families)
/** A family of words that a detector waits for. */
export type WordName = keyof typeof table.bitOf

/** A word of a family in a text. */
export interface FoundWord<Name extends WordName = WordName> {
  readonly name: Name
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A stretch of a text. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** A run without a blank, and bits of the groups of characters that are in it. */
export interface Run extends Stretch {
  readonly seen: number
}

/** What one reading of a text tells every detector: most of them need something that most texts lack. */
export interface Look {
  /** Runs of ASCII digits. */
  readonly numbers: readonly Stretch[]
  /** Stretches with six digits or more that nothing but letters, blanks and the signs of numbers part, three at the most. */
  readonly longNumbers: readonly (Stretch & { readonly count: number })[]
  /** Runs without a blank, of so many characters or more (seven at the least); those with one of some characters. */
  readonly runs: (shortest: number, having?: Group) => readonly Run[]
  /** Where a capital, or what isn't ASCII, begins a word. */
  readonly initials: readonly number[]
  /** Stretches in scripts without capitals. */
  readonly unspaced: readonly Stretch[]
  readonly longest: number
  /** Whether two letters stand beside each other, or what isn't ASCII stands there. */
  readonly hasWord: boolean
  readonly foreign: boolean
  /** Whether signs that join an internet address stand as near each other as they do there, or an address's scheme ends. */
  readonly jointed: boolean
  /** Whether one of some characters of ASCII is there. */
  readonly hasAny: (characters: Group) => boolean
  /** Whether a word of some families (their bits) may be there: its first characters are. */
  readonly mayHave: (bits: number) => boolean
  /** Words of some families, as one pattern of all of them would find them: apart, the first family first. */
  readonly words: <Name extends WordName>(...names: readonly Name[]) => readonly FoundWord<Name>[]
}

/** Characters that detectors ask for. */
const groups = {
  capitals: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  mail: '@([{',
  joints: '.:-',
  colon: ':',
  signs: '!@#$%^&*?~',
  marks: '"\'/<>_=|',
} as const
type Group = keyof typeof groups
const names = Object.keys(groups) as readonly Group[] // as: the object's own keys
const groupBits = Object.fromEntries(names.map((name, place) => [name, 1 << place])) as Record<Group, number> // as: by every name
/** `far`: what isn't ASCII. */
const [blank, digit, letter, joint, far] = [1 << 30, 1 << 29, 1 << 28, 1 << 27, 1 << 26]
const kinds = Uint32Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  const own = names.reduce((bits, name) => (groups[name].includes(character) ? bits | groupBits[name] : bits), 0)
  const is = (pattern: RegExp, bit: number): number => (pattern.test(character) ? bit : 0)
  return own | is(/\s/, blank) | is(/\d/, digit) | is(/[A-Z_]/i, letter) | is(/[A-Za-z .+\-/()_]/, joint)
})
const classes = Uint8Array.from({ length: 128 }, (_, code) => classOf(code))
const [shortestRun, fewestDigits, widestGap] = [7, 6, 4]
const { capitals: capital, joints } = groupBits
/** Four digits part the joints of a device's number, fewer those of an address. */
const [widestJoint, stroke] = [5, 47]
/** The first letters of such scripts are the Hebrew ones. */
const [firstUnspaced, widestFar] = [0x590, 24]

/** Whether a run has characters of a group. */
export function holds({ seen }: Run, group: Group): boolean {
  return (seen & groupBits[group]) !== 0
}

/** The bits of some families, for `mayHave`. */
export function bitsOf(...wanted: readonly WordName[]): number {
  return bitsOfAll(wanted)
}

function bitsOfAll(wanted: readonly WordName[]): number {
  let bits = 0
  for (const name of wanted) bits |= table.bitOf[name]
  return bits
}

/** Reads a text once for all. `from`: where what is looked for begins, behind what leads to it. */
export function lookAt(text: string, from = 0): Look {
  const numbers: Stretch[] = []
  const initials: number[] = []
  const runs: Run[] = []
  let before = 0
  let seen = 0
  let seenInRun = 0
  let runFrom = 0
  let numberFrom = -1
  let longest = 0
  let beside = 0
  let jointed = false
  let lastJoint = -widestJoint - 1
  const { length } = text
  // A blank after the text ends what ends with it.
  for (let at = 0; at <= length; at += 1) {
    const code = at < length ? codeAt(text, at) : 32
    const is = code < 128 ? (kinds[code] ?? 0) : far
    if ((is & digit) === 0 && numberFrom !== -1) {
      numbers.push({ start: numberFrom, end: at })
      numberFrom = -1
    } else if ((is & digit) !== 0 && numberFrom === -1) numberFrom = at
    if (at > from) beside |= is & before
    if ((is & (capital | far)) !== 0 && (before & (letter | digit)) === 0) initials.push(at)
    before = is
    if ((is & joints) !== 0) {
      if (at - lastJoint <= widestJoint || codeAt(text, at + 1) === stroke) jointed = true
      lastJoint = at
    }
    if ((is & blank) === 0) {
      seenInRun |= is
      continue
    }
    if (at - runFrom >= shortestRun) runs.push({ start: runFrom, end: at, seen: seenInRun })
    if (at - runFrom > longest) longest = at - runFrom
    seen |= seenInRun
    runFrom = at + 1
    seenInRun = 0
  }
  const marks = marksIn(text)
  const foreign = (seen & far) !== 0
  return {
    numbers,
    longNumbers: numbers.length === 0 ? [] : digitsIn(text, numbers),
    runs: (shortest, having) =>
      runs.filter(({ start, end, seen: own }) => end - start >= shortest && (having === undefined || (own & groupBits[having]) !== 0)),
    initials,
    unspaced: foreign ? unspacedIn(text) : [],
    hasWord: foreign || (beside & letter) !== 0,
    foreign,
    jointed,
    longest,
    hasAny: (group) => (seen & groupBits[group]) !== 0,
    mayHave: (wanted) => (marks.present & wanted) !== 0,
    words: wordsOnce(text, marks),
  }
}

/** Where words of any family can begin, by their first characters, and which families those are. */
interface Marks {
  readonly places: readonly number[]
  readonly keys: readonly number[]
  readonly begun: readonly number[]
  /** Less once somebody looked, and found that a word only began so. */
  present: number
}

function marksIn(text: string): Marks {
  const { bits, nextBits, inside } = table
  const [places, keys, begun]: [number[], number[], number[]] = [[], [], []]
  const { length } = text
  let present = 0
  let key = 0
  // What the characters before are known by, the farthest first.
  let fourth = 0
  let third = 0
  let second = 0
  let last = 0
  for (let at = 0; at < length + 3; at += 1) {
    const code = codeAt(text, at)
    const own = code < 128 ? (classes[code] ?? 0) : classOf(code)
    const next = keyOf(second, last, own)
    // After an ASCII letter only words that begin inside others may begin.
    const here = (bits[key] ?? 0) & ((nextBits[next] ?? 0) | (nextBits[second | freeFrom] ?? 0)) & (fourth > 0 && fourth < 32 ? inside : -1)
    if (here !== 0 && at >= 3) {
      places.push(at - 3)
      keys.push(key)
      begun.push(here)
      present |= here
    }
    fourth = third
    third = second
    second = last
    last = own
    key = next
  }
  return { places, keys, begun, present }
}

/** Numbers beside each other that hold digits enough. */
function digitsIn(text: string, numbers: readonly Stretch[]): Look['longNumbers'] {
  const found: (Stretch & { readonly count: number })[] = []
  let from = 0
  let count = 0
  for (let index = 0; index < numbers.length; index += 1) {
    const { start, end } = numbers[index] ?? { start: 0, end: 0 }
    count += end - start
    const next = numbers[index + 1]?.start ?? Infinity
    if (next - end < widestGap && areJoints(text, end, next)) continue
    if (count >= fewestDigits) found.push({ start: numbers[from]?.start ?? 0, end, count })
    from = index + 1
    count = 0
  }
  return found
}

function areJoints(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = codeAt(text, at)
    if (code < 128 && ((kinds[code] ?? 0) & joint) === 0) return false
  }
  return true
}

function unspacedIn(text: string): readonly Stretch[] {
  const found: Stretch[] = []
  let from = -1
  let last = -1
  for (let at = 0; at < text.length; at += 1) {
    const code = codeAt(text, at)
    // From U+2000 to U+2FFF stand quotes, dashes, arrows and drawings, which every script has.
    if (code < firstUnspaced || code >>> 12 === 2) continue
    if (from === -1) from = at
    else if (at - last > widestFar) {
      found.push({ start: from, end: last + 1 })
      from = at
    }
    last = at
  }
  return from === -1 ? found : [...found, { start: from, end: last + 1 }]
}

/** Detectors that ask for the same families are answered once. */
function wordsOnce(text: string, marks: Marks): Look['words'] {
  let known: Map<number, readonly FoundWord[]> | undefined
  return <Name extends WordName>(...wanted: readonly Name[]) => {
    // Of most families no text has a word.
    const mask = marks.present && bitsOfAll(wanted)
    if ((marks.present & mask) === 0) return []
    known ??= new Map()
    let found = known.get(mask)
    if (found === undefined) known.set(mask, (found = wordsIn(text, marks, wanted, mask)))
    if (found.length === 0) marks.present &= ~mask
    return found as readonly FoundWord<Name>[] // as: found by the same names
  }
}

function wordsIn<Name extends WordName>(
  text: string,
  { places, keys, begun }: Marks,
  wanted: readonly Name[],
  mask: number,
): readonly FoundWord<Name>[] {
  const found: FoundWord<Name>[] = []
  let end = 0
  for (let index = 0; index < places.length; index += 1) {
    const [start, own] = [places[index] ?? 0, begun[index] ?? 0]
    if (start < end || (own & mask) === 0) continue
    for (const name of wanted) {
      if ((own & table.bitOf[name]) === 0) continue
      const word = table.matchAt(name, keys[index] ?? 0, text, start)?.[0]
      if (word === undefined || word === '') continue
      end = start + word.length
      found.push({ name, text: word, start, end })
      break
    }
  }
  return found
}
