/** A page has no room for these words. */
export const [rarePeoples, rareLed, rarePair] = ['', '', '']
export const rareTitles: ReadonlySet<string> = new Set()

/** Nor for these rules. */
export function isThing(_before: string, _after: string): boolean {
  return false
}

/** Nor for names in small letters among others. */
export function isChat(_text: string): boolean {
  return false
}
