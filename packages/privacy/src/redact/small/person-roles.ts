import type { Word } from '../person-word.ts'

/** A page has no room for these words. */
export const [rarePeoples, rareLed, rarePair] = ['', '', '']
/** Nor for these. */
export const rareTitles: ReadonlySet<string> = new Set()

/** Nor for these rules. */
export function isOfThing(_text: string, _words: readonly Word[]): boolean {
  return false
}
