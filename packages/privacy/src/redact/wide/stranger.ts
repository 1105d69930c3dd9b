import { things } from '../name-words.ts'
import { type Word, isAcronym, isEither, isFamily, isGiven, isWord, spanOf } from '../person-word.ts'
import type { Span } from '../span.ts'
import { unpacked } from './learned.ts'
import { isOfThing } from './person-roles.ts'
import { piecesLength, sumOfPieces } from './pieces.ts'
import { nameWeights } from './stranger-packed.ts'

/** What the words of a name have to reach on average, in nats over what a word of a list would be: where a list has one of them, and where none has. */
const [oneKnown, noneKnown] = [-2, -1.5]
/** The same behind an initial, wherever it stands. */
const afterInitial = -4
/** How much more where they stand in no sentence: things have names in lists, and pages are made of headings. */
const elsewhere = 1.5
/** The most words that are one name. */
const most = 4

const table = (() => {
  let weights: Int8Array | undefined
  return (): Int8Array => (weights ??= unpacked(nameWeights, piecesLength))
})()

/** How much a word is formed as names are rather than as words are, in nats. `plain`: as it is looked up. `places`: gets the places of what it is judged by. */
export function likeName(plain: string, places?: number[]): number {
  return sumOfPieces(plain, table(), places)
}

const proper = /^\p{Lu}\p{Ll}{2,}(?:[-'’]\p{Lu}?\p{Ll}+)*$/u
const particle = /^(?:van|von|de|del|della|di|da|dos|du|der|den|la|le|el|al|bin|ben|ter|ten)$/i
/** A word in small letters, and no other sign than a comma, before what is named in a sentence. A colon ends a label: a field would hold somebody whom the same words beside it don't. */
const inSentence = /\p{Ll}{2},? $/u
/** "Adana–Konya", "Canon 5": a thing, or a line of a table. */
const goesOn = /^(?: ?\d(?!\d?[:h]\d\d)|[-–—+&/]| [+&/]| [-–—] ?\d)/

/** Names that no list has: words with capitals beside each other that no language has among its words, formed as names are. */
export function strangersIn(text: string, groups: readonly (readonly Word[])[]): readonly Span[] {
  return groups.flatMap((group) => {
    const begin = group.findIndex((word, place) => (isInitial(text, word) ? place === 0 : !isWord(word) && !word.cue))
    const words = group.slice(Math.max(0, begin))
    const [first, last] = [words[0], words.at(-1)]
    if (begin === -1 || first === undefined || last === undefined || first === last || words.length > most) return []
    const ahead = text.slice(last.end, last.end + 16)
    if (goesOn.test(ahead) || things.test(ahead)) return []
    if (isOfThing(text, words) || (begin > 0 && isOfThing(text, group))) return []
    const isInSentence = inSentence.test(text.slice(Math.max(0, first.start - 5), first.start))
    return areName(text, words, isInSentence ? 0 : elsewhere) ? [spanOf(first, last)] : []
  })
}

/** "J. Meijerink": a letter with a point before a name. */
const isInitial = (text: string, word: Word): boolean => word.text.length === 1 && text[word.end] === '.'

/** `more`: what they have to reach beyond what they have to in a sentence. */
function areName(text: string, words: readonly Word[], more: number): boolean {
  const named = words.filter((word, place) => place === 0 || place === words.length - 1 || !particle.test(word.text))
  const own = named.filter((word) => !isInitial(text, word))
  // What small letters join is mostly a place or a dish.
  if (words.some(({ end }, place) => place < words.length - 1 && /\p{Ll}/u.test(text.slice(end, words[place + 1]?.start)))) return false
  return own.length > 0 && areFormed(own, more, own.length < named.length)
}

/** Whether words apart from a sentence, of which no language has any, are formed as names are. */
export const areStrangers = (words: readonly Word[]): boolean => areFormed(words, elsewhere, false)

function areFormed(words: readonly Word[], more: number, hasInitial: boolean): boolean {
  if (words.some((word) => isWord(word) || word.cue || isAcronym(word) || !proper.test(word.text))) return false
  const mean = words.reduce((sum, { plain }) => sum + likeName(plain), 0) / words.length
  if (hasInitial) return mean >= afterInitial
  const isKnown = words.some((word) => isGiven(word) || isEither(word) || isFamily(word))
  return mean >= (isKnown ? oneKnown : noneKnown) + more
}
