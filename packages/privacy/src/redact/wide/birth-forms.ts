import { birthAt, day } from '../birth.ts'
import { codeAt } from '../character.ts'
import { shield } from '../fold.ts'
import { matchAt } from '../match.ts'
import { spokenDate } from './spoken.ts'
import type { Detector, Span } from '../span.ts'

const roman = '(?:XI{0,2}|I?X|VI{0,3}|I?V|I{1,3})'
const month = '\\p{L}{3,14}'
const kanji = '[〇零一二三四五六七八九十百元]'
const era = '(?:明治|大正|昭和|平成|令和|民國|民国|[MTSHR]\\.?)'
/** Dates that only a birth's label makes one: months in Roman figures, years of two figures behind an apostrophe, years of emperors, figures of China, what is spelled out. */
const written = `\\d{1,2}[-./ ]${roman}[-./ ](?:\\d{4}|'?\\d{2})|\\d{1,2}[-./]\\d{1,2}[-./]'?\\d{2,4}|\\d{1,2}\\.? ?(?:de )?${month}\\.?,? (?:del? |d')?'?\\d{2,4}|\\d{4}[ .-]{1,2}(?:\\d{1,2}|${month})[ .-]{1,2}\\d{1,2}|${month}\\.? \\d{1,2},? '?\\d{2,4}|${era}? ?(?:${kanji}{1,5}|\\d{1,4})(?:年|[.-])(?:${kanji}{1,3}|\\d{1,2})(?:月|[.-])(?:${kanji}{1,3}|\\d{1,2})日?|\\d{1,2} ?/ ?\\d{1,2} ?/ ?\\d{2,4}|${day}`
/** What may stand between: the form to write it in, "and place", "around", the sign of a field. */
const between = `(?:[ _-](?:naissance|birth))?(?:,? ?(?:und|and|et|y|e|en|i|и|та) ?-?(?:ort|place|lieu|lugar|local|luogo|plaats|miejsce|место|місце))?(?: ?[([][^()[\\]\\n]{2,24}[)\\]])?[ \\t]{0,2}["'*]{0,2} ?[:=：|>]{0,2}[ \\t]{0,4}["']?(?:(?:around|about|circa|ca\\.|approx\\.|vers|hacia|alrededor de|por volta de|verso|rond|omstreeks|około|ok\\.|около|близько|um|il|el|le|the|am|op|den|dnia|em|a|on)(?: (?:le|il|el) | ))?`
const labelled = new RegExp(`${between}(${written})(?![\\d\\p{L}]|[./-]\\d)`, 'iuy')
/** Six figures say it only where the label has told how to write them, or a star does. */
const packed = /[^\d\n]{0,4}[([][^()[\]\n]{4,12}[)\]][ :]{0,3}(\d{6}|\d{8})(?!\d)/uy
/** What belongs to a year: "1972 r.", "1961 года". */
const ofYear = /^ ?(?:r\.|roku(?!\p{L})|года?(?!\p{L})|г\.|року(?!\p{L})|р\.)/u
const starred = new RegExp(
  `(?<=\\p{L}[\\p{L}.)]?,? ?\\(?\\* ?)(?:\\d{1,2}[./-] ?\\d{1,2}[./-] ?(?:19|20)?\\d\\d|\\d{1,2}\\.? ${month} (?:19|20)\\d\\d|(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{2}(?:\\d{2})?)(?![\\d\\p{L}]|[./-]\\d)`,
  'uy',
)
const many = /^(?:birthdays|geburtstage|anniv|cumple|aniv|compleanni|verjaardagen|\p{L}+ günleri|urodziny|дн|födelsedagar|誕生日|生日)/iu
const listed =
  /(?<=\p{L}[:,;|\t–-]? {0,3}[:–-]? ?)(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./-]\d{1,2}(?![./-]?\d)|\d{1,2}\.? \p{L}{3,12})(?=[ \t]{0,3}(?:$|\())/u
const mostListed = 20

/** Dates of birth in rarer forms behind their label, behind a star, and below a heading of birthdays. */
export const findBirthForms: Detector = (text, look) => [
  ...look.words('birth', 'unpartedBirth').flatMap(({ text: name, end }): readonly Span[] => {
    if (name.includes(shield)) return []
    const from = end - (/[^\p{L}\d.)]*$/u.exec(name)?.[0].length ?? 0)
    if (many.test(name)) return below(text, end)
    const own = matchAt(text, from, labelled) ?? matchAt(text, from, packed) ?? (/^born$|^b\.$/i.test(name) ? null : spokenAt(text, from))
    const [whole = '', date = ''] = own ?? []
    return own === null || date === '' ? [] : [withYear(text, own.index + whole.length - date.length, date)]
  }),
  ...(look.hasAny('signs') ? look.numbers : []).flatMap(({ start }): readonly Span[] => {
    if (codeAt(text, start - 1) !== 42 && codeAt(text, start - 2) !== 42) return []
    const date = matchAt(text, start, starred)?.[0]
    return date === undefined ? [] : [birthAt(start, date)]
  }),
]

/** A date with what says that its last figures are a year. */
function withYear(text: string, start: number, date: string): Span {
  const more = ofYear.exec(text.slice(start + date.length, start + date.length + 6))?.[0] ?? ''
  return birthAt(start, date + more)
}

const leading = /[ :,]{1,3}(?:(?:on|the|am|el|le|il|em|a|dia|día|op|den|dnia|is|was|ist|est|es|é|è) ){0,3}/uy

function spokenAt(text: string, from: number): RegExpExecArray | null {
  const at = from + (matchAt(text, from, leading)?.[0].length ?? 0)
  return matchAt(text, at, spokenDate)
}

/** A name and its day in each line below a heading, as far as lines have one. */
function below(text: string, from: number): readonly Span[] {
  const spans: Span[] = []
  let at = text.indexOf('\n', from) + 1
  if (at === 0 || at - from > 16) return []
  for (let count = 0; count < mostListed && at > 0 && at < text.length; count += 1) {
    const next = text.indexOf('\n', at)
    const line = text.slice(at, Math.min(next === -1 ? text.length : next, at + 64))
    const found = listed.exec(line)
    if (found === null) return spans
    spans.push(birthAt(at + found.index, found[0]))
    at = next + 1
  }
  return spans
}
