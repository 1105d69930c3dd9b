import { matchAt } from './match.ts'

/** Words that something waits for. Their pieces are patterns of letters, groups, classes, `?` and repeats; `\p`, `\w` and `.` are read as anything. */
export interface Family {
  readonly pieces: readonly string[]
  /** What stands around one of the pieces, in the pattern of all that begin alike. */
  readonly pattern: (pieces: string) => string
  /** Begins inside a word, too. */
  readonly inside?: boolean
  /** Ends where its word does. */
  readonly whole?: boolean
}

/** Words that stand by themselves. */
export function word(pieces: readonly string[]): Family {
  return { pieces, pattern: (own) => `(?<![\\p{L}\\p{N}])(?:${own})(?![\\p{L}\\p{N}])`, whole: true }
}

/** Where words of some families begin: asked with each four characters of a text, the first three and the last three of them. */
export interface Beginnings<Name extends string> {
  /** By the key of three characters, a bit for each family that has words which begin so. */
  readonly bits: Uint32Array
  /** The same for those that go on so from their second character; from `freeFrom` on by that one's class alone, where anything may follow it. */
  readonly nextBits: Uint32Array
  readonly bitOf: Readonly<Record<Name, number>>
  /** Bits of the families whose words begin inside others. */
  readonly inside: number
  /** What a word of a family that begins at a place matches. */
  readonly matchAt: (name: Name, key: number, text: string, at: number) => RegExpExecArray | null
}

const [depth, any, edge] = [4, '\0', '\x01']
const [lastLetter, classes] = [26, 64]
/** Behind all keys. */
export const freeFrom = 1 << 16

/** A letter of English by its place in the alphabet in either case, other ASCII 0, the rest by its last bits: six bits. */
export function classOf(code: number): number {
  if (code > 127) return 32 | (code & 31)
  const letter = (code | 32) - 96
  return code > 64 && letter >= 1 && letter <= lastLetter ? letter : 0
}

/** The key of three characters' classes: their own where all are ASCII, else one of as many that they share. */
export function keyOf(first: number, second: number, third: number): number {
  const own = (first << 10) | (second << 5) | third
  return ((first | second | third) & 32) === 0 ? own : 0x8000 | ((Math.imul(own, 0x9e3779b1) >>> 16) & 0x7fff)
}

/** One table for all families, so that a text is read once. */
export function beginningsOf<Name extends string>(families: Readonly<Record<Name, Family>>): Beginnings<Name> {
  const names = Object.keys(families) as unknown as readonly Name[] // as: the object's own keys
  const [bits, nextBits] = [new Uint32Array(freeFrom), new Uint32Array(freeFrom + classes)]
  const bitOf = Object.fromEntries(names.map((name, place) => [name, 1 << place])) as Record<Name, number> // as: by every name
  // Made when a text first has such a beginning: to make all of them at once takes tens of milliseconds.
  const patterns = new Map<number, RegExp>()
  const keys = new Map<Name, readonly ReadonlySet<number>[]>()
  const keysOf = (name: Name): readonly ReadonlySet<number>[] => {
    const own = keys.get(name) ?? keysOfPieces(families[name])
    keys.set(name, own)
    return own
  }
  for (const name of names) {
    const put = (table: Uint32Array) => (key: number) => (table[key] = (table[key] ?? 0) | bitOf[name])
    const own = families[name].pieces.flatMap((piece) => headsOf(piece, families[name]))
    // Most words begin as others do.
    for (const head of new Set(own.map((one) => one.slice(0, 3)))) eachKey(head, put(bits))
    for (const head of new Set(own.map((one) => one.slice(1, 4))))
      if (head.endsWith(any + any)) for (const free of classesOf(head.charAt(0))) put(nextBits)(free | freeFrom)
      else eachKey(head, put(nextBits))
  }
  const inside = names.reduce((sum, name) => (families[name].inside === true ? sum | bitOf[name] : sum), 0)
  return {
    bits,
    nextBits,
    bitOf,
    inside,
    matchAt: (name, key, text, at) => {
      const id = (key << 5) | (31 - Math.clz32(bitOf[name]))
      let pattern = patterns.get(id)
      if (pattern === undefined) patterns.set(id, (pattern = new RegExp(sourceOf(families[name], keysOf(name), key), wordFlags)))
      return matchAt(text, at, pattern)
    },
  }
}

/** Flags of all of them. */
export const wordFlags = 'iuy'

