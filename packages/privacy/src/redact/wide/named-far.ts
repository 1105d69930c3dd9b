import type { Detector, Span } from '../span.ts'

/** Words that name nothing but a document or a number of somebody's. */
const sure =
  /^(?:passport|passeport|pasaporte|passaporte|passaporto|paspoort\p{L}*|paszport\p{L}*|pasaport\p{L}*|reisepass\p{L}*|(?:загран)?паспорт\p{L}*|personalausweis\p{L}*|ausweis\p{L}*|driv.*|f.hrerschein\p{L}*|rijbewijs\p{L}*|permis de conduire|carnet de conducir|dow[oó]d.*|identiteitskaart|carte.*|carta.*|c.dula|documento nacional|bsn|burgerservicenummer|ssn|nass|nhs|dni|nie|cpf|pesel\p{L}*|nip|инн|снилс|ust.*|umsatzsteuer.*|idnr|steuer.*|sozialversicherung\p{L}*|sv.?n.*|n[.°º]? ?tva|tva|numéro fiscal|tax.*|vat.*|ein|itin|vkn|kimlik.*|niss|identifikationsnummer|psprt|passdaten|n[.°º]? ?fiscal|numéro national|rijksregister\p{L}*|seguridad social|contribuinte|partita iva|codice fiscale|personnummer|btw.*|n?iva|nif.*|utr|sofi.*|afiliación|ehliyet.*|prawko|d[il]|licen[cs]e)$/iu
/** What the number of such a thing is, as no invoice or order has it: few capitals before digits, digits in groups, a letter behind or between. */
const number =
  /(?<![\p{L}\p{N}.,/+-])(?:\p{Lu}{1,3} ?\d{6,9}\p{Lu}?|\p{Ll}{1,3}\d{6,9}|\p{Lu}{1,3} \d{3} ?\d{3,4}|\d{4}\.\d{2}\.\d{3}|\d{2}\p{Lu}{2}\d{5}|\d{2} \d{2} (?:№ ?|No? ?)?\d{6}|\d{2}-\d{7}|\d{2}\/\d{8}\/\d{2}|\d{2}\/\d{6}|\d{2,3}\/\d{3}\/\d{4,5}|\d{5} \d{5}|\p{Lu}\d{3,4}(?:-\d{3,4}){2}|\d{2} \d{2} (?:\d{3} ){2}\d{3}|\d{2} \d{3} \d{3} \d{3}|\d{4} \d{6}|\d{2}\.\d{3}\.\d{3}-?\p{Lu}|(?:\p{Lu}{2} )?\d{2} \d{9}|\d{8,11}|(?=\p{Lu}*\d)(?=(?:\p{Lu}*\d){2})\p{Lu}[\p{Lu}\d]{7,15}(?<=\d\p{Lu}{0,3}))(?![\p{L}\p{N}%€$]|[.,/-]\d)/u
const series = /(?:сери[яию]|ser(?:ia|\.)?|series) ?(\d{2} ?\d{2})[ ,]{0,2}(?:номер |nr |№ ?|No? ?)?(\d{6})(?!\d)/iu
/** What makes a number another thing's. */
const other =
  /invoice|rechnung|factur|faktur|fattur|order|bestell|auftrag|pedido|commande|zamówien|ticket|vorgang|tel[e.]|phone|fax|mobil|cell|handy|iban|konto|account|\x80|(?<!e-)card|price|preis|€|\$|£|eur\b|pln|euro|\d[\p{L}]?\d{3}|https?:|version|build|error|job|office|renewal|size|\.\p{Lu}/iu
/** All that stands below such a label: capitals and digits, parted as somebody likes; no date. */
const wholeLine = /^(?!\d{1,4}([./-])\d{1,2}\1\d{2,4}$)(?=(?:[^\d\n]*\d){5})[\p{Lu}\d][\p{Lu}\d ./-]{4,26}(?=[ \t]*$)/u
const farthest = 72

/** Numbers of people some words after what they are called: "paspoort met nummer X", the line below a label, "the EIN for the W-9 is X". */
export const findFarNumbers: Detector = (text, look) =>
  look.words('personal', 'unparted').flatMap(({ text: name, end }): readonly Span[] => {
    if (!sure.test(name)) return []
    const [line = '', below = ''] = text.slice(end, end + farthest + 24).split('\n', 2)
    const both = series.exec(line)
    if (both !== null) return halves(end + both.index, both)
    const found = number.exec(line)
    if (found !== null)
      // English has a word "ein", German an article.
      return found.index > farthest || other.test(line.slice(0, found.index)) || (/^ein$/.test(name) && !/\d-/.test(found[0]))
        ? []
        : spanAt(end + found.index, found[0])
    // A label alone, and its value in the line below.
    if (line.length > 24 || /[.!?,;]$/.test(line) || other.test(line)) return []
    const alone = wholeLine.exec(below) ?? number.exec(below)
    return alone !== null &&
      /^\s*(?:n[or.º°]{1,2}|number|nummer|num[eé]ro|número|numero|numer|номер)?\.? ?:?\s*$/iu.test(below.slice(0, alone.index)) &&
      below.slice(alone.index + alone[0].length).trim() === ''
      ? spanAt(end + line.length + 1 + alone.index, alone[0])
      : []
  })

function halves(start: number, { 0: whole, 1: first = '', 2: second = '' }: RegExpExecArray): readonly Span[] {
  return [...spanAt(start + whole.indexOf(first), first), ...spanAt(start + whole.length - second.length, second)]
}

function spanAt(start: number, found: string): readonly Span[] {
  return [{ start, end: start + found.length, kind: 'national_id' }]
}
