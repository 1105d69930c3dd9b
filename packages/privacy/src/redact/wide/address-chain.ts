import { headStart, start, tailEnd, town } from '../address-parts.ts'
import { codeAt } from '../character.ts'
import { matchAt } from '../match.ts'
import type { Detector } from '../span.ts'
import { flatWords } from '../street-words.ts'

/** A flat, a plot or a block, and places after it as far as a post code, whatever streets are called there: read backwards from the code. */
const chain = new RegExp(
  `(?<=${start}((?:(?:${flatWords}|H\\.? ?[Nn]o)\\.? ?(?:[Nn]o\\.? ?)?#?|#|(?=[A-Z]))(?:[A-Z]-?)?\\d[\\dA-Za-z/-]{0,8}(?:, ?(?:\\d{1,3}(?:st|nd|rd|th) )?${town}(?: [Nn]o\\.)?(?: \\d{1,3})?){0,3}, ?${town}, ?${town}(?: - | )))`,
  'uy',
)

/** Addresses without a street, by a post code of five or six digits that a town and a blank stand before. */
export const findChains: Detector = (text, look) =>
  look.numbers.flatMap(({ start: at, end: to }) => {
    if (to - at < 5 || to - at > 6 || codeAt(text, at - 1) !== 32) return []
    const length = matchAt(text, at, chain)?.[1]?.length ?? 0
    return length === 0 ? [] : [{ start: headStart(text, at - length), end: tailEnd(text, to), kind: 'address' as const }]
  })
