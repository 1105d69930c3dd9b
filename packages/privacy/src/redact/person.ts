// First, for the words that it brings: see the package's door.
import { type Word, isAcronym, isEither, isFamily, isGiven, isOrdinary, isWord, spanOf, wordAt } from './person-word.ts'

import { codeAt, isDigit, isLetter } from './character.ts'
import { matchAt } from './match.ts'
import { eitherGiven } from './lexicon.ts'
import { particles, sureEnding, things } from './name-words.ts'
import { isNamedBefore, isNamedAfter, isPeople, isPerhapsPeople } from './person-context.ts'
import { withoutEnding } from '#wide/ending'
import { besides } from '#wide/person-joined'
import { smallGiven } from '#wide/small-given'
import { isOfThing } from '#wide/person-roles'
import type { Detector, Span } from './span.ts'

/** A word in capitals' first letter, with what hyphens and apostrophes join to it. */
const capital = /(?<![\p{L}\p{M}\p{N}_])\p{Lu}[\p{L}\p{M}]{0,31}(?:['’-]\p{L}[\p{L}\p{M}]{0,31}){0,3}(?![\p{L}\p{M}\p{N}_])/uy
const longest = 4
/** Names of people in scripts with capitals: by a lexicon of given and family names, and by what stands around them. */
export const findPersons: Detector = (text, look) => {
  const groups = groupsOf(text, look.initials)
  const own = groups.flatMap((group) => personsIn(text, group))
  const small = groups.length === 0 ? inSmallLetters(text) : []
  const spans = besides(text, look, groups, [...own, ...small, ...listedIn(text, groups, own), ...speakersIn(text, look.initials)])
  return spans.length === 0 ? spans : [...spans, ...againIn(text, groups, spans)]
}

/** A part of a name that stands alone elsewhere in the text. */
function againIn(text: string, groups: readonly (readonly Word[])[], spans: readonly Span[]): readonly Span[] {
  const parts = new Set(spans.flatMap(({ start, end }) => text.slice(start, end).split(/[ .]+/)).filter((part) => part.length > 2))
  return groups
    .flat()
    .filter((word) => parts.has(word.text) && !isWord(word) && !isEither(word))
    .map((word) => spanOf(word, word))
}

const smallAfter = /(?: \p{Ll}\.?)? (\p{Ll}{3,20})(?![\p{L}\p{N}])/uy

/** Where nobody wrote a capital: a given name that is no word, beside a family name or where a name is due. */
function inSmallLetters(text: string): readonly Span[] {
  return smallGiven(text).flatMap(({ index, 0: found }) => {
    const first = wordAt(found, index)
    if (isWord(first)) return []
    const [whole = '', family = ''] = matchAt(text, first.end, smallAfter) ?? []
    const last = wordAt(family, first.end + whole.length - family.length)
    if (family !== '' && isFamily(last) && !isEither(last) && !isWord(last)) return [spanOf(first, last)]
    return isNamedBefore(text, index) ? [spanOf(first, first)] : []
  })
}

const listing = /^(?:, ?(?:and |& )?| ?(?:[&+/、，·]|(?:and|or|und|et|y|en|ve|i|e|og|och|и|та|και)(?= )) ?)$/
const mostListed = 12

/** Names in a row: "Eklund, Morales and Hodge". Two of them have to be known, if only as family names; or one, by what leads to it, where the others are names and words. */
function listedIn(text: string, groups: readonly (readonly Word[])[], spans: readonly Span[]): readonly Span[] {
  if (groups.length < 2) return []
  const found: Span[] = []
  const known = new Set(spans.map(({ end }) => end))
  let row: (readonly Word[])[] = []
  let to = -1
  let isNext = false
  for (const [place, group] of groups.entries()) {
    const isAfter = isNext
    isNext = isListing(text, group.at(-1)?.end ?? 0, groups[place + 1]?.[0]?.start ?? Infinity)
    // Most stand in no row: whether they are words need not be asked.
    if (!isAfter && !isNext) continue
    const words = group.slice(group[0]?.cue === true ? 1 : 0)
    const [word, last] = [words[0], words.at(-1)]
    const isName = word !== undefined && last !== undefined && (known.has(last.end) || (word === last && !isWord(word) && !isAcronym(word)))
    if (!isName || row.length === mostListed || !isListing(text, to, group[0]?.start ?? 0)) {
      found.push(...rowOf(row, known))
      row = []
    }
    if (isName) row.push(words)
    to = last?.end ?? -1
  }
  return [...found, ...rowOf(row, known)]
}

function rowOf(row: readonly (readonly Word[])[], known: ReadonlySet<number>): readonly Span[] {
  const sure = row.filter((words) => words.some((word) => known.has(word.end) || (isFamily(word) && !isEither(word))))
  const isRow =
    row.length > 1 && (sure.length > 1 || (sure.length === 1 && row.every((words) => sure.includes(words) || words.some(isEither))))
  return isRow ? row.flatMap(([word, other]) => (word === undefined || other !== undefined ? [] : [spanOf(word, word)])) : []
}

function isListing(text: string, from: number, to: number): boolean {
  return to - from <= 6 && listing.test(text.slice(from, to))
}

const speaking = /\p{Lu}\p{Ll}{1,20}(?=: ?["“]?\p{Lu})/uy

/** Who speaks in a chat: a name and a colon begin its lines, and one of them at least is known. */
function speakersIn(text: string, capitals: readonly number[]): readonly Span[] {
  if (!text.includes('\n')) return []
  const speakers = capitals
    .filter((at) => at === 0 || codeAt(text, at - 1) === 10)
    .map((at) => wordAt(matchAt(text, at, speaking)?.[0] ?? '', at))
    .filter((word) => word.text !== '' && !isWord(word))
  return speakers.length > 1 && speakers.some((word) => isGiven(word) || isEither(word)) ? speakers.map((word) => spanOf(word, word)) : []
}

/** Capitalised words beside each other, with the particles of names between. */
function groupsOf(text: string, capitals: readonly number[]): readonly (readonly Word[])[] {
  const groups: Word[][] = []
  let [to, last]: [number, Word | undefined] = [0, undefined]
  for (const start of capitals) {
    if (start < to) continue
    const end = wordEnd(text, start)
    if (end === start) continue
    to = end
    const word = wordAt(withoutEnding(text.slice(start, end)), start)
    if (last !== undefined && isJoint(text.slice(last.end, start), last)) groups.at(-1)?.push(word)
    else groups.push([word])
    last = word
  }
  return groups
}

/** Where a capitalised word that begins at a place ends; the place itself where none does. */
function wordEnd(text: string, start: number): number {
  let end = start
  while (isLetter(codeAt(text, end))) end += 1
  const [before, next] = [codeAt(text, start - 1), codeAt(text, end)]
  // Plain words are most; what goes on with another letter, a sign or a digit is left to the pattern.
  if (
    end > start &&
    end - start <= 32 &&
    !(before > 127) &&
    !(next > 127) &&
    !isDigit(next) &&
    next !== 0x27 &&
    next !== 0x2d &&
    next !== 0x5f
  )
    return end
  return start + (matchAt(text, start, capital)?.[0].length ?? 0)
}

function isJoint(between: string, last: Word): boolean {
  if (between.length > 14) return false
  if (between === ' ' || between === '  ' || particles.test(between.trimStart() === between ? ` ${between}` : between)) return true
  if (between === ', ') return last.cue
  return /^\.? {0,2}$/.test(between) && between !== '' && (last.text.length <= 2 || last.cue)
}

/** Words at a sentence's beginning that somebody's whole name may follow. */
const leads = new Set(
  'according laut selon segun segundo volgens wedlug customer client cliente kunde kundin klant klient musteri patient paciente tenant caller anrufer appelant user dossier'.split(
    ' ',
  ),
)

function personsIn(text: string, words: readonly Word[]): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  while (from < words.length) {
    const cued = from
    while (words[from]?.cue === true) from += 1
    // "Laut Zorblat Quux", "Customer Zorblat Quux": as a cue, before two words or more.
    if (words.length - from > 2 && leads.has(words[from]?.plain ?? '')) from += 1
    while (isArticle(text, words[from])) from += 1
    const to = stretchEnd(words, from)
    if (to > from) spans.push(...judged(text, words.slice(from, to), from > cued, title.test(words[from - 1]?.plain ?? '')))
    from = Math.max(to, from + 1)
  }
  return spans
}

/** "I" and "A" are words of English, unless a point makes them initials. */
function isArticle(text: string, word: Word | undefined): boolean {
  return word?.text.length === 1 && (word.text === 'I' || word.text === 'A') && text[word.end] !== '.'
}

/** Up to the next ordinary word or title. */
function stretchEnd(words: readonly Word[], from: number): number {
  let to = from
  while (to < words.length && to - from < longest && (!isOrdinary(words[to]) || isParticle(words, to))) to += 1
  return to
}

const particle = /^(?:van|von|de|del|della|di|da|dos|du|der|den|la|le|lo|el|al|bin|ben|ter|ten|zu|af)$/i

/** "Joris De Smedt", "JUANA DE DIOS CABELLO": a part of the name that goes on. */
function isParticle(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]
  return (
    particle.test(words[at]?.text ?? '') && next !== undefined && (particle.test(next.text) ? isParticle(words, at + 1) : !isOrdinary(next))
  )
}

/** What somebody's name follows, though it be a word: "Madame Blanc", and not "Dear Customer". */
const title = /^(?:m(?:rs?|s|x|me|lle|adame|onsieur)|dr|prof|herrn?|frau|senora?|senhora?|sra?|mevrouw|meneer|pani?a?|signora?e?)$/

function judged(text: string, words: readonly Word[], cued: boolean, titled = false): readonly Span[] {
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return []
  const isLoud = words.length > 1 && words.every((word) => word.text === word.text.toUpperCase())
  // Asked last, and of what may be a name alone: it takes the longest.
  const isNamed = (): boolean =>
    cued || isNamedBefore(text, first.start, words.length > 1 && !isLoud) || isNamedAfter(text, last.end, first.start)
  const mayBe =
    text[last.end] !== '(' &&
    words.some(({ text: word }) => word.length > 1) &&
    (titled || isNameable(words)) &&
    (words.length > 1 || !isAcronym(first))
  const named = (mayBe || words.length > 1) && isNamed()
  if (mayBe && named) return [{ ...spanOf(first, last), start: particlesFrom(text, first.start) }]
  // "Позвонить Марине", "Bizum de Noelia": what leads to a name may have a capital, too.
  const [, second] = words
  if (second !== undefined && !named && !isFamily(first) && (first.common || isNamedBefore(text, second.start)))
    return judged(text, words.slice(1), false)
  // One word is a name by the lexicon only if it is a given one.
  if (second === undefined && !isGiven(first)) return []
  if (words.length < 3 && /[ -]/.test(text[last.end] ?? '') && things.test(text.slice(last.end, last.end + 16))) return []
  if (words.length < 3 && isOfThing(text, words)) return []
  return byLexicon(words, isLoud)
}

/** Whether words that somebody's name is due in could be one: not "Hiring Manager", not the next label of an empty form. */
function isNameable(words: readonly Word[]): boolean {
  const [first] = words
  // Most are words: asked first, it takes the least.
  if (first?.common === true && !words.some((word) => !word.common && isFamily(word) && !isEither(word))) return false
  if (words.some(({ text }) => /(?:dat(?:um|e)|number|nummer|address|voegsel|MAC)$/.test(text))) return false
  return words.length > 1 || first === undefined || !(isPeople(first.text) || isPerhapsPeople(first.text))
}

/** Where the particles in small letters before a name begin: "Herr von der Lühe". */
function particlesFrom(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 14), start)
  return start - (/(?<!\p{L})(?:(?:van|von|de|del|della|di|da|dos|du|der|den|la|le|ter|ten|zu|af|bin) )+$/u.exec(before)?.[0].length ?? 0)
}

