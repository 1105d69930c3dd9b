import { moreWords } from '#wide/abroad'

import { endsAt } from '../match.ts'
import type { Detector } from '../span.ts'

const before = new RegExp(
  `(?<=(?<!\\p{L})(?:(?:ext|extension|durchwahl${moreWords.extensions})[.:]{0,2}|(?:phone|tel|desk|office)[.:]{1,2} ?x) ?)\\d{3,5}(?![\\dx]|[.,/-]\\d)`,
  'iuy',
)

/** Extensions alone, by the word before them: they are somebody's. */
export const findExtensions: Detector = (text, look) =>
  look.numbers
    .filter(({ start, end }) => end - start > 2 && end - start < 6 && endsAt(text, start, before))
    .map(({ start, end }) => ({ start: text[start - 1] === 'x' ? start - 1 : start, end, kind: 'phone' as const }))
