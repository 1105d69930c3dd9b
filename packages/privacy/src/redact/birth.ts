import { moreWords } from '#wide/abroad'

import type { Family } from './beginning.ts'
import type { Detector, Span } from './span.ts'

const gap = '[^\\n\\d\\p{L}]{0,8}'
const words = `
  date of birth, birth ?-?date, b(?:irth)? ?-?day, birth, naissance, geburt, d\\.?o\\.?b\\.?, born(?: on)?, geboren(?: am| op)?, geburts ?-?(?:datum|tag), geb\\.?(?:-?dat\\p{L}*)?,
  née?(?:\\(e\\))? le, (?:date|jour) de naissance, f(?:echa|\\.) (?:de )?nac(?:imiento|\\.)?, nacid[oa](?:(?:\\/a)? el)?,
  d(?:ata|t\\.?) (?:de )?nasc(?:imento|\\.)?, nascid[oa](?: em| a)?, data di nascita, nat[oa](?: il)?, geboorte ?-?datum, doğum (?:tarihi|günü), doğum,
  d\\. ?tarihi, data urodzenia, urodzon[ya](?: dnia)?, ur\\., дата рождения, родил(?:ся|ась), род\\., д\\.?\\s?р\\.?, nac\\., nasc\\., née?, geb${moreWords.births}`
/** What a date of birth is called. */
export const births: Readonly<Record<'birth' | 'unpartedBirth', Family>> = {
  birth: { pieces: words.trim().split(/,\s+/), pattern: (own) => `(?<!\\p{L})(?:${own})(?!\\p{L})${gap}` },
  unpartedBirth: {
    pieces: `生年月日|誕生日|出生日期|生日|出生|생년월일|생일|تاريخ الميلاد${moreWords.unpartedBirths}`.split('|'),
    pattern: (own) => `(?:${own})${gap}`,
    inside: true,
  },
}
/** A word between a day and a year is a month, in whatever language. */
const month = '\\p{L}{3,14}'
/** A day, a month and a year, or the other way round. */
export const day = `(?:\\d{1,4}(?: ?[-./] ?| )\\d{1,2}(?: ?[-./] ?| )\\d{2,4}|\\d{1,2}(?:st|nd|rd|th|er|º|\\.)?(?:[ /-]|(?=\\p{Lu}))(?:de |of )?${month}(?:\\.?,? (?:de |del )?|[/-]|(?=\\d))\\d{2,4}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{2,4}|(?:[昭平大令][和成正])?\\d{1,4}[年년] ?\\d{1,2}[月월] ?\\d{1,2}[日일]|\\d{8})(?!\\d)`
/** Between the word and its date: "was", or where somebody was born. */
const ahead = new RegExp(
  `^((?:(?:was|is|war|ist|est|es|é|era|to|bin|wurde|ich|sie|er|am|der|den|the|on|no|el|dia|día|le|il|em|en)?[ :]{1,2}){0,4}[:はが은는이是为為]? ?|(?:\\p{Ll}{1,3} )?\\p{Lu}[\\p{L}'. -]{1,30}?[ ,]{1,2}(?:\\p{Ll}{1,4} )?)(${day})`,
  'u',
)
const born = /^(?:born|n[ée]|na[cst]|geb|ur|f[øö]d|szül|народ|род|syn)/i

/** Dates that the words before call a birth. Any other date is ordinary text. */
export const findBirths: Detector = (text, look) =>
  look.words('birth', 'unpartedBirth').flatMap(({ text: named, end: start }): readonly Span[] => {
    const [, between = '', date] = ahead.exec(text.slice(start, start + 80)) ?? []
    if (date === undefined || (/\p{Lu}/u.test(between) && !(born.test(named) && /(?:19|20)\d\d$/.test(date)))) return []
    return [birthAt(start + between.length, date)]
  })

/** A date of birth at a place. */
export function birthAt(start: number, date: string): Span {
  return { start, end: start + date.length, kind: 'date_of_birth' }
}
