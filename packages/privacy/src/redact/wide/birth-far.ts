import { birthAt, day } from '../birth.ts'
import { shield } from '../fold.ts'
import { bitsOf } from '../look.ts'
import { allMatches, matchAt } from '../match.ts'
import type { Detector, Span } from '../span.ts'

/** Beginnings of months, and what is left of their names. */
export const month =
  '(?:jan|feb|fév|fev|mar|mär|mrt|mei|maj|mai|may|mag|apr|abr|avr|jun|juin|jul|juil|aug|aoû|ago|sep|set|okt|oct|out|ott|nov|nob|dez|dec|déc|dic|ene|gen|giu|lug|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\\p{L}{0,8}'
/** A day, a month by its name, and a year of two figures or none. */
const short = `(?:${month} \\d{1,2}(?:st|nd|rd|th)?(?:,? (?:19|20)?\\d\\d)?|\\d{1,2}(?:st|nd|rd|th|\\.)? (?:de |of )?${month}(?: '?\\d{2}(?:\\d\\d)?)?)(?![\\p{L}\\d])`
/** Words between a label and its date that tell nothing else. */
const small =
  "(?:[ ,;:\"'?]{1,3}(?:it'?s|is|was|on|am|the|el|le|dia|día|den|der|em|a|er|ist|war|es|é|è|her|his|their|my|mi|ma|sua|il|op|w|dnia)(?![\\p{L}])){0,4}"
/** A label goes on, and its value stands below it or behind it: "(DD/MM/YYYY)", "_date", a quote. */
const below = new RegExp(
  `(?:[_ -]?(?:date|day|datum|data|fecha|dato)?[ *:"'?]{0,3}(?:\\([^()\\n]{2,24}\\)[ *:]{0,3})?\\n[ \\t]{0,4}|[_ -](?:date|day|datum|dt)["' ]{0,2}[:=][ "']{0,3}|["' ]{0,2}[:=][ "']{0,3}|${small}[:, ]{1,2})(${day}|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2}(?!\\d))`,
  'uy',
)
const spoken = new RegExp(`${small}[ :,;"']{1,3}(${short}|${day})`, 'iuy')
/** "1 Ocak 1962 doğumlu", "born" behind it. */
const behind = new RegExp(`(?<![\\d./-])(${day})(?= (?:doğumlu|born|geboren|nascid|syntynyt))`, 'gu')
/** A second one behind the first: "and mine is 22 feb 88". */
const another = new RegExp(
  `[^\\n\\d]{0,16}(?:mine|yours|his|hers|theirs|meiner|mein|le mien|el mío|o meu)[^\\n\\d]{0,8} (${short}|${day})`,
  'iuy',
)
const said =
  /^(?:b(?:irth)? ?-?day|date of birth|birth.*|geburtstag|d\.?o\.?b\.?|geb\p{L}*\.?|née?(?:\(e\))? le|date de naissance|fecha .*|fnac|data .*|geboorte.*|doğum.*|дата рождения|nac[ií]\p{L}*|nasc\p{L}*|b\.)/iu
const spelled =
  /(?<!\p{L})(?:born on|geboren am|nascid[oa] a|nasceu a|nacid[oa] el|nació el|née? le|nat[oa] il) ((?:the )?(?:[\p{L}-]{3,16} ){1,5}(?:of )?[\p{L}]{3,10} (?:(?:de|of|in) )?(?:(?:19|20)\d\d|neunzehnhundert\p{L}{3,24}|zweitausend\p{L}{0,16}|nineteen [\p{L}-]{3,16}|mil novecientos [\p{L} ]{3,24}|(?:\p{L}{5,10}enta|vinte|trinta)(?: e \p{L}{3,6})?))(?!\p{L})/giu
/** "b. 12 Aug 1985", in brackets or after a name. */
const abbreviated = new RegExp(`(?<=[(,\\p{L}] ?b\\. )(${day})`, 'gu')
const chinese = /(?<=年月日[：: ]{0,2})\d{4}年\d{1,2}月\d{1,2}日/gu
const keyed =
  /(?<=(?<![A-Za-z])(?:f_?nac|fec_?nac|dt_?nasc|data_?ur|dataUr|geb_?dat|gebdat|dob|birthdate|birth_date|birthDate|dateOfBirth)["']?(?: ?[:=] ?["']?|>))(?:(?:19|20)\d{6}|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d)(?!\d)/g

/** Dates of birth in the line below their label, after a label that goes on, without a year, spelled out. */
export const findFarBirths: Detector = (text, look) => [
  ...look.words('birth', 'unpartedBirth').flatMap(({ text: name, end }): readonly Span[] => {
    if (!said.test(name) || name.includes(shield)) return []
    // What parts a label from its value was read with it.
    const from = end - (/[^\p{L}\d.)]*$/u.exec(name)?.[0].length ?? 0)
    const match = matchAt(text, from, below) ?? matchAt(text, from, spoken)
    const found = match?.[1]
    if (match === null || found === undefined) return []
    const start = match.index + match[0].length - found.length
    const next = matchAt(text, start + found.length, another)
    return [birthAt(start, found), ...(next === null ? [] : [birthAt(next.index + next[0].length - (next[1] ?? '').length, next[1] ?? '')])]
  }),
  ...(look.mayHave(maiden) ? inWords(text) : []),
]

const maiden = bitsOf('maiden')

/** Each by a word that most texts lack. */
function inWords(text: string): readonly Span[] {
  const found = (isThere: boolean, pattern: RegExp): readonly Span[] =>
    isThere ? allMatches(text, pattern).map(({ index, 0: whole, 1: own = whole }) => birthAt(index + whole.length - own.length, own)) : []
  return [
    ...found(/doğumlu|born|geboren|nascid|syntynyt/.test(text), behind),
    ...found(text.includes(' b. ') || text.includes('(b. '), abbreviated),
    ...found(text.includes('年月日'), chinese),
    ...found(/f_?nac|fec_|_nasc|data_?[Uu]r|geb_?dat|dob|irth[_D]/.test(text), keyed),
    ...found(/born on|geboren am|nascid|nasceu|nacid|nació|né|nat[oa] il/.test(text), spelled),
  ]
}
