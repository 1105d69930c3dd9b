/** Digits in groups: four are enough to be a part of a number that counts. */
const digits = /\p{Nd}(?:[ .\-_/]{0,2}\p{Nd}){3,}/gu
/** Where a run is no word: a capital inside, a digit beside a letter, a sign between. */
const odd = /\p{Ll}\p{Lu}|\p{Lu}{2}|\p{Nd}\p{L}|\p{L}\p{Nd}|\p{L}[-.][\p{L}\p{N}]|[_@#$%^&*+=~|\\]/u
const shortest = 4

/** Runs of a text that may be a part of a card, an account, a key: no detector fires before such a thing is whole, so a text with one says nothing before it is done. */
export function unfinishedIn(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word.length >= shortest && odd.test(word))
  return [...words, ...(text.match(digits) ?? [])]
}
