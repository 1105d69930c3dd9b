import type { Look, Stretch } from '../look.ts'
import { allMatches } from '../match.ts'
import { isNamedBefore } from '../person-context.ts'
import { capitalsAfter, formsIn, hasGiven, longer } from './person-forms.ts'
import { keptOf } from './person-kept.ts'
import { ledIn, queriedIn } from './person-led.ts'
import { mayBeGiven, smallNamesIn } from './person-small.ts'
import { areStrangers, strangersIn } from './stranger.ts'
import { sureEnding } from '../name-words.ts'
import { type Word, isAcronym, isEither, isFamily, isGiven, isWord, spanOf, wordAt } from '../person-word.ts'
import type { Span } from '../span.ts'

/** What was found without what is nobody's name, and with names that are known by their form. */
export function besides(text: string, look: Look, groups: readonly (readonly Word[])[], spans: readonly Span[]): readonly Span[] {
  const grouped = groups.length === 0 ? [] : [...invertedIn(text, groups), ...ledIn(text, groups), ...capitalsAfter(text, groups)]
  const all = keptOf(text, [...spans, ...formsIn(text, look, groups), ...grouped, ...strangersIn(text, groups)])
  const marked = look.hasAny('marks') ? [...joinedIn(text), ...queriedIn(text)] : []
  return [...all, ...longer(text, groups, all), ...marked, ...smallNamesIn(text)]
}

