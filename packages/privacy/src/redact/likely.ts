import { codeAt } from './character.ts'

/** For each letter in its order, those that often follow it in English, German, French and Spanish words and identifiers. */
const followers = `
  bcdefgilmnprstuvy aeilorsuy aehiklorstu aeiorsu abcdfgilmnpqrstuvwxy aefiloru aehilnorstu aeinorty abcdefgklmnoprstvz
  aeou aeinors adefiloptuy aeimopu acdefgiknostuv bcdfgklmnoprstuvw aehiloprstu u acdegiklmnorstuvy
  acehiklmopstuwy aehiorstuwyz abcdegilmnprst aeio aehionr aceipt aelmnopst aeiu`
const followerBits = Uint32Array.from(followers.trim().split(/\s+/), (letters) =>
  Array.from(letters).reduce((bits, letter) => bits | (1 << placeOf(letter.charCodeAt(0))), 0),
)

/** Place of a letter of English in the alphabet, in either case; less than 0 or more than 25 for anything else. */
function placeOf(code: number): number {
  return code < 65 || code > 122 ? -1 : (code | 32) - 97
}

/** Share 0-1 of neighbouring letters that words have; 1 where there are none. Random letters reach about 0.4, words over 0.8. */
export function wordlike01(text: string): number {
  let [pairs, usual, before, last] = [0, 0, 0, -1]
  const { length } = text
  for (let at = 0; at < length; at += 1) {
    const code = codeAt(text, at)
    const place = placeOf(code)
    const following = followerBits[last]
    // A capital after a small letter begins a new word: camelCase.
    if (following !== undefined && place >= 0 && place < 26 && (before < 97 || code >= 97)) {
      pairs += 1
      usual += (following >>> place) & 1
    }
    before = code
    last = place
  }
  return pairs === 0 ? 1 : usual / pairs
}

/** How often letters of one case, of the other, and digits take turns. */
export function turns(text: string): number {
  let [count, before] = [0, 0]
  const { length } = text
  for (let at = 0; at < length; at += 1) {
    const sort = sortOf(codeAt(text, at))
    if (sort !== before && sort !== 0 && before !== 0) count += 1
    before = sort
  }
  return count
}

/** 1 for a digit, 2 for a capital, 3 for a small letter. */
function sortOf(code: number): number {
  if (code >= 48 && code <= 57) return 1
  if (code >= 65 && code <= 90) return 2
  return code >= 97 && code <= 122 ? 3 : 0
}

/** Bits per character of a text's own distribution. */
export function entropyBits(text: string): number {
  const counts = new Map<number, number>()
  const { length } = text
  for (let at = 0; at < length; at += 1) counts.set(codeAt(text, at), (counts.get(codeAt(text, at)) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length)
  return bits
}
