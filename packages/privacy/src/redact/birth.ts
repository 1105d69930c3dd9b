import { allMatches } from './match.ts'
import type { Detector } from './span.ts'

const label =
  /(?<![\p{L}])(?:date of birth|birth ?-?date|birth ?-?day|d\.?o\.?b\.?|born(?: on)?|geboren(?: am| op)?|geburts ?-?(?:datum|tag)|geb\.?|née?(?:\(e\))? le|(?:date|jour) de naissance|fecha de nac(?:imiento|\.)|f\. ?nac\.?|nacid[oa](?:\/a)? el|data de nasc(?:imento|\.)|nascid[oa](?: em| a)?|data di nascita|nat[oa] il|geboorte ?-?datum|doğum (?:tarihi|günü)|doğum|d\. ?tarihi|data urodzenia|urodzon[ya](?: dnia)?|ur\.|datum narození|narozen[áa]?|dátum narodenia|data nașterii|születési (?:dátum|idő)|född|fødselsdato|fødselsdag|født(?: den)?|syntymäaika|datum rođenja|ημερομηνία γέννησης|дата рождения|дата народження|родил(?:ся|ась))(?![\p{L}])[^\n\d\p{L}]{0,8}|(?:生年月日|誕生日|出生日期|生日|出生|생년월일|생일|تاريخ الميلاد)[^\n\d\p{L}]{0,8}/giu
/** A word between a day and a year is a month, in whatever language. */
const month = '\\p{L}{3,14}'
const day = new RegExp(
  `^(?:\\d{1,4}[-./ ]{1,2}\\d{1,2}[-./ ]{1,2}\\d{2,4}|\\d{1,2}(?:st|nd|rd|th|er|º|\\.)? ?(?:de |of )?${month}\\.?,? (?:de |del )?\\d{2,4}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{2,4}|\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{8})`,
  'iu',
)

/** Dates that the words before call a birth. Any other date is ordinary text. */
export const findBirths: Detector = (text) =>
  allMatches(text, label).flatMap((match) => {
    const start = match.index + match[0].length
    const date = day.exec(text.slice(start, start + 40))
    return date === null ? [] : [{ start, end: start + date[0].length, kind: 'date_of_birth' }]
  })
