import { plainWord } from '../lexicon.ts'
import type { Packed } from '../packed.ts'
import { amongPacked, bytesOnce } from './among.ts'
import { nameLevels, packedCaseless, pieceWeights, wordLevels } from './caseless-packed.ts'
import { unpacked } from './learned.ts'
import { piecesLength, sumOfPieces } from './pieces.ts'

/** How much of what its pieces tell counts, what a word has besides for being in no list, and the least and the most that it may have so. */
const [share, unlisted, least, most] = [0.6, 1, -4, 2]

const bytes = bytesOnce(packedCaseless)
/** Asks lists for a word's level, the likeliest names first. */
const levelIn = (levels: readonly (readonly [level: number, words: Packed])[]): ((plain: string) => number | undefined) => {
  const lists = levels.map(([level, words]) => ({ level, has: amongPacked(bytes, words) }))
  return (plain) => lists.find(({ has }) => has(plain))?.level
}
const [nameLevel, wordLevel] = [levelIn(nameLevels), levelIn(wordLevels)]
const table = (() => {
  let weights: Int8Array | undefined
  return (): Int8Array => (weights ??= unpacked(pieceWeights, piecesLength))
})()

/** A word of a script without capitals as it is looked up: without joiners and, but for Devanagari's vowels, marks; in letters that Arabic and Persian, and careful and hasty writers, share. */
export function plainCaseless(word: string): string {
  if (/\p{Script=Devanagari}/u.test(word)) return word.normalize('NFKC')
  return plainWord(word)
    .replace(/[\u200c\u05f3\u05f4\u0640]/g, '')
    .replaceAll('\u06cc', 'ي')
    .replaceAll('ك', 'ک')
    .replaceAll('ة', 'ه')
    .replace(/(?<=.{3})ى$/, 'ي')
}

/** A word, as it is looked up: how much likelier it is as a part of a name than as a word, in nats, and whether a list of names has it. */
export function judgedName(plain: string): { readonly odds: number; readonly isListed: boolean } {
  const level = nameLevel(plain)
  return { odds: level ?? wordLevel(plain) ?? formedOdds(plain), isListed: level !== undefined }
}

/** How much likelier a word that no list has is a part of a name, by how it is formed. */
export function formedOdds(plain: string, weights: Int8Array = table()): number {
  return Math.max(least, Math.min(most, sumOfPieces(plain, weights) * share + unlisted))
}
