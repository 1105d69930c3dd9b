import { codeAt } from '../character.ts'
import { givenNames } from '../lexicon.ts'
import { smallGiven as given } from '../small/small-given.ts'

/** A word where it stands, as a pattern would find it. */
type Found = Pick<RegExpExecArray, 'index' | 0>

const [shortest, longest] = [3, 20]
/** What a word doesn't begin after: "_@./-". */
const joints: readonly number[] = Array.from('_@./-', (sign) => codeAt(sign, 0))

/** Given names in small letters. Where all is ASCII, words are read without a pattern: each would be a match of it, and most are no names. */
export function smallGiven(text: string): readonly Found[] {
  const found: Found[] = []
  const { length } = text
  let from = -1
  let before = 0
  for (let at = 0; at <= length; at += 1) {
    const code = at < length ? codeAt(text, at) : 0
    if (code > 127) return given(text)
    if (code >= 97 && code <= 122) {
      if (from === -1) from = at
      continue
    }
    if (from !== -1 && at - from >= shortest && at - from <= longest && !isWordy(code) && !isWordy(before) && !joints.includes(before)) {
      const word = text.slice(from, at)
      if (givenNames.has(word)) found.push({ index: from, 0: word })
    }
    from = -1
    before = code
  }
  return found
}

/** A capital or a digit. */
function isWordy(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
}
