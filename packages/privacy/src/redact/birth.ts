import type { Family } from './beginning.ts'
import type { Detector } from './span.ts'

const gap = '[^\\n\\d\\p{L}]{0,8}'
const words = `
  date of birth, birth ?-?date, birth ?-?day, d\\.?o\\.?b\\.?, born(?: on)?, geboren(?: am| op)?, geburts ?-?(?:datum|tag), geb\\.?,
  née?(?:\\(e\\))? le, (?:date|jour) de naissance, f(?:echa|\\.) (?:de )?nac(?:imiento|\\.)?, nacid[oa](?:\\/a)? el,
  d(?:ata|t\\.?) (?:de )?nasc(?:imento|\\.)?, nascid[oa](?: em| a)?, data di nascita, nat[oa] il, geboorte ?-?datum, doğum (?:tarihi|günü), doğum,
  d\\. ?tarihi, data urodzenia, urodzon[ya](?: dnia)?, ur\\., datum narození, narozen[áa]?, dátum narodenia, data nașterii,
  születési (?:dátum|idő), född, fødselsdato, fødselsdag, født(?: den)?, syntymäaika, datum rođenja, ημερομηνία γέννησης, дата рождения,
  дата народження, родил(?:ся|ась)`
/** What a date of birth is called. */
export const births: Readonly<Record<'birth' | 'unpartedBirth', Family>> = {
  birth: { pieces: words.trim().split(/,\s+/), pattern: (own) => `(?<!\\p{L})(?:${own})(?!\\p{L})${gap}` },
  unpartedBirth: {
    pieces: '生年月日|誕生日|出生日期|生日|出生|생년월일|생일|تاريخ الميلاد'.split('|'),
    pattern: (own) => `(?:${own})${gap}`,
    inside: true,
  },
}
/** A word between a day and a year is a month, in whatever language. */
const month = '\\p{L}{3,14}'
const day = new RegExp(
  `^(?:\\d{1,4}[-./ ]{1,2}\\d{1,2}[-./ ]{1,2}\\d{2,4}|\\d{1,2}(?:st|nd|rd|th|er|º|\\.)? ?(?:de |of )?${month}\\.?,? (?:de |del )?\\d{2,4}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{2,4}|\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{8})`,
  'iu',
)

/** Dates that the words before call a birth. Any other date is ordinary text. */
export const findBirths: Detector = (text, look) =>
  look.words('birth', 'unpartedBirth').flatMap(({ end: start }) => {
    const date = day.exec(text.slice(start, start + 40))
    return date === null ? [] : [{ start, end: start + date[0].length, kind: 'date_of_birth' }]
  })
