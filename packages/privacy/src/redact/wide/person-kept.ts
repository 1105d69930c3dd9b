import { codeAt } from '../character.ts'
import { isNamedBefore, isPeople } from '../person-context.ts'
import { isOtherwise } from './person-about.ts'
import { isLabelledThing, isThing } from './person-thing.ts'
import { isEither, isGiven, isWord, wordAt } from '../person-word.ts'
import type { Span } from '../span.ts'

/** What makes the name before it a firm's or a club's. */
const firm =
  /^,? (?:&|GmbH|gGmbH|AG|KG|OHG|GbR|UG|e\.? ?[VKG]\.?|Ltd|LLC|LLP|PLC|plc|Inc|Corp|Company|Group|Holdings?|SARL|S\.?A\.?S\.?|SCI|SA|S\.A|S\.?L\.?U?|S\.?p\.?A|S\.?r\.?l|B\.?V|N\.?V|Ltda|Lda|EIRELI|[Ss]p\. ?[zj]|A\.?Ş|AB|AS|ApS|Oy|Kft|s\.r\.o|FC|BSC|SC|CF|FK|BK|SV)(?![\p{L}\p{N}])/u
const firmEnd = / (?:GmbH|AG|Ltd|LLC|Inc|S\.?L|S\.?A|SARL|B\.?V|A\.?Ş|FC|BSC|V\.?D)\.?$/u
const ofFirm = /(?<!\p{L})(?:firma|fa\.|société|empresa|azienda|ditta|bedrijf|spółka|фирма|компания|FC|SV|VfB|VfL|TSV|FSV) $/iu
const firmFirst = /^(?:firma|société|empresa|azienda|ditta|bedrijf|spółka|фирма|компания) \p{Lu}/iu
const holy = /(?<!\p{L})(?:St|Ste|San|Santa|Santo|São|Saint|Sainte|Sankt|Sint|Sant|Svat[ýá]|Święt(?:y|a|ego|ej))(?:\. ?| |-)$/u
const holyPlace = /^(?:Sainte?|Sankt|Sint)-\p{Lu}\p{Ll}+$/u
/** Firms, towns, works and dishes that are called as somebody is, and hardly anybody as they are. */
const called =
  /^(?:Morgan Stanley|JP ?Morgan|J\.P\. Morgan|Rolls-Royce|Levi Strauss|Philip Morris|Harley-Davidson|Mercedes-Benz|Ralph Lauren|Calvin Klein|Tommy Hilfiger|Hugo Boss|Louis Vuitton|Christian Dior|Michael Kors|Max Mara|Estée Lauder|Mary Kay|Jack Daniel'?s?|Johnnie Walker|Jim Beam|Tim Hortons|Wells Fargo|Charles Schwab|Merrill Lynch|Warner Bros|Walt Disney|Aston (?:Martin|Villa)|Alfa Romeo|Land Rover|San (?:Jose|Diego|Francisco|Antonio|Juan|Sebastián|Marino)|Santa (?:Clara|Monica|Barbara|Fe|Cruz)|Saint Louis|Alice Springs|Ann Arbor|Jackson Hole|Salt Lake|Baton Rouge|Tel Aviv|Costa Rica|John Deere|Massey Ferguson|Carl Zeiss|Johnson Controls|Johnson Matthey|Armani Exchange|Douwe Egberts|Captain Morgan|Earl Grey|Bloody Mary|Shirley Temple|Anna Karenina|Jane Eyre|Madame Bovary|Robinson Crusoe|Oliver Twist|Don Giovanni|Peer Gynt|Nathan der Weise|Minna von Barnhelm|Max und Moritz|Pippi Langstrumpf|Harry Potter|Sherlock Holmes|Ruy Lopez|Caro-Kann|De Dietrich|Marqués de Riscal|Jean Paul Gaultier|Yves Saint Laurent|Yves Rocher|Thierry Mugler|Leroy Merlin|Fisher-Price|Dr\.? Oetker|Dr\.? Martens|San Pellegrino|Victoria's Secret)$/u
const titled = /(?<!\p{L})(?:M|Mme|Mlle|Mr|Mrs|Ms|Dr|Me|Herr|Frau|Sra?)\.? $/u
/** Two halves of a name in code. */
const camel = /^\p{Lu}\p{Ll}+(\p{Lu}\p{Ll}+)$/u
/** Nouns of offices that German and its neighbours put together. */
const office =
  /^\p{L}{4,}(?:service|dienste?|abteilung|verwaltung|buchhaltung|support|zentrale|versicherung|gesellschaft|klinik|afdeling|administratie|avdelning|avdelningen|tjänst)$/u
