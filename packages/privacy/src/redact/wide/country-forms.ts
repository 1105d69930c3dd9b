import { matchesIn } from '../match.ts'
import type { Detector, Span } from '../span.ts'

/** Scripts that part no words may stand beside. */
const letter = 'A-Za-zÀ-ɏͰ-ӿ\\p{N}'
const edge = [`(?<![${letter}]|\\d[.,/-])`, `(?![${letter}]|[.,/-]\\d)`] as const
/** What taxes, their offices and who is registered there are called. In capitals alone what is a word or a name of code otherwise. */
const tax =
  /(?<!\p{L})(?:EIN|UID|TIN|RIF|NIT|RUT|RUC|IRD|KRA|CUI|CIF|KMKR|OIB|(?:[Vv]at|[Tt]va|[Bb]tw|[Mm]oms|[Mm]wst|[Mm]va|[Kk]dv|[Áá]fa|[Dd]i[čc]|[Ii]č ?dph|[Nn]ip|[Cc]vr|[Cc]npj|[Rr]fc|[Gg]st)|VAT|TVA|BTW|MOMS|MWST|MwSt|USt|MVA|ALV|KDV|PVM|DIČ|DPH|NIP|EORI|GST|ΑΦΜ|αφμ|ΦΠΑ|ДДС|ПДВ|ЕИК|CVR|CNPJ|RFC)(?!\p{L})|(?<!\p{L})(?:[Tt]ax|[Ss]teuer|[Ff]is[ck]al|[Aa]dósz|[Aa]dóaz|[Oo]ndernemings|[Oo]rgn|[Oo]rganisas?[jt]|[Yy]-tunn|[Mm]omsreg|[Cc]ontribu|[Pp]odat|[Дд]анъч|[Нн]алог|[Vv]ergi)|税|稅|(?:Umsatz|Lohn|Einkommen)steuer/u
/** What identity cards, passports, permits and licences are called. */
const card =
  /(?<!\p{L})(?:OP|C\.?I\.?C?\.?|CIN|CNI|CNH|RNM?|RNE|RG|NIN|NIK|KTP|CCCD|CMND|TAJ|HKID)(?!\p{L})|(?<!\p{L})(?:[Pp]ass(?:e?port|nr|numm|i(?:n|ni)?(?!\p{L})|aporto?e?)|[Pp]asz?port|[Pp]asaport|[Pp]aspoort|[Úú]tlevél|[Пп]аспорт|[Лл]ична|[Rr]eisep|[Pp]ersonalausw|[Aa]usweisn|[Aa]ufenthalt|[Vv]erblijfs|[Ii]dentit|[Ii]dentifica|[Ss]zemélyi ig|[Oo]bčan|[Oo]bčians|[Oo]sobn[aáe]|[Oo]sebn|[Dd]ow[oó]d|[Kk]imlik|[Hh]enkilö|(?:[Kk]ør|[Kk]ör|[Ff]ører|[Oo]pholds)kort|[Pp]ermis(?:o|se)?(?!\p{L})|[Rr]esidence permit|[Ff]ührersch|[Rr]ijbewij|[Pp]rawo jaz|[Cc]arnet|[Cc]édula|[Cc]arte (?:n|d.i|de s)|[Cc]arta d.i|[Cc]artão de|[Ss]eria(?!\p{L})|[Ii]qama|[Ee]mirates|[Cc]ivil [Ii][Dd]|[Vv]isa (?:no|nr|num|file))|パスポート|旅券|免許|在留|身分|身份|护照|護照|여권|면허|الإقامة|إقامة|جواز|الهوية|المدني|رخصة|ملی|דרכון|זהות|ประชาชน|พาสปอร์ต/u
const fewBlanks = '[ .-]?'
/** Numbers of companies and people for taxes with their country before them, as the European Union and its neighbours write them (VIES, ZEFIX, Brønnøysund). */
const withCountry = `(?:AT ?U|CHE-?|(?:BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|RS|SE|SI|SK|UA|XI)[ -]?[A-Z]?)\\d(?:${fewBlanks}\\d){5,13}[A-Z]{0,2}(?: ?(?:MWST|MVA|TVA|IVA))?`

