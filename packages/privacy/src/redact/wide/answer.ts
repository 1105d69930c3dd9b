import { matchAt } from '../match.ts'
import { isWord, wordAt } from '../person-word.ts'
import type { Detector, Span } from '../span.ts'
import { spokenDate } from './spoken.ts'

/** Who speaks, with the time before it. */
const speaker = '(?:[[(]?\\d{1,2}[:.]\\d\\d(?::\\d\\d)?[\\])]?,? )?[\\p{L}\\p{M}][\\p{L}\\p{M}. ]{1,24} ?[:：>]'
/** A line of somebody's, and one below it of somebody else's. */
const asked = new RegExp(`(?:^|(?<=\\n))[ \\t]{0,4}(${speaker}) ?([^\\n]{4,200})\\n[ \\t]{0,4}(${speaker}) ?(?=[^\\n]{2,160})`, 'uy')
/** Words that ask. */
const asking =
  /[?？]\s*$|(?<!\p{L})(?:need|please|bitte|brauche|veuillez|besoin|merci de|por favor|indíca|indique|indícame|dime|dígame|necesito|informe|preciso|digite|inserisc[ai]|graag|geef|lütfen|girin|proszę|podaj|введите|укажите|вкажіть|введіть|ange|enter|tell me)(?!\p{L})|请|請|ください|من فضلك/iu
const kinds: readonly (readonly [
  asks: RegExp,
  answer: (line: string) => readonly [from: number, length: number, kind: Span['kind']] | undefined,
])[] = [
  [
    /birth|d\.?o\.?b\b|geburt|naiss|nacim|naci[óo]|nasc|geboor|doğum|urodz|рожд|народж|född|生年月日|出生|誕生日|ميلاد/iu,
    (line) => {
      const date =
        matchAt(line, leadOf(line), spokenDate) ??
        matchAt(
          line,
          leadOf(line),
          /\d{1,4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,4}|\d{1,2}(?:st|nd|rd|th|\.)? ?(?:de )?\p{L}{3,12}\.? ?(?:de )?'?\d{2,4}|\p{L}{3,12} \d{1,2}(?:st|nd|rd|th)?,? '?\d{2,4}|\d{6}|\d{8}|\d{4}年\d{1,2}月\d{1,2}日|\d{2} \d{2} \d{2,4}/uy,
        )
      return date === null ? undefined : [date.index, date[0].length, 'date_of_birth']
    },
  ],
  [
    /address|post ?code|zip|anschrift|adresse|postleitzahl|wohn|direcci[óo]n|domicilio|código postal|endereço|morada|\bcep\b|indirizzo|adres|huisnummer|zamieszk|kod pocztowy|адрес|индекс|住所|地址|عنوان|where do you live/iu,
    (line) => {
      const from = leadOf(line)
      const rest =
        /^[^.?!…]{5,110}/
          .exec(
            line
              .slice(from)
              .replace(/(?<=\b(?:no|apt|st|av|ave|bd|sk|mh|mah|cad|ul|str|nr|rd|dr|n|c|pza|avda|d|кв|ул|д|г)\b|\d)\./giu, ' '),
          )?.[0]
          .trimEnd() ?? ''
      const isOne =
        /\p{L}/u.test(rest) &&
        !/@|\b(?:thanks|danke|merci|gracias|obrigad|don't|not|nicht|pas|no tengo)\b/iu.test(rest) &&
        (/\d/.test(rest) || matchAt(rest, 0, anyDigits) !== null)
      return isOne ? [from, rest.length, 'address'] : undefined
    },
  ],
  [
    /(?<!user ?|nutzer|datei|file|brand|product|host|domain|firmen|company |project )(?:name|naam|namn)(?:n|ns)?(?!\p{L})|\bnom(?:s|bre)?\b|prénom|apellid|\bnome\b|sobrenome|apelido|cognome|ad[ıi]n[ıi]z|soyad|isminiz|imię|imienia|nazwisk|(?<!\p{L})(?:имя|фио|фамили|ім['я]|прізвищ)|名前|氏名|姓名|お名前|اسم|who am i speaking|met wie spreek|wie heißen/iu,
    (line) => {
      const from = leadOf(line)
      const found =
        /^\p{L}[\p{L}\p{M}'’-]{1,24}(?:[ ,]{1,2}(?:\p{Lu}\.|[\p{L}\p{M}'’-]{2,24})){0,4}(?=[.!,]?\s*$)/u.exec(line.slice(from))?.[0] ?? ''
      const words = found.split(/[ ,]+/).map((word) => wordAt(word, 0))
      const isName = found !== '' && words[0] !== undefined && !isWord(words[0]) && words.filter(isWord).length <= words.length / 2
      return isName ? [from, found.length, 'person'] : undefined
    },
  ],
]
const anyDigits =
  /(?=.{0,80}(?:cien|mil\b|cent|hund|twent|thirt|fort|fift|zig\b|veint|trein|cuaren|vint|trint|vent|trent|tig\b|dzie|yirmi|otuz|двад|трид|сорок))/iuy
const lead =
  /\s*(?:(?:yes|yeah|sure|ok(?:ay)?|sí|oui|ja|sim|si|sì|tak|да|evet|так|hi|hello|um|uh|it'?s|it is|es|c'est|é|è|het is|das ist|ist|my name is|i'?m|je suis|soy|sono|это|to|jest|はい|是)(?!\p{L})[,.…]{0,3} ?){0,3}/iuy

function leadOf(line: string): number {
  return matchAt(line, 0, lead)?.[0].length ?? 0
}

const mostLines = 120
const speaks = new RegExp(`[ \\t]{0,4}${speaker}`, 'uy')

/** What is answered to who asks for it: a birth, an address, a name, in whatever form. */
export const findAnswers: Detector = (text) => {
  const spans: Span[] = []
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1 && count < mostLines; at = text.indexOf('\n', at + 1)) {
    if (matchAt(text, at + 1, speaks) === null) continue
    count += 1
    spans.push(...answerAt(text, at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1))
  }
  return spans
}

function answerAt(text: string, at: number): readonly Span[] {
  const match = matchAt(text, at, asked)
  const [whole = '', who = '', question = '', other = ''] = match ?? []
  if (match === null || who.replace(/[\d:.[\]() ]/g, '') === other.replace(/[\d:.[\]() ]/g, '') || !asking.test(question)) return []
  const start = at + whole.length
  const next = text.indexOf('\n', start)
  const line = text.slice(start, Math.min(next === -1 ? text.length : next, start + 160))
  const found = kinds.find(([asks]) => asks.test(question))?.[1](line)
  if (found === undefined) return []
  const [from, length, kind] = found
  return [{ start: start + from, end: start + from + length, kind }]
}
