import { isNamedBefore, isPeople, isPerhapsPeople } from '../person-context.ts'
import { isFamily, isGiven, isWord, wordAt } from '../person-word.ts'

/** A name with what stands around it. */
export interface Found {
  readonly found: string
  readonly start: number
  readonly before: string
  readonly ahead: string
  readonly isLone: boolean
}

const saintly = /(?:^|[,;·] ?)(?:San|Santa|Santo|São|Sant['’]|St\.?|Ste|Saint|Sainte|Sankt|Sint|Św\.|Święt\p{Ll}+)[ -]\p{Lu}/gu
/** Several of something, each of which has a name. */
const several =
  /(?<!\p{L})(?:branches|locations|competitors|suppliers|brands|wettbewerb(?:er)?|lieferanten|marken|concurrents|fournisseurs|marques|competidores|proveedores|marcas|concorrentes|concorrenti|fornitori|concurrenten|leveranciers|merken|konkurencja|dostawcy|marki|rakipler|tedarikçiler|markalar|конкуренты|поставщики|бренды|конкуренти|konkurrenter|leverantörer|märken|cities|towns|stations|filialen|standorte|städte|feiertage|agences|villes|jours fériés|sucursales|sedes|ciudades|fiestas(?: locales)?|festivos|unidades|filiais|cidades|feriados|filialen|vestigingen|feestdagen|oddziały|miasta|dni wolne|şubeler|şehirler|(?:resmî|resmi) tatiller|филиалы|города|праздники|філії|міста|свята|filiali|sedi|città|festività|filialer|orter|städer|helgdagar): [^\n.:]{0,160}$/iu
/** Goods are counted in these, and named behind them. */
const packs =
  /(?<!\p{L})(?:cases|crates|boxes|bottles|pallets|bags|kisten|flaschen|paletten|kartons?|stück|caisses?|cartons|bouteilles|palettes|cajas?|botellas?|palés?|bolsas|caixas?|garrafas?|paletes|kratten|flessen|dozen|pallets|skrzyn\p{L}{1,3}|butel\p{L}{1,3}|palet[ay]?|koli|kasa|şişe|ящик\p{L}{0,3}|бутыл\p{L}{1,4}|коробк\p{L}{1,3}|пляшк\p{L}{1,3}|casse|cartoni|bottigli[ae]|bancali|lådor|flaskor)(?: (?:of|d[eio]|von))? (?:\p{Ll}{3,16} )?$/iu
const counted = /(?:^|\n)[ \t]*\d{1,4} ?(?:x|×|krt|st|stk|stck|pcs|pc|pz|kg|g|l|fl|uds?|un|cx|szt|adet|koli|шт|box|ctn|pal|bt)\.? $/iu
const measure = /^,? \d{1,4}(?:[.,]\d{1,3})? ?(?:g|kg|mg|ml|cl|dl|l|L|m|oz|lb|W|V|kW|PS|hp|pcs|Stk|szt|adet|шт)(?![\p{L}\d])/u
/** Oil on canvas and its like, and a book's number. */
const artwork =
  /^[^\n]{0,60}(?<!\p{L})(?:oil on|öl auf|huile sur|óleo sobre|olio su|olieverf|olej na|tuval üzerine|холст|полотно|olja på|bronze|aquarell|watercolou?r|lithograph|gouache)/iu
const bookNumber = /\bISBN(?:-1[03])?:? ?[\dX][\dX -]{8,16}[^\n]{0,60}$/u
/** Where somebody of a play stands: an act of it. */
const act = /(?<!\p{L})(?:act|acts|akt|atto|acte|acto|ato|akten|perde|акт|дія) (?:[IVX]{1,4}|\d)(?![\p{L}\d])[^\n]{0,120}$/iu
const train =
  /(?<!\p{L})(?:tren|train|treno|zug|trein|pociąg|поезд|поїзд|tåg|Frecciarossa|TGV|ICE?|AVE|TER|TLK|EIC|IR|RE|IC)[ -]\d{2,6}(?!\d)[^\n]{0,80}$/iu
/** Shops by their trade: "Biscuiterie", "Schreinerei", "Gestoría", "Trattoria". */
const trade = /^\p{Lu}\p{Ll}{3,}(?:erie|erei|ería|oría|eria|erij)(?: (?:d[eiou]|d[eo]s|della|van))? \p{Lu}/u
const behindTrade = /(?<!\p{L})\p{Lu}\p{Ll}{3,}(?:erie|erei|ería|oría|eria|erij)(?: (?:d[eiou]|d[eo]s|della|van))? $/u
const contraction = /^(?:I|You|He|She|It|We|They|That|There|What|Who)['’](?:d|ll|re|ve|s)$/
const vacant = /^(?:vacant|void|blank|leer|frei|vide|vacante?|vacío|vago|leeg|pusty|boş|пусто|vuoto|tom|tbd)$/iu
const month = /^(?:Maja|Mai|Maj|May|Mayo|Maio|Maggio|Mars|Marzo|April|Abril|Avril|Aprile|June|Juni|Juin|August|Août|Agosto|Augusto)$/u
/** A model's letters and figures: "Linde H25", "Liebherr LTM 1060", and another of its line: "Octavia III". */
const model = /^ (?:[A-Z]{1,3}-?\d{1,4}|I{2,3}|IV|VI{1,3})(?![\p{L}\d])/u
const office =
  /^ ?<(?:no-?reply|info|support|help|hello|sales|news|newsletter|billing|contact|kontakt|contacto|contato|team|service|office)@/i
const feast = /(?:leichnam|heiligen|himmelfahrt|montag|sonntag|bayram[ıi]|kandili|dag)(?:$| und )/iu
const neuter = /(?<!\p{L})(?:das|het|det) $/iu

/** Whether a name is of goods, a place in a row of such, a work or its part, a trade, or no name at all, by its layout. */
export function isOtherwise(text: string, place: Found): boolean {
  return isNoWord(text, place) || isOfTrade(place) || isOfGoods(text, place) || isOfWork(text, place) || isInRow(text, place)
}

/** The next label, a contraction, an empty cell, a box to tick, a date. */
function isNoWord(text: string, { found, start, before, ahead, isLone }: Found): boolean {
  const [first = '', second = ''] = found.split(' ')
  if (isLabel(ahead) && (isPeople(first) || isPerhapsPeople(first)) && (isLone || /^(?:Tel|IBAN|ID|No|Nr|E-?[Mm]ail)$/.test(second)))
    return true
  if (/^\p{Lu}\p{Ll}+innen und \p{Lu}/u.test(found)) return true
  if (feast.test(found)) return !isNamedBefore(text, start) && !isFamily(wordAt(found.split(' ').at(-1) ?? '', 0))
  if (!isLone) return false
  if (contraction.test(found) || vacant.test(found) || (/\d\.? $/.test(before) && month.test(found))) return true
  if (/[[(] ?[\])] $/.test(before) && /^ [[(] ?[\])]/.test(ahead)) return true
  return neuter.test(before)
}

function isLabel(ahead: string): boolean {
  return /^(?::|\t|\n)/.test(ahead)
}

function isOfTrade({ found, before, ahead }: Found): boolean {
  return trade.test(found) || behindTrade.test(before) || office.test(ahead)
}

function isOfGoods(text: string, { found, start, before, ahead, isLone }: Found): boolean {
  const isFree = (): boolean => !isNamedBefore(text, start)
  if (counted.test(before) || packs.test(before)) return isFree()
  const first = wordAt(found.split(' ', 1)[0] ?? '', start)
  if (isLone ? model.test(ahead) && (!isGiven(first) || /^ [IV]/.test(ahead)) : measure.test(ahead) && !isGiven(first)) return isFree()
  const last = found.split(' ').at(-1) ?? ''
  // "Octavia III": of another's line, and of no king's.
  if (/^\p{L}+ (?:I{2,3}|IV|VI{1,3})$/u.test(found)) return isFree()
  return (
    !isLone && /^[A-Z]{2,3}$/.test(last) && /^ \d/.test(ahead) && /^\p{Lu}\p{Ll}/u.test(found) && !isFamily(wordAt(last, 0)) && isFree()
  )
}

function isOfWork(text: string, { found, start, before, ahead, isLone }: Found): boolean {
  if (/^R\. (?:Civ|Crim|App|Evid)/.test(found)) return true
  if (artwork.test(ahead) || bookNumber.test(before)) return !isNamedBefore(text, start, !isLone)
  if (isLone && act.test(before)) return !isNamedBefore(text, start)
  return train.test(before) && !isNamedBefore(text, start) && /^ ?(?:[–—→>-]|\d\d?[:.h]\d\d)/.test(ahead)
}

const cellSign = / [·•] |(?: – .*){3}/

/** In a row of saints' towns, of what has names by its label, or of a menu's words. */
function isInRow(text: string, { found, start, before, ahead }: Found): boolean {
  const isListed = /(?:^|[,;:(] ?(?:(?:La|El|Le|Les|Los|Las|Il|Het|Die|Der|Das|The) )?|\n)$/.test(before) || /^(?:[,;)]|$)/.test(ahead)
  if (isListed && several.test(before)) return true
  if (isListed && !/[@\d]/.test(ahead) && (`${before}${ahead}`.match(saintly)?.length ?? 0) > 1) return !isNamedBefore(text, start)
  if (!cellSign.test(before) && !cellSign.test(ahead)) return false
  const from = before.lastIndexOf('\n') + 1
  const line = before.slice(from) + found + (ahead.split('\n', 1)[0] ?? '')
  if (/[@+]|\d{5}/.test(line)) return false
  const cells = line.split(/ [·•–] /)
  const words = found.split(' ')
  // "Ada Quell · Sales · Bonn": who heads the row is somebody.
  if (words.length > 1 && isGiven(wordAt(words[0] ?? '', 0)) && !words.some((word) => isWord(wordAt(word, 0)))) return false
  const plain = cells.filter((cell) => !cell.includes(found) && cell.split(' ').some(isPlain))
  return cells.length > 2 && plain.length > 1 && !isNamedBefore(text, start, words.length > 1)
}

/** Whether it is a word of some language and no name. */
function isPlain(word: string): boolean {
  const own = wordAt(word, 0)
  return word.length > 2 && isWord(own) && !isGiven(own)
}
