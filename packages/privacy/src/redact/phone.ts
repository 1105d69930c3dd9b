import { moreWords } from '#wide/abroad'

import { digitsOf } from './checksum.ts'
import { matchesIn } from './match.ts'
import type { Detector, Span } from './span.ts'

/** Digits with the separators that telephone numbers are written with; at most three in a row. */
const run = new RegExp(
  `(?:(?<![\\w/-]|[^A-Za-zЀ-ӿ]\\.|\\d,(?!\\+))|(?<=[a-z]{2})(?=[2-9]\\d\\d-\\d{3}-\\d{4}))[+(]?\\+?\\d(?:[ .\\-/()\\u2219]{0,3}\\d){5,18}(?:[ ,;(]{0,2}(?:x|ext\\.?|extension|Durchwahl${moreWords.extensions}) ?\\d{1,5})?(?![\\d]|[.,/-]\\d)`,
  'gi',
)
/** Words that say that a telephone number follows, in many languages; the first group as beginnings of words. */
const named = new RegExp(
  `(?<![\\p{L}])(?:(?:phone|telephon|telem[óo]v|teléfon|téléphon|mobil|móvil|cell?ular|handy|rufnummer|anruf|hotline|appel|llam|ligu|ligar|bell?en|arayı?n|telef|komórk|gsm|whatsapp|телефон|моб|звон|τηλ|κιν|puhelin|puh|matkapuhelin)\\p{L}*|tel|tél|tlf|tfn|mob|[mt](?=[:.])|portable|cell|cel|fax|sms|call(?:ed|ing)?|dial|ring|desk|direct|durchwahl|text me|(?:phone|mobile|cell|contact|registered|my|mein|mon|mi|meu|mijn|mój|moj|мой) (?:\\p{L}{2} )?(?:number|nummer|numéro|número|numero|numer|номер)(?: is| ist| est| es| é| to)?|answering at|bel|messages? to|registered|contact|contacto|contato|reach (?:me|us|him|her|them)|pelo${moreWords.phones}|joindre au|cep|numara(?:m|mdan|s[ıi]ndan)|тел|teл)(?![\\p{L}])[^\\d\\n]{0,24}\\n?[^\\d\\n]{0,8}$|(?:电话|手机|電話|携帯|联系方式|전화|휴대폰|هاتف|جوال|موبايل|واتساب|טל|נייד|फ़ोन|फोन|मोबाइल|連絡先|โทร)[^\\d\\n]{0,16}$`,
  'iu',
)
/** Whether a header or a label is one of a telephone number. */
export function callsPhone(label: string): boolean {
  return named.test(`${label}: `) && !/model|type|brand|plan|case/i.test(label)
}

/** Words after it. */
const namedAfter = /^[^\p{L}\d]{0,3}(?:office|fax|mobile|cell|phone|tel|numaras|numaral)(?!\p{Lu})/iu
/** Grouped 3-3-4, as in North America. */
const american = /^\(?(?:1[ .-]?|\d\d-)?(?:\(\d{3}\)[ .\-/]{0,2}|\d{3}[ .\-/])\d{3}[ .-]\d{4}(?!\d)/
/** An area code in brackets, and two groups. */
const bracketed = /^\(\d{2,4}\) ?\d{3,4}[ -]\d{3,4}(?!\d)/
/** Grouped 3-3-2-2. */
const paired = /^\d{3}([ -])\d{3}\1\d{2}\1\d{2}(?!\d)/
/** Trunk prefix 0, then an area or mobile code, a separator, the rest; or a mobile number in one piece. */
const trunk = /^(?:\(?0[1-9]\d{0,4}(?:\)| |-|\/|\.)|0[ -]?\(?[1-9]\d{1,3}[) -]|0[5-9]\d{9}$|01[567]\d{8,9}$)/
/** A date, by its separators and by what days and months there are. */
const date =
  /^(?:\d{4}[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:\d{2}|\d{4}))(?![-./ ]?\d)/

/** A date without separators, and numbers beside each other that end in a year. */
const compactDate = /^(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])$/
const table = /^\d{3} \d{3} (?:19|20)\d\d$/

/** Ways of writing that no amount, date or order number has: pairs (France, Scandinavia), an area code in brackets (Brazil, Mexico, Italy), a mobile's last four after a hyphen (East Asia, Brazil). */
const shapes =
  /^(?:0?\d(?:([ .-])\d{2}){4}|\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2}|\d{2}([ ])\d{2}(?:\2\d{2}){2,3}|\(\d{2,5}\) ?\d{3,5}[ -]?\d{3,4}|\d{2,3}[ -]\d{4,5}-\d{4}|1[3-9]\d[ -]\d{4}[ -]\d{4})$/

/** Telephone numbers: international, North American, with a trunk 0, or any that the words before call one. */
export const findPhones: Detector = (text, look) =>
  matchesIn(
    text,
    look.longNumbers.map(({ start, end }) => ({ start: Math.max(0, start - 3), end })),
    run,
  ).flatMap(({ index: start, 0: found }): readonly Span[] => {
    const end = start + found.length
    return isPhone(found, text.slice(Math.max(0, start - 48), start), text.slice(end, end + 16)) ? [{ start, end, kind: 'phone' }] : []
  })

function isPhone(found: string, before: string, after: string): boolean {
  const count = digitsOf(found.replace(/[ ,;(]{0,2}\p{L}.*$/u, '')).length
  if (count > 15 || (date.test(found) && count <= 8) || compactDate.test(found)) return false
  if (table.test(found)) return named.test(before)
  // A Brazilian post code (a Turkish mobile number is longer), a book.
  if ((count === 8 && /\bcep\b.{0,4}$/i.test(before)) || /isbn.{0,5}$/i.test(before)) return false
  // A piece of a longer number, what words between call something else.
  if (
    /\d\p{Lu}+ $/u.test(before) ||
    /(?:order|ticket|invoice|case|ref|tracking|sku|part|bestellung|commande|pedido)\P{L}{1,4}$/iu.test(before)
  )
    return false
  // A mobile number in one piece, beside words of China or the Near East.
  if (/^(?:1[3-9]\d{9}|0[5-9]\d{8})$/.test(found) && /[\p{Script=Han}\p{Script=Arabic}\p{Script=Hebrew}].{0,3}$/u.test(before)) return true
  if (/^\(?\+|^00[1-9]\d{0,2}\D/.test(found)) return count >= 8
  if (american.test(found)) return count !== 11 || /^\(?1/.test(found)
  if (trunk.test(found) && count >= 9 && count <= 12) return true
  if (shapes.test(found) && count >= 8 && count <= 11) return true
  if (bracketed.test(found) || (paired.test(found) && count === 10)) return true
  // Most numbers have none of these words before, nor any other.
  return count >= 6 && ((/$(?<=\p{L}\D{0,33})/u.test(before) && named.test(before)) || namedAfter.test(after))
}
