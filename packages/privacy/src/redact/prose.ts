import type { FoundWord } from './look.ts'
import { looksSecret, type Value } from './value.ts'

/** Words and what stands between them. */
const plain = /^[¿¡]?[\p{L}\p{M}][\p{L}\p{M}'’ .?!/:_-]*$/u
/** Scripts without blanks: a sentence is one run, and passwords are in letters of English. */
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u
const nextWord = /^[.]?[ \t]{1,3}([\p{L}\p{M}'’-]{1,40})(?![\p{L}=:(])/u
/** What may follow a word that is a password: a sentence that goes on says more of it in others. */
const conjunction =
  /^(?:and|but|or|for|on|at|if|please|thanks|btw|user\p{L}*|login|und|aber|für|bitte|et|pour|mais|y|para|pero|por|e|mas|en|voor|maar|i|dla|ale|ve|ile|per|и|для|но)$/iu

/** Whether what stands where a secret would is words of a sentence, of a form or of a translation. `labels`: the words that call something a secret. */
export function isProse(text: string, { start, end, join }: Value, labels: readonly FoundWord[]): boolean {
  const found = text.slice(start, end)
  if (unparted.test(found) && found.replace(/[^!-~]/g, '').length < 5 && !/["'`]/.test(text[end] ?? '')) return true
  if (unparted.test(found) && labels.some((label) => label.start < end && start < label.end)) return true
  if (!plain.test(found)) return false
  // `"password": "forgotPassword": ...`: the name of the next value.
  if (
    /^(?:["'`]\s?:|:(?:\s|$))/.test(text.slice(end, end + 4)) ||
    (!looksSecret(found) && labels.some((label) => label.start < end && start < label.end))
  )
    return true
  if (looksSecret(found)) return false
  const isQuoted = /["'`«“„「]/.test(text[start - 1] ?? '')
  if (isQuoted || text[start - 1] === '(') return / /.test(found) && (join === 'quote' || text[start - 1] === '(' || /^\p{Lu}/u.test(found))
  // `NAME=x other words`: a command.
  if (/\w=$/.test(text.slice(start - 2, start))) return false
  const next = nextWord.exec(text.slice(end, end + 48))?.[1]
  return next !== undefined && !conjunction.test(next)
}
