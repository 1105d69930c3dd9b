import { codeAt } from '../character.ts'
import { matchAt } from '../match.ts'
import type { Detector, Span } from '../span.ts'

const wall = ['(?<![\\p{L}\\p{N}/_.-])', '(?![\\p{L}\\p{N}]|[-.,/_]\\d|[-_/]\\p{L})'] as const
/** Letters of plates: those that are money, months or sizes are none. */
const not =
  '(?!(?:EUR|USD|GBP|CHF|PLN|TRY|BRL|KG|KM|KW|CM|MM|MB|GB|TB|PM|AM|HP|PS|NR|NO|ID|PO|FY|SS|FW|AW|DIN|ISO|RAL|USB|PDF|CPU|RAM|API|SKU|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|NEW|YTD|UTC|GMT|CET|MHZ|GHZ|COVID|HTTP|TLS|SSL|MAC|CVE|RFC|PEP|UTF|SHA|MD|AES|RSA|IPV|WEB|EC)(?!\\p{L}))'
const end = '[A-HJ-PR-Z]'
/** By country: Germany and Austria, France and Italy, Great Britain, the Netherlands, Belgium, Turkey, Switzerland, Finland and Sweden, Spain, Poland, America. */
const forms = [
  `[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \\d{1,4}[EH]?`,
  `[A-Z]{1,3}-\\d{3,5} ?[A-Z]{1,2}`,
  `[A-HJ-NP-TV-Z]{2}[ -]\\d{3}[ -][A-HJ-NP-TV-Z]{2}`,
  `[A-HJ-PR-Y]{2}[0-7]\\d ?(?!(?:EUR|USD|GBP|CHF|PLN|NEW|YTD|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?!\\p{L}))${end}{3}`,
  `[A-Z]{1,3}-\\d{2,3}-[A-Z]{1,3}|\\d{1,2}-[A-Z]{2,3}-\\d{1,2}|[A-Z]{2}-\\d{2}-[A-Z]{2}`,
  `[1-9]-[A-Z]{3}-\\d{3}|\\d{2,3}([- ])(?!KM|KG|KW|PS|HP|CM|MM|MB|GB|AM|PM|TO|ST)[A-Z]{1,2}\\1\\d{1,6}|1[A-Z]{2}-?\\d[A-Z]{2}|[A-Z]{1,2}-\\d{4}-[A-Z]{2}`,
  `(?:0[1-9]|[1-7]\\d|8[01]) ${not}[A-Z]{1,3} \\d{2,4}`,
  `[A-Z]{2} \\d{1,3} \\d{3}`,
  `[A-Z]{2,3}-\\d{2,4}`,
  `[A-Z]{2} \\d{3}-\\d{3}`,
  `\\d{4} ?[B-DF-HJ-NP-TV-Z]{3}|\\d{3,4} [A-Z]{2} \\d{2}`,
  `[A-Z]{2,3} [A-Z\\d]{4,5}(?<=\\d[A-Z\\d]{0,4})`,
  `\\d[A-Z]{3}\\d{3}|[A-Z]\\d{1,3} ${end}{3}|[A-Z]{3} \\d{2}[A-Z]|[A-Z]{3}\\d[A-Z]\\d{2}`,
  '[АВЕКМНОРСТУХABEKMHOPCTYX]\\d{3}[АВЕКМНОРСТУХABEKMHOPCTYX]{2}\\d{2,3}',
  // Ukraine and Bulgaria, Denmark and Norway, the Czech Republic, Slovakia, Romania, Slovenia; Australia, South Africa, Chile, Canada, Indonesia.
  '[A-ZАВЕІКМНОРСТУХ]{1,2} \\d{4} [A-ZАВЕІКМНОРСТУХ]{2}|[A-Z]{2} \\d{2} \\d{3}|\\d[A-Z]{1,2}\\d? \\d{4}|[A-Z]{2} ?\\d{3}[A-Z]{2}',
  '[A-Z]{1,2} \\d{2,3} [A-Z]{3}|[A-Z]{2} [A-Z\\d]{2}-[A-Z\\d]{3}',
  '[A-Z]{3}\\d{2}[A-Z]|[A-Z]{2,3} \\d{2,3} (?:GP|EC|FS|MP|NC|NW|ZN|WP|L)|[A-Z]{4}-?\\d{2}|[A-Z]{4} \\d{3}|[A-Z]{1,2} \\d{1,4} [A-Z]{1,3}',
]
const plate = new RegExp(`${wall[0]}${not}(?:${forms.join('|')})(?<!(?:19|20)\\d\\d)${wall[1]}`, 'uy')
/** Such as no other thing is called like. */
const own =
  /^(?:[A-Z]{1,3}-[A-Z]{1,2} \d{2,4}[EH]|[A-HJ-PR-Y]{2}(?:0[1-9]|1\d|2[0-6]|5\d|6\d|7[0-6]) [A-HJ-PR-Z]{3}|[АВЕКМНОРСТУХABEKMHOPCTYX]\d{3}[АВЕКМНОРСТУХABEKMHOPCTYX]{2}\d{2,3})$/u
