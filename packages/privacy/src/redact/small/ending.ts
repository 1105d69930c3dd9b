/** A name without what an apostrophe joins to it. */
export function withoutEnding(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word
}
