import type { Stretch } from './look.ts'
import { allMatches } from './match.ts'
import { sureEnding } from './name-words.ts'
import { type Word, isAcronym, isEither, isFamily, isGiven, isWord, spanOf, wordAt } from './person-word.ts'
import type { Span } from './span.ts'

const edge = /(?:^|[\n\t|/>›»:;–—[(•·"]|-) ?$/

/** "Nakamura, Hiro" in a line, a cell or a path of its own, and "SUN/LIYING" of travel. */
export function invertedIn(text: string, groups: readonly (readonly Word[])[]): readonly Span[] {
  return groups.flatMap((words, index) => {
    const [first, last] = [words[0], words.at(-1)]
    const next = groups[index + 1]
    const [given, end] = [next?.[0], next?.at(-1)]
    if (first === undefined || last === undefined || given === undefined || end === undefined) return []
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
    if (!/^, ?$/.test(between) || words.length > 2 || words.some(isWord) || isWord(given)) return []
    const isApart =
      /^(?:$| ?[\n\t|/›<>»)\]–—(·]| - )/.test(text.slice(end.end, end.end + 3)) ||
      (between === ',' && isCapitals(first) && isCapitals(given))
    const isName = isApart && (isGiven(given) || isEither(given)) && (isFamily(last) || !isAcronym(last))
    return isName && edge.test(text.slice(0, first.start).slice(-3)) ? [spanOf(first, end)] : []
  })
}

function isCapitals({ text }: Word): boolean {
  return text === text.toUpperCase()
}

const joined = /\p{L}[\p{L}\p{M}]{1,24}(?:[_. -][\p{L}\p{M}\d]{1,24}){1,12}/gu

/** Names in the name of a file, "CV_Florence_Nakamura": a given name and what may be a family name, joined by the sign that joins all; and a passport's line for machines. */
export function joinedIn(text: string): readonly Span[] {
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
  const parts = allMatches(whole, /[\p{L}\p{M}]+(?![\p{L}\p{M}\d])/gu).map((part) => wordAt(part[0], index + part.index))
  for (const [place, first] of parts.entries()) {
    const last = parts[place + 1]
    if (last === undefined || last.start - first.end !== 1 || first.ordinary || isWord(last) || last.text.length < 2) continue
    const isName = isGiven(first) || (isEither(first) && isFamily(last))
    if (isName && (isFamily(last) || sureEnding.test(last.text) || /^\p{Lu}\p{Ll}/u.test(last.text))) return [spanOf(first, last)]
  }
  return []
}

const machineLine =
  /(?<=[A-Z<]{3})[A-Z]{2,30}<<[A-Z]{2,30}(?:<[A-Z]{2,30}){0,3}|(?<![A-Z<])[A-Z]{2,30}<<[A-Z]{2,30}(?:<[A-Z]{2,30}){0,3}(?=<<)/g

function inMachineLines(text: string): readonly Span[] {
  return text.includes('<<')
    ? allMatches(text, machineLine).map(({ index, 0: { length } }) => ({ start: index, end: index + length, kind: 'person' }))
    : []
}
