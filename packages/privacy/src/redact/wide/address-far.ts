import { dwellingPart } from './address-beside.ts'
import { tailEnd } from '../address-parts.ts'
import { codeAt } from '../character.ts'
import { allMatches, matchAt } from '../match.ts'
import type { Look } from '../look.ts'
import type { Detector, Span } from '../span.ts'

const name = "(?:(?:[SL]t|Sta|S)\\. ?)?\\p{Lu}[\\p{L}\\p{M}'-]{1,24}"
const small = "(?:de|del|da|do|dos|das|du|des|di|la|le|les|los|las|el|d'en|of|the|aux|à|au|sur)"
const end = '(?![\\p{L}\\p{N}])'
/** Roads that are numbered, and lanes of France beyond those of the small tier. */
const fromNumber = new RegExp(
  `\\d{1,5} (?:(?:US|State|County|Cty|CTY|Co\\.?|Old|Rural|North|South|East|West|[NSEW]\\.?) ){0,2}(?:Hwy|HWY|Highway|Route|Rte|Rd|RD|Road|FM|CR|SR) [A-Z\\d]{1,4}${end}(?:, (?:${name} ?){1,3}(?:,? [A-Z]{2}${end})?(?: \\d{5})?)?|\\d{1,4} ?(?:bis|ter|quater)?,? (?:sente|cour|cité|clos|mail|rond-point|drève|chaussée|villa|impasse) (?:${small} |de l'|d'|l'){0,2}${name}(?:[ -](?:${name}|${small})){0,3}`,
  'uy',
)
/** American boxes of the country. */
const countryBox =
  /(?<=((?<![\p{L}\d])(?:HC|RR|R\.R\.|RFD) ?#?))\d{1,3},? Box \d{1,5}(?:\n[ \t]{0,4}(?:\p{Lu}\p{L}{1,20} ?){1,3},? [A-Z]{2} \d{5})?/uy
/** The number before its street: "nº 27 de la calle Mayor", "au n° 14 du chemin vert", "pod numerem 5 przy ulicy Długiej". */
const numberFirst = new RegExp(
  `(?<=((?<!\\p{L})(?:[Nn](?:[.º°o]|ro|r)\\.?|[Nn]úmero|[Nn]uméro|[Cc]ivico|[Nn]ummer|[Nn]umer(?:em|u)?|дом(?:е|у)?|будинку) ?))\\d{1,4}(?: ?bis)?,? (?:(?:de la|de el|del|de|da|do|du|de l'|di|della) (?:calle|avenida|plaza|paseo|camino|cuesta|callejón|rua|travessa|praça|alameda|rue|chemin|avenue|allée|impasse|place|quai|via|viale|corso|piazza|vicolo)|przy (?:ul\\.|ulicy|alei|placu)|(?:по|на) (?:улиц|проспект|переул|вулиц)\\p{L}{1,3})(?: (?:${name}|${small})){1,5}`,
  'uy',
)
const lane =
  '(?:rue|route|chemin|hameau|lieu-dit|impasse|ferme|moulin|[Ll]ugar|[Aa]ldea|[Cc]aserío|[Bb]arrio|[Cc]amino|[Ff]inca|[Mm]onte|[Qq]uinta|[Cc]asal|[Ss]ítio|[Ll]oc\\.|[Ll]ocalità|[Ff]razione|[Ff]raz\\.|[Mm]aso|[Cc]ascina|[Cc]ontrada|[Kk]olonia|[Oo]s\\.|[Mm]ah\\.)'
const part = "[\\p{L}\\d][\\p{L}\\p{M}\\d '.º°ª/()-]{1,32}"
/** Parts that commas part from a lane or a numbered name as far as a post code and its town. */
const beforeCode = new RegExp(
  `(?<=(?<![\\p{L}\\p{N}'-])((?:${lane} [\\p{L}\\p{M}\\d '.º°-]{2,40}(?:, ${part}){0,3}|(?:${name} ){1,3}\\d{1,4} ?[a-zA-Z]?(?:, (?:${dwellingPart})){1,3}), ))(?:[A-Z]{1,2}-)?\\d[\\d -]{3,7} (?!Euro|EUR|Dollar|Stück|Personen|Exemplare)${name}(?:[ -](?:${name}|${small})){0,4}`,
  'uy',
)
/** A lane of Germany or the Netherlands that begins with a capital in the middle of a sentence: "Im Winkel 3", "Achter de Molen 1". */
const leaning = new RegExp(
  `(?<=(?<=[,(;\\p{Ll}] |: )((?:Im|Am|Zum|Zur|Beim|Hinterm|Überm|Unterm|Auf (?:der|dem|den)|An (?:der|den)|In (?:der|den)|Hinter (?:der|dem|den)|Vor (?:der|dem)|Unter (?:der|den)|Bei (?:der|den)|Achter (?:de|het|den|'t)|Aan (?:de|het|den|'t)|Op (?:de|het|den|'t)|Onder (?:de|den)|Bij de|Voor de|In de|In het|Obere|Untere|Hintere|Vordere) (?!Kapitel|Jahr|Abschnitt|Schritt|Level|Teil|Punkt|Absatz|Artikel|Monat|Tag|Mon|Die|Mit|Don|Fre|Sam|Son|Quartal|Raum|Zimmer|Saal|Gleis|Terminal|Gate|Block|Sprint|Version|Team|Tisch|Halle|Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Seite|Zeile \\d|Spalte|Fall|Anhang|Anlage|Bild|Tab|Slot|Port|Band|Runde|Spiel|Etage|Stock|Week|Zaal|Kamer)(?:\\p{Lu}[\\p{L}-]{2,24} ){1,2}))\\d{1,3}(?: ?[a-z](?!\\p{L}))?(?! ?[%€$]| \\p{Ll}|[\\p{L}\\d]|[.:,-]\\d)`,
  'uy',
)
/** A post code by what it is called, where it tells a street or a block and not a town alone. */
const called =
  /(?<=(?<!\p{L})(?:CEP|PLZ|[Pp]ostal ?[Cc]ode|[Pp]ost ?[Cc]ode|ZIP(?: [Cc]ode)?|[Cc]ode [Pp]ostal|[Cc]ódigo [Pp]ostal|CAP|[Kk]od pocztowy|[Pp]osta kodu|[Ии]ндекс|[Іі]ндекс|[Pp]ostn(?:umme)?r|郵便番号|邮编|邮政编码|우편번호|الرمز البريدي)[:：] ?)(?:\d{5}-\d{3,4}|\d{3}-\d{4}|\d{4}-\d{3}|\d{2}-\d{3}|\d{4} ?[A-Z]{2}(?!\p{L}))(?!\d)/uy

/** Addresses by rarer forms: each only at a number before or after which such a one may stand. */
export const findFarAddresses: Detector = (text, look) => {
  const spans = look.numbers.flatMap((own) => atNumber(text, own))
  return look.hasAny('marks') || look.foreign || text.includes('\n') ? [...spans, ...inFields(text, look)] : spans
}

function atNumber(text: string, { start, end: to }: Look['numbers'][number]): readonly Span[] {
  const [before, next] = [codeAt(text, start - 1), codeAt(text, to)]
  const length = to - start
  if ((next === 45 || length === 4) && isColon(before === 32 ? codeAt(text, start - 2) : before)) {
    const code = matchAt(text, start, called)?.[0]
    if (code !== undefined) return [spanOf(start, start + code.length)]
  }
  // Nothing but a blank, a sign of a house's number or its letter stands on either side.
  if (length > 3 && before === 32) {
    const found = codeAt(text, start - 2) === 44 ? matchAt(text, start, beforeCode) : null
    if (found !== null) return [spanOf(start - (found[1]?.length ?? 0), start + found[0].length)]
  }
  if (length <= 3 && before === 32 && isCapital(codeAt(text, text.lastIndexOf(' ', start - 2) + 1))) {
    const found = matchAt(text, start, leaning)
    if (found !== null) return [spanOf(start - (found[1]?.length ?? 0), tailEnd(text, start + found[0].length))]
  }
  if (length > 5 || (next !== 32 && next !== 44 && next !== 98 && next !== 116)) return []
  const after = codeAt(text, next === 32 ? to + 1 : to + 2)
  const road = next > 97 || roads.includes(after) ? matchAt(text, start, fromNumber) : null
  if (road !== null) return [spanOf(start - Number(/[NSEW]/.test(text[start - 1] ?? '')), tailEnd(text, start + road[0].length))]
  const led = isJoining(after) ? matchAt(text, start, numberFirst) : after === 66 ? matchAt(text, start, countryBox) : null
  return led === null ? [] : [spanOf(start - (led[1]?.length ?? 0), tailEnd(text, start + led[0].length))]
}

function isColon(code: number): boolean {
  return code === 58 || code === 0xff1a
}

/** What begins a road that is numbered, a lane of France, or what stands between its number and it. */
const roads: readonly number[] = Array.from('UCORNSEWHFbtqscmrdvi', (letter) => codeAt(letter, 0))

function isCapital(code: number): boolean {
  return (code >= 65 && code <= 90) || (code > 0xbf && code < 0xdf)
}

/** The first letters of the words that join a number to the street after it: "de", "przy", "по", "на". */
function isJoining(code: number): boolean {
  return code === 100 || code === 112 || code === 0x43f || code === 0x43d
}

function spanOf(start: number, end: number): Span {
  return { start, end, kind: 'address' }
}

const keyed =
  /(?<=["'](?:line_?[12]|addr(?:ess)?_?(?:line)?_?[12]|address_?line|street(?:_?[12]|_?address)?|strasse|straße|calle|rua|adresse|anschrift|direccion|dirección|endereco|endereço|indirizzo|ulica|улица)["'] ?: ?["'])(?=[^"'\n]{0,60}\p{L})[^"'\n@]{4,90}(?=["'])/giu
const card = /(?<=(?:^|\n)ADR[^:\n]{0,40}:;{0,4})(?=[^\n]*\p{L})[^\n]{6,120}/gu
const japanese =
  /(?:\p{Script=Han}{2,3}[都道府県])?(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{1,8}[市区町村郡]){1,3}[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{0,12}?[\d一二三四五六七八九十百]{1,5}(?:番地?|丁目)(?:[の之]?[\d一二三四五六七八九十]{1,4}(?:番地?|号)?){0,2}/gu
const slavic =
  /(?<![\p{L}\d])(?:(?:\p{Lu}\p{L}{1,20}\. ?обл\.|\p{Lu}\p{L}{2,20} (?:обл(?:\.|асть)|р-н|район|край)|(?:г|с|д|пос|дер|х|хут|ст|м|смт|пгт)\. ?\p{Lu}[\p{L}-]{2,24}|(?:присілок|хутір|село|деревня|посёлок|поселок|станица|аул) \p{Lu}[\p{L}-]{2,24}), ){1,4}(?:(?:\p{Lu}[\p{L}-]{2,24} ){1,2}(?:пр-кт|пр-т|ул\.?|пер\.?|ш\.|б-р|наб\.?|вул\.?)|(?:ул\.?|вул\.?|пер\.?|пр-кт|пр-т|пров\.?) ?(?:\p{Lu}[\p{L}-]{2,24} ?){1,2},?|хата|дом|д\.|буд\.|будинок) ?\d{1,4}(?:[/-]\d{1,4})?/gu

/** Marks of places in Russian and Ukrainian, one of which is in any such address. */
const places = [
  ' обл',
  ' р-н',
  ' край',
  ' район',
  ' пос. ',
  ' с. ',
  ' г. ',
  ' д. ',
  ' м. ',
  'присілок',
  'хутір',
  'село ',
  'деревня ',
  'посёлок ',
  'смт ',
] as const

/** By what a field is called, or a script's own words. */
function inFields(text: string, look: Look): readonly Span[] {
  const found = (isThere: boolean, pattern: RegExp): readonly Span[] =>
    isThere ? allMatches(text, pattern).map(({ index, 0: { length } }) => spanOf(index, index + length)) : []
  return [
    ...found(text.includes('":') || text.includes("':"), keyed),
    ...found(text.includes('\nADR'), card),
    ...found(look.unspaced.length > 0 && /[\d一二三四五六七八九十](?:番|丁目)/.test(text), japanese),
    ...found(look.foreign && places.some((place) => text.includes(place)), slavic),
  ]
}
