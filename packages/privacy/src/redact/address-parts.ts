import { lateOf } from './match.ts'
import { flatWords } from './street-words.ts'

/** A word of a name, with a capital. */
export const capital = "\\p{Lu}[\\p{L}\\p{M}'’.-]{0,24}"
/** What stands between such words. */
export const small =
  "(?:of|the|and|de|del|de la|de los|de las|la|las|los|el|do|da|dos|das|du|des|d'|van|von|der|den|dem|zum|zur|im|am|an der|in de|op de|dei|degli|della|delle|dalla|nad|pod|ob|sur|lès|upon|gate|u|v|y|e|et|i)"
/** The number of a house. */
export const house = '\\d{1,5}[A-Za-z]?(?:[-/]\\d{1,4}[A-Za-z]?)?'
/** Where it follows the name: five digits there are a post code. */
export const door =
  '(?:\\d{1,2}\\.\\d{3}|\\d{1,3},\\d(?!\\d)|\\d{1,4}(?:[A-Za-z](?![\\p{L}])| [a-hA-H](?=[,;|\\n]|$))?(?:[-/]\\d{1,4}[A-Za-z]?|-[IVX]{1,4}|-[A-Z]|bis)?(?:/(?:\\d{1,3}|[A-Z]))?|s/n)'
/** Nothing of a word or number before. */
export const start = '(?<![\\p{L}\\p{N}.,#/-])'
/** Nothing of one after. */
export const end = '(?![\\p{L}\\p{N}])'
const townWord = "(?:(?:[SMF]t|Sta|P|TP)\\.|\\p{Lu}[\\p{L}\\p{M}'’-]{0,24})"
/** A town by its name alone. */
export const town = `(?:'[st][ -])?${townWord}(?:(?: |-)(?:${townWord}|${small})){0,5}`
/** What may go on after a street: a flat, a post code and a town, a town, a state, a country. */
export const flat = `(?:(?:${flatWords}|#)(?:[.:]{0,2} ?(?:[Nn][or]?[.:] ?)?\\p{Lu}{0,2}-?\\d[\\p{L}\\d-]{0,8}(?:/[\\p{L}\\d]{1,4}(?! ))*(?:,\\d)?|[.:]? (?:\\p{Lu}{1,3}|\\p{L}))|\\d{1,2}(?:st|nd|rd|th) [Ff]loor|R/[Cc](?: (?:Dto|Esq)\\.?)?|[IVX]{1,4}/\\d{1,3}\\.?|\\d{1,2}[.:]? ?(?:[oaº°](?: ?(?:\\p{Lu}|\\p{L}{3,4}\\.?)${end})?|tv\\.?|th\\.?|mf\\.?|[OE]G(?: links| rechts)?|em\\.(?: \\d{1,3}\\.)?|tr|kat|sal|Stock))`
const code =
  '(?:[A-Z]{1,2}-|CEP )?(?:\\d{5}(?:-\\d{3,4})?|[A-Z]\\d{2} ?[A-Z\\d]{4}|[A-Z]\\d{4}[A-Z]{3}|\\d{4} ?[A-Z]{2}|\\d{4}(?:-\\d{3})?|\\d{2}-\\d{3}|\\d{3} ?\\d{2,3}|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d)'
/** What may stand before the number of a house. */
export const number = '(?:# ?|(?:[Kk]m|[Ll]otes?|[Kk]av\\.?|[Cc]asa) |[Nn][rRoº°úmero.:]{0,6} ?|№ ?|(?:д(?:ом)?|буд)\\.? ?)?'

const apart = '[\\s,>?]{1,7}'
const state = '(?:(?:,? | - | ?/ ?)[A-Z]{2}| ?/ ?\\p{Lu}\\p{L}{2,20}| \\([\\p{L} ]{2,12}\\))'
/** A town after its post code, with the number of a part of it. */
export const townAfterCode = `${town}(?: \\d{1,2}(?!\\d|[.,]\\d))?(?:${state}${end})?`
/** "cond. Vilas", "г. Химки": an abbreviation before a place's name, but those of telephones. */
const marked = `(?!t[eé]?l|тел|mob|моб|fax)\\p{Ll}{1,5}\\. ?${town}|${town} (?:обл\\.|р-н|край|область|район)`
const tail = lateOf(
  `\\.?(?:(?:(?: ${capital}){1,2})?(?:${apart}| - |/)${flat}${end}|(?:${apart}| [-·•] |"?[;,\\t]"?)(?:${town}[,\\n] ?){0,3}(?:${town}${apart})?(?:(?:- )?[A-Za-z\\d]{2,3}${apart}(?:${town} )?)?${code}(?: ${townAfterCode})?${end}|, ?(?:${marked}|${town}(?: \\d{1,2})?(?:${state}${end})?)${end})`,
  'uy',
)
/** After a flat a town needs no comma. */
const townAfterFlat = lateOf(`(?:${apart}(?!${flat}${end})${town}(?:${state})?${end}(?! ?:)){1,2}(?: \\d{4,6}${end})?`, 'uy')
const isFlat = lateOf(`(?<!\\p{L})${flat}$`)
/** Before a street: a flat, a post code, a town; a name alone where a cell or a label ends before it. The group: where that is not yet sure. */
const lead = lateOf(
  `(?:(?<![\\p{L}\\p{N}./-])(?:${flat}|\\d{5,6}|${code} ${town}|${marked})(?:, ?|\\n)|(?<=[\\t:;|"] ?)${town}, ?|(?<=(^|\\n|, ))${town}(?:, ?|\\n)|(?<!\\p{L})(?:${flatWords})\\.? (?:[Nn]o\\.? ?)?)$`,
)
/** How each of them ends: only there is one looked for. */
const leadEnd = lateOf(`(?<=,|\\n|, |(?:${flatWords})\\.? (?:[Nn]o\\.? ?)?)`, 'uy')
const [mostParts, farthestBack] = [9, 90]

/** Where an address ends whose street does at a place. */
export function tailEnd(text: string, from: number): number {
  let at = from
  let last = text.slice(Math.max(0, from - 16), from)
  for (let part = 0; part <= mostParts; part += 1) {
    if (isFlat(last) !== null) at += townAfterFlat(text, at)?.[0].length ?? 0
    last = tail(text, at)?.[0] ?? ''
    if (last === '') return at
    at += last.length
  }
  return at
}

/** Where one begins whose street does at a place, not before another. */
export function headStart(text: string, from: number, other = 0): number {
  let [at, sure] = [from, from]
  for (let part = 0; part <= mostParts; part += 1) {
    if (leadEnd(text, at) === null) return sure
    // A letter stands for what is cut off.
    const before = (at > farthestBack ? 'x' : '') + text.slice(Math.max(0, at - farthestBack), at)
    const match = lead(before)
    if (match === null || at - match[0].length < other) return sure
    at -= match[0].length
    // A town at a line's head stands before a street's own word: ul., вул., calle.
    if (match[1] === undefined || (match[1] !== ', ' && /\p{Ll}/u.test(text[from] ?? ''))) sure = at
  }
  return sure
}
