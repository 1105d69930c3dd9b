import { givenNames, plainWord } from '../lexicon.ts'
import { allMatches } from '../match.ts'

const small = /(?<![\p{L}\p{N}_@./-])\p{Ll}{3,20}(?![\p{L}\p{N}])/gu

/** Given names in small letters. */
export function smallGiven(text: string): readonly RegExpExecArray[] {
  return allMatches(text, small).filter(({ 0: found }) => givenNames.has(plainWord(found)))
}
