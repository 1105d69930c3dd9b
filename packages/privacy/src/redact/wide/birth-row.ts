import { birthAt, day } from '../birth.ts'
import { allMatches } from '../match.ts'
import { findNamedNumbers } from '../named.ts'
import { findNationalIds } from '../national.ts'
import type { Detector } from '../span.ts'

const year = '(?:19[2-9]\\d|200\\d)'
const date = `(?:\\d{1,2}[./-]\\d{1,2}[./-]${year}|${year}(?:[./-]\\d{1,2}[./-]\\d{1,2}|[年년] ?\\d{1,2}[月월] ?\\d{1,2}[日일]))`
/** A cell between others that a tab, a stroke, a comma or blanks part. */
const cell = new RegExp(`(?<=[\\t|;,]["' ]?|  )${date}(?=["' ]?(?:[\\t|;,\\n]|  |$))`, 'g')
/** The third field of a driving licence, after the two of the name. */
const licence = new RegExp(`(?<=\\s2\\.\\D{2,40}\\s3\\. ?)${date}`, 'g')

/** What may stand after a date of birth: "г.р.", "生". */
const bornAfter = new RegExp(`(?<![\\d./-])(${day})(?= ?(?:г\\.? ?р\\.|р\\.? ?н\\.|出生|生まれ|生(?!\\p{Script=Han})|출?생(?!산)))`, 'gu')
const afterwards = /\d ?(?:г|р\.|日[出生]|일 ?출?생)/

/** Dates that words after them call a birth; the first date of a row that holds somebody's identity number, with no header to name either. */
export const findBirthRows: Detector = (text, look) => {
  if (look.longNumbers.length === 0 && !afterwards.test(text)) return []
  const cells = allMatches(text, cell)
  const ids = cells.length === 0 ? [] : [...findNationalIds(text, look), ...findNamedNumbers(text, look)]
  let lastLine = -2
  const inRows =
    ids.length === 0
      ? []
      : cells.filter(({ index }) => {
          const from = text.lastIndexOf('\n', index)
          const to = text.indexOf('\n', index)
          const isFirst = from !== lastLine
          lastLine = from
          return isFirst && ids.some(({ start }) => start > from && (to === -1 || start < to))
        })
  return [
    ...(afterwards.test(text) ? allMatches(text, bornAfter) : []).map(({ index, 1: date = '' }) => birthAt(index, date)),
    ...[...inRows, ...(/\s3\. ?\d/.test(text) ? allMatches(text, licence) : [])].map(({ index, 0: found }) => birthAt(index, found)),
  ]
}
