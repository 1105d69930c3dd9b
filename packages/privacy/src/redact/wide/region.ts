import { plainWord } from '../lexicon.ts'
import { amongPacked, bytesOnce } from './among.ts'
import { packedRegions, regions } from './region-packed.ts'

const word = /[\p{L}\p{M}\p{N}]+/gu
/** Scripts that no blank parts: a name may begin and end anywhere. */
const unparted = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u
/** How many words of such a name may stand before what was found in it and after it; how many characters, where no blank parts words. */
const [before, after, beforeUnparted, afterUnparted] = [4, 4, 6, 6]
/** How far such words are looked for. */
const reach = 48

const isNamed = amongPacked(bytesOnce(packedRegions), regions)

/** The name of a country, a language or a currency as it is looked up. */
export function regionPhrase(name: string): string {
  return (name.match(word) ?? []).map(plainWord).join(' ')
}

/** Whether what stands from one place to another is a country's name, a language's or a currency's, or a part of one: "Dólar de Hong Kong" in a list to choose from. */
export function isOfRegion(text: string, start: number, end: number): boolean {
  return unparted.test(text.slice(start, end)) ? isUnparted(text, start, end) : isParted(text, start, end)
}

function isParted(text: string, start: number, end: number): boolean {
  const head =
    lastCell(text.slice(Math.max(0, start - reach), start))
      .match(word)
      ?.slice(-before) ?? []
  const tail =
    firstCell(text.slice(end, end + reach))
      .match(word)
      ?.slice(0, after) ?? []
  const own = regionPhrase(text.slice(start, end))
  for (let lead = ''; ;) {
    let phrase = lead + own
    if (isNamed(phrase)) return true
    for (const next of tail) {
      phrase += ` ${plainWord(next)}`
      if (isNamed(phrase)) return true
    }
    const more = head.pop()
    if (more === undefined) return false
    lead = `${plainWord(more)} ${lead}`
  }
}

function isUnparted(text: string, start: number, end: number): boolean {
  for (let from = start; from >= Math.max(0, start - beforeUnparted); from -= 1)
    for (let to = end; to <= Math.min(text.length, end + afterUnparted); to += 1) if (isNamed(plainWord(text.slice(from, to)))) return true
  return false
}

/** What ends a cell or a line, over which no such name goes. */
const cell = /[\n\t;|]/
const lastCell = (text: string): string => text.split(cell).at(-1) ?? ''
const firstCell = (text: string): string => text.split(cell, 1)[0] ?? ''