const plants =
  /^(?:basil|olive|rose|iris|poppy|lily|daisy|violet|heather|ivy|jasmine|ginger|rosemary|sage|hazel|holly|marigold|laurel|clover|fern|dahlia|begonia|camellia|magnolia|willow|juniper|camélia|rosa|margarita|violeta)$/iu

const ofPeople = /(?:^|[\n|,;\t]) ?(?!Subject)(\p{L}[\p{L} ]{2,20}): ?$/u
const mostSpans = 500

/** Names without those of firms, places, clubs, programs, columns and plants. */
export function keptOf(text: string, spans: readonly Span[]): readonly Span[] {
  // In a list of hundreds nobody looks beside each.
  if (spans.length === 0 || spans.length > mostSpans) return spans
  const planted = spans.filter(({ start, end }) => end - start < 12 && plants.test(text.slice(start, end)))
  return spans.filter((span) => !(planted.length > 2 && planted.includes(span)) && isSomebody(text, span))
}

function isSomebody(text: string, { start, end }: Span): boolean {
  const found = text.slice(start, end)
  const ahead = text.slice(end, end + 24)
  const before = text.slice(Math.max(0, start - 24), start)
  // A label that only people have is believed, whatever else is called so.
  if (isPeople(ofPeople.exec(before)?.[1] ?? '')) return true
  if (holyPlace.test(found)) return titled.test(before)
  if (called.test(found)) return isNamedBefore(text, start)
  if (isThing(text, start, end) || isLabelledThing(text, start)) return false
  if (/ i /.test(found) && isEither(wordAt(found.split(' ', 1)[0] ?? '', start))) return false
  const isLone = !/[ _,]/.test(found)
  if (isOfFirm(text, { found, ahead, before, start, isLone })) return false
  const around = { before: text.slice(Math.max(0, start - 160), start), ahead: text.slice(end, end + 80) }
  if (isOtherwise(text, { found, start, isLone, ...around })) return false
  // "1-1 Aston Villa", "Nadal 2-0 Zorblat": what plays.
  if (/(?<!\d)\d ?[-:] ?\d $/.test(before) || /^ \d ?- ?\d \p{Lu}/u.test(ahead)) return false
  return !isLone || !isNoName(text, { found, ahead, before, start })
}

interface Place {
  readonly found: string
  readonly ahead: string
  readonly before: string
  readonly start: number
}

function isOfFirm(text: string, { found, ahead, before, start, isLone }: Place & { readonly isLone: boolean }): boolean {
  if (ofFirm.test(before) || firmFirst.test(found)) return true
  if (firmEnd.test(found)) return !isNamedBefore(text, start)
  const isPair = /^ & \p{Lu}\p{Ll}/u.test(ahead) || /\p{Ll} & $/u.test(before)
  if (isPair) {
    const isTwice = ahead.startsWith(` & ${found}`) || before.endsWith(`${found} & `)
    return isLone && (isTwice || !isGiven(wordAt(found, start))) && !titled.test(before) && !/^ & (?:Herr|Frau|M|D)r?s?\.? /.test(ahead)
  }
  return firm.test(ahead) && ahead[1] !== '&' && !titled.test(before)
}

/** Whether one word is no name where it stands. */
function isNoName(text: string, { found, ahead, before, start }: Place): boolean {
  if (holy.test(before) || office.test(found) || /\d ["']$/.test(before)) return true
  const half = camel.exec(found)?.[1]
  if (half !== undefined && isWord(wordAt(half, start))) return true
  if (/^(?:['’]s)? of /.test(ahead)) return !isNamedBefore(text, start)
  return isHeader(text, start)
}

const apart = / {2,}|\t|\|/g

/** Whether a word stands in a line of headers: of three cells or more without a figure, over a line of figures. */
function isHeader(text: string, at: number): boolean {
  // No farther than a header goes: many names may stand in one long line.
  const ahead = text.slice(at, at + 400)
  const to = ahead.indexOf('\n')
  if (to === -1 || to > 200) return false
  const head = text.slice(Math.max(0, at - 200), at)
  const line = head.slice(head.lastIndexOf('\n') + 1) + ahead.slice(0, to)
  const below = ahead.slice(to + 1).split('\n', 1)[0] ?? ''
  return (
    !/\d/.test(line) &&
    codeAt(line, 0) > 32 &&
    (line.trim().match(apart)?.length ?? 0) >= 2 &&
    (below.match(apart)?.length ?? 0) >= 2 &&
    (below.match(/(?<![\p{L}\d])[\d€$£][\d.,:%€$£]*(?!\p{L})/gu)?.length ?? 0) >= 2
  )
}
