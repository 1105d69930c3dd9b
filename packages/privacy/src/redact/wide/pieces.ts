import { codeAt } from '../character.ts'
import { weightsOfOne } from './learned.ts'

/** The length of a table of weights of pieces: a power of two. */
export const piecesLength = 1 << 13
/** How many letters are judged at once; of the longest, only those that a word begins or ends with. */
const [shortest, longest] = [2, 5]

/** What the pieces of a word weigh together, in nats. `places`: gets the places of what it is judged by. */
export function sumOfPieces(plain: string, weights: Int8Array, places?: number[]): number {
  const word = `^${plain}$`
  let sum = 0
  for (let length = shortest; length <= longest; length += 1) {
    for (let at = 0; at + length <= word.length; at += 1) {
      if (length === longest && at !== 0 && at + length !== word.length) continue
      const place = hashOf(word, at, length)
      sum += weights[place] ?? 0
      places?.push(place)
    }
  }
  return sum / weightsOfOne
}

function hashOf(word: string, from: number, length: number): number {
  let hash = 0x811c9dc5 ^ length
  for (let at = from; at < from + length; at += 1) hash = Math.imul(hash ^ codeAt(word, at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) % piecesLength
}