/** For each beginning a pattern of the pieces that have it, in the order of the list. */
export function sourcesOf(family: Family): ReadonlyMap<number, string> {
  const keys = keysOfPieces(family)
  return new Map([...new Set(keys.flatMap((own) => [...own]))].map((key) => [key, sourceOf(family, keys, key)]))
}

function sourceOf({ pieces, pattern }: Family, keys: readonly ReadonlySet<number>[], key: number): string {
  return pattern(pieces.filter((_, place) => keys[place]?.has(key) === true).join('|'))
}

/** The keys of the first three characters of each piece. */
export function keysOfPieces(family: Family): readonly ReadonlySet<number>[] {
  return family.pieces.map((piece) => {
    const keys = new Set<number>()
    for (const head of headsOf(piece, family)) eachKey(head, (key) => keys.add(key))
    return keys
  })
}

/** What a piece can begin with, to the full depth. */
function headsOf(piece: string, { whole }: Family): readonly string[] {
  return heads(piece).map((head) => (whole === true ? head + edge : head).padEnd(depth, any))
}

/** The keys of a head's first three characters. */
function eachKey(head: string, use: (key: number) => void): void {
  const [first = [], second = [], third = []] = Array.from(head.slice(0, 3), classesOf)
  for (const one of first) for (const two of second) for (const three of third) use(keyOf(one, two, three))
}

const everyClass = [...Array(classes).keys()].filter((one) => one <= lastLetter || one >= 32)
const edgeClasses = everyClass.filter((one) => one === 0 || one >= 32)

function classesOf(character: string): readonly number[] {
  if (character === any) return everyClass
  if (character === edge) return edgeClasses
  const [lower, upper] = [classOf(character.toLowerCase().charCodeAt(0)), classOf(character.toUpperCase().charCodeAt(0))]
  return lower === upper ? [lower] : [lower, upper]
}

/** A group or a look around it, a class, an escape or a letter; and how often it stands there. */
const atom = /(?:\((\?<?[:=!])((?:[^()]|\([^()]*\))*)\)|\[([^\]]*)\]|(\\p\{\w+\}|\\[wWdsb]|\.)|\\?([^]))([?*+]|\{\d+(?:,\d*)?\})?/gu

/** Characters that stand for themselves, and one more than the depth, so that none of them is repeated. */
const beginsPlainly = /^[\p{L} -]{5}/u

/** What can stand first in what a pattern matches, as far as the depth goes. */
function heads(source: string): readonly string[] {
  return alternatives(source).flatMap((option) => {
    if (beginsPlainly.test(option)) return [option.slice(0, depth)]
    let open: readonly string[] = ['']
    for (const [, look, group = '', set, wild, letter = '', times = ''] of option.matchAll(atom)) {
      if (look !== undefined && look !== '?:') continue
      const own = look !== undefined ? heads(group) : set !== undefined ? membersOf(set) : wild !== undefined ? [any] : [letter]
      const repeated = times === '' || times === '?' ? '' : any.repeat(depth)
      const longer = open.flatMap((head) => (head.length >= depth ? [head] : own.map((one) => (head + one + repeated).slice(0, depth))))
      open = [...new Set(/^(?:[?*]|\{0)/.test(times) ? [...open, ...longer] : longer)]
      if (open.every((head) => head.length >= depth)) break
    }
    return open
  })
}

function membersOf(set: string): readonly string[] {
  return set.startsWith('^') ? [any] : Array.from(set.replaceAll('\\', ''))
}

/** The same alternatives parted by their last letters: read backwards, most are out at once. */
export function byLastLetter(source: string): string {
  const alike = new Map<string, string[]>()
  for (const piece of alternatives(source)) {
    const last = /\p{L}$/u.exec(piece)?.[0].toLowerCase() ?? ''
    alike.set(last, [...(alike.get(last) ?? []), piece.slice(0, piece.length - last.length)])
  }
  return [...alike].map(([last, own]) => `(?:${own.join('|')})${last}`).join('|')
}

/** A pattern's alternatives, not those in its groups. */
function alternatives(source: string): readonly string[] {
  if (!source.includes('|')) return [source]
  let inside = 0
  return source
    .replace(/[(|)]/g, (sign) => {
      inside += sign === '(' ? 1 : sign === ')' ? -1 : 0
      return sign === '|' && inside === 0 ? '\n' : sign
    })
    .split('\n')
}