/** What tells of vehicles, in whatever word it stands. */
const vehicles =
  /(?<!\p{L})(?:cars?|vans?|lorr(?:y|ies)|crossing|placas?|rego|trucks?|taxi|reg|rego|plates?|driven|parked|parking|bil|carro|autos?|coche|golf|astra|corsa|polo|passat|fiesta|clio|caddy|sprinter|tesla|bmw|audi|skoda|toyota|bay \d|anpr)(?!\p{L})|vehicle|fahrzeug|wagen|kfz|lkw|pkw|kennzeichen|parkplatz|ersatzauto|voiture|v[eé]h[ií]c|camion|immatricul|plaque|conduit|fourgon|matr[ií]cula|veículo|camião|viatura|estacionamiento|estacionamento|furgone|targat|macchina|kenteken|nummerplaat|parkeer|samoch|pojazd|rejestra|naczep|parking|araç|plaka|otopark|kargo|ziyaretçi|машин|авто|газель|пропуст|гости|госномер|autoa?n?(?!\p{L})|pysäk|fordon|parker|postój|tankkarte|drives? (?:a|an|the|his|her|my|our)(?!\p{L})|driving (?:a|the)(?!\p{L})|(?<!\p{L})(?:micra|twingo|tacoma|yaris|corolla|peugeot|renault|citro[eë]n|opel|vauxhall|honda|nissan|mazda|hyundai|volvo|mercedes|ute|rego)(?!\p{L})|poj\.|schade|sinistr|collid|unfall|accident|halteverbot|abschlepp|stellplatz|tiefgarage|parkhaus|fuhrpark|flotte|fleet|mileage|odometer|przebieg|remis|bestelbus|pick-?up|poolbil|kangoo|berlingo|hilux|trafic|transporter|bakkie|ciągnik|vozidl|vozil|transportlīd|značk|(?<!\p{L})eč(?:v|)(?!\p{L})|parcar|mașin|autobuz|бус(?!\p{L})|автомоб|(?<!\p{L})(?:plat|tõkkepuu|auto nr|patente|kia|fiat|towed?|towing|clamp(?:ed)?|windscreen)(?!\p{L})|車牌|機車|车牌|רכב|חניתי|ทะเบียน/iu
/** Of vehicles, or of programs. */
const soft = /(?<!\p{L})(?:driver|bus|auto|moto|permit|tags?|focus|transit)(?!\p{L})/iu
const weak = /^[A-Z]{2,3}-\d{2,5}$|^[A-Z]{2} \d{1,3} \d{3}$/
const around = 140

/** Plates by their country's form, near a word of vehicles on either side. */
export const findPlates: Detector = (text, look) => {
  let last = 0
  return look.numbers.flatMap(({ start, end: to }): readonly Span[] => {
    if (to - start > 5 || start < last) return []
    const from = plateStart(text, start)
    // A plate that begins with digits goes on with capitals.
    const found = from === start && !isBeforeCapital(text, to) ? undefined : matchAt(text, from, plate)?.[0]
    if (found === undefined || !/\d/.test(found)) return []
    // As keys of tickets are: where vehicles are told of in so many words, and by other letters than theirs.
    const near = text.slice(Math.max(0, from - around), from + around)
    if (!own.test(found) && !vehicles.test(near) && !(soft.test(near) && !weak.test(found))) return []
    last = from + found.length
    return [{ start: from, end: last, kind: 'national_id' }]
  })
}

/** Where the capitals before a number begin; where the number does if capitals follow it. */
function plateStart(text: string, number: number): number {
  let at = number
  for (let count = 0; count < 7 && isPlate(codeAt(text, at - 1)); count += 1) at -= 1
  while (at < number && (codeAt(text, at) === 32 || codeAt(text, at) === 45)) at += 1
  // Of a word before it a blank parts the letters.
  const blank = text.slice(at, Math.max(at, number - 1)).lastIndexOf(' ')
  if (blank > 0 && codeAt(text, at - 1) >= 97) at += blank + 1
  return at
}

function isBeforeCapital(text: string, at: number): boolean {
  const next = codeAt(text, at)
  const code = next === 32 || next === 45 ? codeAt(text, at + 1) : next
  return code >= 65 && code <= 90
}

function isPlate(code: number): boolean {
  return (
    (code >= 65 && code <= 90) ||
    code === 32 ||
    code === 45 ||
    (code >= 0x410 && code <= 0x42f) ||
    code === 0xc4 ||
    code === 0xd6 ||
    code === 0xdc
  )
}