/** From the first word that is a given name on, or from one before it that can be a family name. */
function byLexicon(words: readonly Word[], capitals: boolean): readonly Span[] {
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return []
  // A heading in capitals is mostly words: two of them have to be names.
  if (capitals && words.filter((word) => isFamily(word) && !isEither(word)).length < 2) return []
  const given = words.findIndex((word) => isGiven(word))
  if (given !== -1 && !(words.length === 1 && (capitals || isAcronym(first)))) {
    const before = words.slice(0, given)
    const start = before.some(isFamily) && !before.some(({ common }) => common) ? 0 : given
    // One word after it may be a family name that is a word as well.
    const end = words.findIndex(({ common }, place) => common && place > given + 1)
    return [spanOf(words[start] ?? first, words[end - 1] ?? last)]
  }
  const word = words.findIndex(({ common }) => common)
  if (word !== -1) return [words.slice(0, word), words.slice(word + 1)].flatMap((part) => byLexicon(part, capitals))
  if (words.length < 2) return []
  if (sureEnding.test(last.text.toLowerCase()) || words.slice(1, -1).some(({ text }) => text.length === 1)) return [spanOf(first, last)]
  // A name that is a word too, and a word that is none: "Grace Hopper".
  if (eitherGiven.has(first.plain) && words.slice(1).some((word) => !isEither(word) && !isAcronym(word))) return [spanOf(first, last)]
  const family = words.filter((word) => isFamily(word) && !isEither(word))
  if (family.includes(last) && words.length === 2 && !isEither(first) && !isAcronym(first)) return [spanOf(first, last)]
  return words.filter(isFamily).length >= 2 && !words.every(isEither) ? [spanOf(first, last)] : []
}