const edge = /(?:^|[\n\t|/>›»:;–—[(•·"']|-|\.{3}| {2}) ?$/
const apart = /^(?:$| ?[\n\t|/›<>»)\]–—(·;]| - | {2})/
/** Where the family name is in capitals more may follow. */
const apartFromCapitals = /^(?:$|[\n\t|/›<>»)\]–—(·,;"']| [-(–—|/›<>»)\]·]| {2})/

/** "Nakamura, Hiro" in a line, a cell or a path of its own, and "SUN/LIYING" of travel. */
function invertedIn(text: string, groups: readonly (readonly Word[])[]): readonly Span[] {
  return groups.flatMap((words, index) => {
    const [first, last] = [words[0], words.at(-1)]
    const next = groups[index + 1]
    const [given, end] = [next?.[0], next?.at(-1)]
    if (first === undefined || last === undefined || given === undefined || end === undefined || given.start - last.end > 2) return []
    const between = text.slice(last.end, given.start)
    if (
      between === '/' &&
      words.length === 1 &&
      isCapitals(first) &&
      isCapitals(given) &&
      ![first, given].some(isWord) &&
      isFamily(first) &&
      !/[:=(]/.test(text.slice(end.end, end.end + 2))
    )
      return [spanOf(first, end)]
    if (!/^, ?$/.test(between) || words.length > 3) return []
    return isInverted(text, words, next ?? [], between) ? [spanOf(first, end)] : []
  })
}

function isInverted(text: string, words: readonly Word[], given: readonly Word[], between: string): boolean {
  const [first, last, own, end] = [words[0], words.at(-1), given[0], given.at(-1)]
  if (first === undefined || last === undefined || own === undefined || end === undefined || words.some(isWord) || isWord(own)) return false
  const to = end.end + Number(end.text.length === 1 && text[end.end] === '.')
  const ahead = text.slice(to, to + 3)
  const isLoud = words.every(isCapitals) && last.text.length > 2 && apartFromCapitals.test(ahead)
  const isQuoted = /["'«“„]/.test(text[first.start - 1] ?? '') && /^["'»”“]/.test(ahead)
  const isApart = isQuoted || apart.test(ahead) || (between === ',' && isCapitals(first) && isCapitals(own))
  const isInitial = own.text.length === 1 && text[own.end] === '.'
  const isKnown =
    isGiven(own) ||
    isEither(own) ||
    hasGiven(own) ||
    (isInitial && isFamily(last)) ||
    (words.length === 1 && given.length === 1 && !isGiven(first) && areStrangers([first, own]))
  if (!isLoud && (!isApart || !isKnown || words.length > 2 || (!isFamily(last) && isAcronym(last)))) return false
  const isAtEdge = edge.test(text.slice(Math.max(0, first.start - 4), first.start))
  // What a label leads to is asked last: it takes the longest.
  return (isAtEdge && (!isLoud || isKnown || words.some(isFamily))) || isNamedBefore(text, first.start)
}

function isCapitals({ text }: Word): boolean {
  return text === text.toUpperCase()
}

const joined = /\p{L}[\p{L}\p{M}]{1,24}(?:[_. -][\p{L}\p{M}\d]{1,24}){1,12}/gu

/** Names in the name of a file, "CV_Florence_Nakamura": a given name and what may be a family name, joined by the sign that joins all; and a passport's line for machines. */
function joinedIn(text: string): readonly Span[] {
  return [...linesWith(text, '_').flatMap(({ start, end }) => inLine(text.slice(start, end), start)), ...inMachineLines(text)]
}

/** Lines of a text that have a sign. */
function linesWith(text: string, sign: string): readonly Stretch[] {
  const lines: Stretch[] = []
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, lines.at(-1)?.end)) {
    const next = text.indexOf('\n', at)
    lines.push({ start: text.lastIndexOf('\n', at) + 1, end: next === -1 ? text.length : next })
  }
  return lines
}

function inLine(line: string, start: number): readonly Span[] {
  return allMatches(line, joined).flatMap(({ index, 0: whole }) => inJoined(start + index, whole))
}

function inJoined(index: number, whole: string): readonly Span[] {
  if (!whole.includes('_')) return []
  const found = allMatches(whole, /[\p{L}\p{M}]+(?:-\p{Lu}[\p{L}\p{M}]+)*(?![\p{L}\p{M}\d])/gu)
  // More than a file's name has are a list; what words are is asked where one is a name.
  if (found.length > 9 || !found.some(({ 0: part }) => mayBeGiven(part) || part.includes('-') || /^\p{Lu}\p{Ll}/u.test(part))) return []
  const parts = found.map((part) => wordAt(part[0], index + part.index))
  for (const [place, first] of parts.entries()) {
    const last = parts[place + 1]
    // "P45_Vane-Okoro": a double name is nobody else's.
    if (isDoubleName(first))
      return [spanOf(first, last !== undefined && last.start - first.end === 1 && isProper(last) && !isWord(last) ? last : first)]
    if (last === undefined || last.start - first.end !== 1 || last.text.length < 2) continue
    const isPair = whole[first.end - index] === '_' && isProper(first) && isProper(last)
    // "Marsh_Olivia", "jacobsen_lene": turned round; "Hedwig_Blume": a family name that is a word.
    if (!isWord(last) && isGiven(last) && isFamily(first) && !first.ordinary && (isPair || !isWord(first))) return [spanOf(first, last)]
    if (first.ordinary || last.ordinary || (isWord(last) && !(isPair && isGiven(first) && !isWord(first)))) continue
    const isName = isGiven(first) || (isEither(first) && isFamily(last)) || (isPair && areStrangers([first, last]))
    if (isName && (isFamily(last) || sureEnding.test(last.text) || isProper(last))) return [spanOf(first, last)]
  }
  return []
}

function isDoubleName({ text }: Word): boolean {
  return /^\p{Lu}\p{Ll}{2,}-\p{Lu}\p{Ll}{2,}$/u.test(text) && text.split('-').every((part) => !isWord(wordAt(part, 0)))
}

function isProper({ text }: Word): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text)
}

const machineLine =
  /(?<=[A-Z<]{3})[A-Z]{2,30}<<[A-Z]{2,30}(?:<[A-Z]{2,30}){0,3}|(?<![A-Z<])[A-Z]{2,30}<<[A-Z]{2,30}(?:<[A-Z]{2,30}){0,3}(?=<<)/g

function inMachineLines(text: string): readonly Span[] {
  return text.includes('<<')
    ? allMatches(text, machineLine).map(({ index, 0: { length } }) => ({ start: index, end: index + length, kind: 'person' }))
    : []
}