/** Numbers as a country prints them; `near`: what has to stand before one, none where nothing else looks so. */
interface Form {
  readonly source: string
  readonly near?: RegExp
  /** Whether words of invoices and orders between say that it is none. */
  readonly loose?: boolean
}
const forms: readonly Form[] = [
  // Brazil: CNPJ. Belgium: enterprises, identity cards. Switzerland: UID. Uruguay: CI.
  { source: '\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}' },
  { source: '(?:BE ?)?[01]\\d{3}\\.\\d{3}\\.\\d{3}' },
  { source: '\\d{3}-\\d{7}-\\d{2}' },
  { source: 'CHE-\\d{3}\\.\\d{3}\\.\\d{3}(?: (?:MWST|TVA|IVA))?' },
  { source: '[1-9]\\.\\d{3}\\.\\d{3}-\\d' },
  // Kenya: PIN of the revenue authority.
  { source: '[AP]\\d{9}[A-Z]' },
  // Venezuela: RIF. Hong Kong and Italy: identity cards.
  { source: '[VEJPG]-\\d{8}-\\d', near: tax },
  { source: '[A-Z]{1,2}\\d{6} ?\\([\\dA]\\)|C[A-Z]\\d{5}[A-Z]{2}', near: card },
  { source: withCountry, near: tax },
  { source: '\\d{2,3}/\\d{3}/\\d{4,5}|\\d{2,3}-\\d{3}-\\d{3}|\\d{2} \\d{3} \\d{3} \\d{3}|\\d{10,13}', near: tax, loose: true },
  {
    source:
      '\\p{Lu}{1,3} ?\\d{6,8}\\p{Lu}?|\\p{Lu}\\d{5,7}-?\\p{Lu}|\\d{6}\\p{Lu}{2}|\\p{Lu}{2}\\d{2}\\p{Lu}\\d{5}|\\p{Lu}{2}\\d\\p{Lu}\\d{2}\\p{Lu}\\d{2}|\\d{9,12}|\\d{3}/\\d{4}/\\d{7}|\\d{3} \\d{3} \\d{3}',
    near: card,
    loose: true,
  },
]
/** Letters after a number's last digit that a form may have. */
const longest = 4
/** How far such a word stands before, at most in the line above. */
const farthest = 40
/** What makes a number another thing's. */
const other =
  /invoice|rechnung|factur|fatur|fattur|faktur|order|bestell|pedido|commande|zamówien|objedn|tilaus|rendel|ticket|vorgang|tel[.e:]|phone|mobil|fax|iban|konto|account|policy|police|polis|szerződ|contract|vertrag|contrat|smlouv|zmluv|€|\$|£|\d{3}/iu

/** What every form has somewhere: most long numbers of texts are dates and counts, which have none of it. */
const shape = /\d{9}|\d([ ./-])\d{3,7}\1\d|\d{5}[A-Z\x80-\uffff]|[A-Z\x80-\uffff][ .-]?\d/

/** Numbers of people and firms in the form of their country, where nothing else looks so or a word before tells of taxes or of cards. */
export const findCountryForms: Detector = (text, { longNumbers }) => {
  const places = around(text, longNumbers).filter(({ start, end }) => shape.test(text.slice(start, end + longest)))
  if (places.length === 0) return []
  return patterns.flatMap(({ pattern, ...form }) =>
    matchesIn(text, places, pattern).flatMap(({ index, 0: found }): readonly Span[] =>
      isTold(text, index, form) ? [{ start: index, end: index + found.length, kind: 'national_id' }] : [],
    ),
  )
}

const patterns = forms.map(({ source, ...form }) => ({ ...form, pattern: new RegExp(edge[0] + `(?:${source})` + edge[1], 'gu') }))

/** Capitals may stand before a number. */
function around(
  text: string,
  numbers: readonly { readonly start: number; readonly end: number }[],
): readonly { start: number; end: number }[] {
  return numbers.map(({ start, end }) => ({ start: Math.max(0, start - 8), end: Math.min(text.length, end) }))
}

function isTold(text: string, start: number, { near, loose = false }: Omit<Form, 'source'>): boolean {
  if (near === undefined) return true
  const before = text
    .slice(Math.max(0, start - farthest), start)
    .split('\n')
    .slice(-2)
    .join('\n')
  const from = before.search(near)
  return from !== -1 && !(loose && other.test(before.slice(from)))
}
