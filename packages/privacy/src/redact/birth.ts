import { allMatches } from './match.ts'
import type { Detector } from './span.ts'

const label =
  /(?:date of birth|birth ?-?date|birthday|d\.?o\.?b\.?|born(?: on)?|geboren(?: am)?|geburtsdatum|geburtstag|né(?:e)? le|date de naissance|fecha de nacimiento|nacid[oa] el|data di nascita|nato il|geboortedatum)(?![\p{L}])[^\n\d\p{L}]{0,8}/giu
const month =
  '(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janvier|février|mars|avril|juin|juillet|août|enero|febrero|marzo|abril|mayo|junio|julio|agosto)\\p{L}{0,8}'
const day = new RegExp(
  `^(?:\\d{1,4}[-./ ]{1,2}\\d{1,2}[-./ ]{1,2}\\d{2,4}|\\d{1,2}(?:st|nd|rd|th|\\.)? ?(?:de |of )?${month}\\.?,? (?:de )?\\d{2,4}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{2,4}|\\d{8})`,
  'iu',
)

/** Dates that the words before call a birth. Any other date is ordinary text. */
export const findBirths: Detector = (text) =>
  allMatches(text, label).flatMap((match) => {
    const start = match.index + match[0].length
    const date = day.exec(text.slice(start, start + 40))
    return date === null ? [] : [{ start, end: start + date[0].length, kind: 'date_of_birth' }]
  })
