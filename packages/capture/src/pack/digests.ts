import { digestOf } from '../digest.ts'

/** A stretch of a text: UTF-16 units, end exclusive. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** A text that was learnt: how many of its characters count, and the digest of all of them, 0 where they are too few or too many to count as a whole. */
export interface Learnt {
  readonly length: number
  readonly whole: number
}

/** Texts known by keyed digests alone. The digests keep a text from being copied about, not from who can read this memory. */
export interface Digests {
  /** Every eight characters in a row are known from now on; of what can be no word, beginnings of four too: pages show what is half typed, and how a number begins. */
  learn(text: string): Learnt
  /** A digest of a whole counts from now on, however short. */
  add(whole: number): void
  /** Where a text repeats any of it. */
  stretchesIn(text: string): readonly Stretch[]
  /** How much is known: it only grows. */
  readonly size: number
}

/** The characters of a text that count, and where each begins and ends in it. */
interface Bare {
  readonly codes: number[]
  readonly starts: number[]
  readonly ends: number[]
}

const gram = 8
const shortestWhole = 3
const shortestBeginning = 4
/** Digests that make a generation, of which two are kept: of hundreds of passwords, or a few private keys. */
const generation = 10_000
/** What a page may put into a secret when it shows it, or leave out. */
const joint = /[\s\p{Cf}.,\-_/·•]/u
const sign = /[\p{L}\p{N}]/u
const letter = /\p{L}/u

/** Makes digests of nothing yet; their key is drawn anew. */
export function createDigests(): Digests {
  const digest = keyedDigest()
  let known = new Set<number>()
  let older = known
  let size = 0
  const has = (one: number): boolean => known.has(one) || older.has(one)
  const add = (one: number): void => {
    if (one === 0) return
    if (!has(one)) size += 1
    if (known.add(one).size > generation) [known, older] = [new Set(), known]
  }
  // A whole is told from a part by its sign.
  const wholeOf = ({ codes }: Bare, length: number): number => (length < shortestWhole || length > gram ? 0 : -digest(codes, 0, length))
  const foundAt = (text: string, bare: Bare, at: number): Stretch | undefined => {
    const { codes, starts, ends } = bare
    const start = starts[at] ?? 0
    const repeats = (place: number): boolean => has(digest(codes, place, gram))
    // Eight letters alone may be a word that a password has in it, too.
    if (repeats(at) && (hasOdd(bare, at, at + gram) || repeats(at + 1) || repeats(at - 1)))
      return widened(text, start, ends[at + gram - 1] ?? start)
    for (let length = sign.test(text.charAt(start - 1)) ? 0 : gram; length >= shortestWhole; length -= 1) {
      const end = ends[at + length - 1] ?? text.length
      const close = length > 5 || end - start === length
      if (close && !sign.test(text.charAt(end)) && has(-digest(codes, at, length))) return { start, end }
    }
    return undefined
  }
  return {
    add,
    learn: (text) => {
      const bare = bareOf(text)
      const { length } = bare.codes
      for (let at = 0; length > gram && at <= length - gram; at += 1) add(digest(bare.codes, at, gram))
      for (let end = shortestBeginning; end <= length && end <= gram; end += 1) if (hasOdd(bare, 0, end)) add(wholeOf(bare, end))
      return { length, whole: wholeOf(bare, length) }
    },
    stretchesIn: (text) => {
      if (size === 0) return []
      const bare = bareOf(text)
      return bare.codes.flatMap((_, at) => foundAt(text, bare, at) ?? [])
    },
    get size() {
      return size
    },
  }
}

/** Of so many codes from a place on, with a key of its own; 0 where there are not so many. */
function keyedDigest(): (codes: readonly number[], at: number, length: number) => number {
  const [keyOne = 0, keyTwo = 0] = crypto.getRandomValues(new Uint32Array(2))
  return (codes, at, length) =>
    at < 0 || at + length > codes.length ? 0 : digestOf((place) => codes[place] ?? 0, at, at + length, keyOne, keyTwo) + 1
}

function hasOdd({ codes }: Bare, from: number, to: number): boolean {
  return codes.slice(from, to).some((code) => !letter.test(String.fromCodePoint(code)))
}

function bareOf(text: string): Bare {
  const bare: Bare = { codes: [], starts: [], ends: [] }
  let end = 0
  for (const character of text) {
    const start = end
    end += character.length
    if (joint.test(character)) continue
    for (const one of character.normalize('NFKC').toLowerCase()) {
      bare.codes.push(one.codePointAt(0) ?? 0)
      bare.starts.push(start)
      bare.ends.push(end)
    }
  }
  return bare
}

/** With the rest of what stands there without a space: someone may have written into it. */
function widened(text: string, start: number, end: number): Stretch {
  let [from, to] = [start, end]
  while (/\S/.test(text.charAt(from - 1))) from -= 1
  while (/\S/.test(text.charAt(to))) to += 1
  while (from < start && !sign.test(text.charAt(from))) from += 1
  while (to > end && !sign.test(text.charAt(to - 1))) to -= 1
  return { start: from, end: to }
}
