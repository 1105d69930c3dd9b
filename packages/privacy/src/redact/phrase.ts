import { entropyBits, wordlike01 } from './likely.ts'
import { allMatches } from './match.ts'
import type { Detector, Span } from './span.ts'

/** Words of a wallet (BIP 39): short, small, numbered or not, alone in their lines. */
const words =
  /(?<![^\n:])[ \t]{0,8}(?:(?:\d{1,2}[.):]?[ \t]{1,4})?[a-z]{3,8}[ \t,]{1,4}\n?|(?:\d{1,2}[.):]?[ \t]{1,4})?[a-z]{3,8}\n){11,23}(?:\d{1,2}[.):]?[ \t]{1,4})?[a-z]{3,8}(?=[ \t]{0,4}(?:\n|$))/g
/** Such as no list of words for wallets has, and no sentence lacks. */
const common = /\b(?:the|and|for|are|with|but|der|die|und|das|les|des|est|que|los|por|van|het|een)\b/
/** Groups of four, as programs make passwords to be read. */
const groups = /(?<![\w-])[a-z0-9]{4}(?:([ -])[a-z0-9]{4})(?:\1[a-z0-9]{4}){2,7}(?![\w-])/g
const counts: readonly number[] = [12, 15, 18, 21, 24]

/** Secrets of many words or groups that nothing has to name. */
export const findPhrases: Detector = (text) => [
  ...allMatches(text, words)
    .filter(({ 0: found }) => counts.includes(found.match(/[a-z]+/g)?.length ?? 0) && !common.test(found))
    .map(spanOf),
  ...allMatches(text, groups)
    .filter(({ 0: found }) => isDrawn(found))
    .map(spanOf),
]

/** Letters that follow each other as in no word. */
function isDrawn(found: string): boolean {
  const parts = found.split(/[ -]/)
  const lettered = parts.filter((part) => /[a-z]/.test(part))
  return (
    lettered.length === parts.length &&
    lettered.reduce((sum, part) => sum + wordlike01(part), 0) / parts.length < 0.72 &&
    entropyBits(found) > 2.8
  )
}

function spanOf({ index, 0: found }: RegExpExecArray): Span {
  return { start: index, end: index + found.length, kind: 'secret' }
}
