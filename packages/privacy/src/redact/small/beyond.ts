import type { Lexicon } from '../lexicon.ts'

/** Words beyond those that a page's redactor has room for. */
export interface Wide {
  readonly given: Lexicon
  readonly family: Lexicon
  readonly ordinary: Lexicon
  /** Whether it may be a name of either kind, as far as is known. */
  readonly isName: (word: string) => boolean
  /** Names in scripts without capitals that are parted by blanks. */
  readonly unspaced: Lexicon
}

const nothing: Lexicon = { has: () => false }

/** A page has none of them. */
export const wide: Wide = { given: nothing, family: nothing, ordinary: nothing, unspaced: nothing, isName: () => true }
