import { birthAt } from '../birth.ts'
import { codeAt } from '../character.ts'
import { matchAt } from '../match.ts'
import type { Detector, Span } from '../span.ts'

/** Numbers that no other thing has: the British driving licence, the Portuguese card, that of the Emirates, a passport before its country's three letters in a row. */
const forms =
  /(?<=((?<![A-Za-z\d])[A-Z]{2,4}[A-Z9]{1,3} ?))\d{6} ?[A-Z]{2}\d[A-Z]{2}(?: ?\d{2})?(?![A-Za-z\d])|(?<=(?<![A-Za-z\d-])())(?:\d{8} ?\d ?[A-Z]{2}\d|784-\d{4}-\d{7}-\d)(?![A-Za-z\d-])|(?<=[;|\t,] ?((?:[A-Z]{1,3} ?)?))\d{6,9}(?=[;|\t,] ?[A-Z]{3}[;|\t,])/uy
/** A birth beside somebody's sex in such a row. */
const beside = /(?<=[;|\t,] ?[MFWXK][;|\t,] ?)(?:(?:19|20)\d{6}|(?:19|20)\d\d-\d\d-\d\d|\d\d[./]\d\d[./](?:19|20)\d\d)(?=[;|\t,\n]|$)/uy
/** The old German way to write a number: an area's code in pairs; a middle dot between groups. */
const paired = /(?<=\()0 ?\d{2}(?: \d{1,2}){1,2}\) ?\d[\d -]{4,12}\d(?!\d)|(?<=\+)\d{1,3}[\d ().·/-]{7,18}\d(?!\d)/uy
const digit = '[\\dOoIОо]'
/** Digits with letters that look like them, in groups. */
const mistaken = new RegExp(`(?<![\\p{L}\\p{N}])[+(]?${digit}{1,4}[)]?(?:[ ()/-]{1,2}${digit}{1,5}){1,6}(?![\\p{L}\\p{N}])`, 'gu')

/** Numbers of people by forms of their own. */
export const findNumberForms: Detector = (text, look) => {
  let seen = 0
  return look.numbers.flatMap(({ start, end }): readonly Span[] => {
    const [before, next] = [codeAt(text, start - 1), codeAt(text, end)]
    const length = end - start
    if (length === 1 && before === 40 && next === 32) return spanAt(matchAt(text, start, paired), 'phone', 1)
    if (next === 0xb7 || (next === 40 && before === 43)) return spanAt(matchAt(text, start, paired), 'phone', 1)
    if (isLike(next) || isLike(before)) {
      if (start < seen) return []
      // What is near was looked at with it.
      seen = start + 10
      return inNear(text, start)
    }
    if (length < 2) return []
    const born = length === 8 || length === 4 || length === 2 ? atCell(text, start, end) : []
    if (born.length > 0) return born
    // By how many digits the forms begin with.
    if (length < 3 || length === 4 || length === 5 || length > 9 || (length === 3 && next !== 45)) return []
    const found = matchAt(text, start, forms)
    return found === null ? [] : spanAt(found, 'national_id', (found[1] ?? found[2] ?? found[3] ?? '').length)
  })
}

function atCell(text: string, start: number, end: number): readonly Span[] {
  const [before, next] = [codeAt(text, start - 1), codeAt(text, end)]
  if (!isCell(before) && !isCell(next) && next !== 45 && next !== 46 && next !== 47) return []
  const found = matchAt(text, start, beside)
  return found === null ? [] : [birthAt(start, found[0])]
}

function isCell(code: number): boolean {
  return code === 59 || code === 124 || code === 9 || code === 44
}

/** O, o, I and the Cyrillic o. */
function isLike(code: number): boolean {
  return code === 79 || code === 111 || code === 73 || code === 0x41e || code === 0x43e
}

function inNear(text: string, start: number): readonly Span[] {
  const from = Math.max(0, start - 20)
  const near = text.slice(from, start + 20)
  mistaken.lastIndex = 0
  for (let match = mistaken.exec(near); match !== null; match = mistaken.exec(near)) {
    const [found] = match
    const letters = found.replace(/[^OoIОо]/g, '').length
    const count = found.replace(/[^\dOoIОо]/g, '').length
    const groups = found.split(/[ ()/-]+/).filter((part) => part !== '').length
    const isWhole = from + match.index + found.length < from + near.length || near.length < 40
    if (letters > 0 && letters <= 3 && count >= 8 && count <= 13 && (groups > 2 || /^[+(0oOОо]/.test(found)) && isWhole)
      return [{ start: from + match.index, end: from + match.index + found.length, kind: 'phone' }]
  }
  return []
}

function spanAt(match: RegExpExecArray | null, kind: Span['kind'], before: number): readonly Span[] {
  return match === null ? [] : [{ start: match.index - before, end: match.index + match[0].length, kind }]
}
