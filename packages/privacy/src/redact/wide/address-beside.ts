import { shield } from '../fold.ts'
import { allMatches, matchAt } from '../match.ts'
import { isWord, wordAt } from '../person-word.ts'
import type { Detector, Span } from '../span.ts'

const name = "(?:(?:[SL]t|Sta|S)\\. ?)?\\p{Lu}[\\p{L}\\p{M}'-]{1,24}"
const small = "(?:de|del|da|do|dos|das|du|des|di|la|le|les|los|las|el|of|the|am|an der|im|en|sur|sous|van|op|aan|bij|ob|in|d'en|nad|pod)"
const town = `${name}(?:[ -](?:${name}|${small})){0,4}`
/** A side or a part of a house. */
const side =
  '(?:gauche|droite|izq(?:da|uierda)?|dcha|derecha|esq(?:uerdo)?|dto|d(?:ir)?to|links|rechts|li|re|left|right|front|rear|back|centro|frente|fundos|sinistra|destra|sx|dx|lewo|prawo|lewa|prawa|sol|sağ|лев|прав|vä|hö|tv|th)(?!\\p{L})\\.?'
/** What a flat is numbered after, in the languages of work. */
const parts =
  "(?:bloque|portal|escalera|esc|planta|piso|puerta|pta|entresuelo|entresòl|interior|int|dpto|depto|departamento|apto|apartamento|bloco|lote|fração|andar|étage|etage|porte|bât(?:iment)?|appt?|apt|appartement|résidence|rés|entrée|digicode|code|esc(?:alier)?|scala|interno|piano|palazzina|wohnung|whg|stiege|top|aufgang|hinterhaus|vorderhaus|vh|hh|eingang|klatka|kl|lokal|lok|mieszkanie|tür|pal|torre|quadra|lote|blk|fszt|ajtó|lejl|brgy|edif(?:icio)?|edifício|piętro|blok|daire|kat|giriş|кв|квартира|подъезд|под|этаж|корп|под'їзд|поверх|verdieping|huis|trap|bus|lgh|trappa|unit|flat|apartment|suite|box|caixa postal|apartado|casella postale|skrytka)"
const numbered = `${parts}(?!\\p{L})\\.?:? ?(?:n[.ºo°]{1,2} ?|no\\.? ?)?(?:"?\\p{Lu}{0,2}-?\\d{1,4}\\p{L}{0,2}(?![\\p{L}\\d])|[IVX]{1,4}(?!\\p{L})|"?\\p{Lu}"?(?!\\p{L})|${side})(?: ${side})?`
const ordinal = `\\d{1,2}(?:[ºª°]|\\.|er|[eè](?:me)?|o|a|ste|de|st|nd|rd|th) ?(?:OG|UG|DG|Stock|Etage|Obergeschoss|étage|etage|piso|andar|piano|piętro|kat|verdieping|floor|эт(?:аж)?|поверх|ét|ezk|em(?:elet)?|krs|tr(?: ög| nb| bv)?|to \\p{L}(?!\\p{L})|\\p{Lu}(?!\\p{L})|${side})(?: ${side})?`
/** A floor or a house behind, without a number. */
const bare =
  '(?:EG|DG|UG|Hinterhaus|Vorderhaus|Rückgebäude|Seitenflügel|Souterrain|achterom|bovenwoning|zemin kat|bodrum kat|r/c|R/C|rez-de-chaussée|(?:piso )?bajo|piano terra|parter|baixos|entlo|st\\.? ?(?:th|tv|mf)|Einliegerwhg\\.?|ground floor|(?:first|second|third) floor|top floor|basement|upstairs|downstairs)(?!\\p{L})(?: (?:esq|dto|links|rechts|left|right)\\.?)?'
const place = `(?:lieu-dit|hameau|lugar|parroquia|barrio|bairro|località|loc\\.|frazione|fraz\\.|localidade|Ortsteil|OT|os\\.|osiedle|kolonia|мкр\\.?|микрорайон|пос\\.|mah\\.)(?: de)? ${town}`
/** A part of an address that isn't its street: numbered, or by a word of floors, or a hamlet. */
export const dwellingPart = `${numbered}|${ordinal}|${bare}|${place}`
const postal = `(?:[A-Z]{1,2}-)?(?:\\d{5}|\\d{4} ?[A-Z]{2}|\\d{4}-\\d{3}|\\d{2}-\\d{3}|\\d{5}-\\d{3}|\\d{3} \\d{2}) ${town}(?: \\([A-Z]{2}\\))?`
const care = `(?:bei|b\\.|c/o|chez|presso|p/a|u) ${name}`
const after = `(?:(?:\\.?[,;]? ?\\n[ \\t]{0,4}|\\.? ?[,;/]? |,|\\\\, ?| - | \\()(?:${numbered}|${ordinal}|${bare}|${place}|${postal}|${care}(?=$|[,.;)\\n])|\\([A-Z]\\d{4}\\))(?![\\p{L}\\d])\\)?|(?: |)[½¼¾]| 1[/⁄]2(?!\\d))`
/** What goes on of an address behind what is masked. */
const onward = new RegExp(`${after}{1,6}`, 'iuy')
/** Town names keep their capital, though all else may be in either case. */
const codeOnly = new RegExp(`(?:[,;]? ?\\n[ \\t]{0,4}|[,;] ?| - )${postal}(?![\\p{L}\\d])`, 'uy')
/** What stands before the street: a house's name in quotes, a building and its stairs, a code and a town, a state behind a town. */
const ahead = new RegExp(
  `(?<=((?<![\\p{L}\\d])(?:["'][^"'\\n]{2,24}["'], |(?:(?:${parts}\\.? \\p{Lu}?\\d{0,3}\\p{Lu}?|(?:Rés(?:idence)?\\.?|Résidence|Residencial|Condomínio|Cond\\.|Edificio|Edifício|Ed\\.|Maso|Cascina|Osiedle|Os\\.|Site|Sitesi|ЖК) ${town}), ){1,5}|(?:upstairs|downstairs|rear|basement|top|ground floor|trailer) (?:unit|flat|apt|\\d{1,3}), (?:${town}, )?|\\d{4} ?[A-Z]{2} ${town} (?:aan|op|in) (?:de |het )?|(?:\\d{1,4} ?)?1[/⁄])|(?<=^|\\n)${town}, [A-Z]{2} {1,3}))\x80`,
  'uy',
)
/** A name and a house's number, where somebody's name ends just before. */
const dwelling = /[ ]?[,(] ?((?:\p{Lu}[\p{L}\p{M}'-]{3,24} ){1,3}\d{1,3} ?[a-z]?)(?=[,.;:)\n]|$)/uy

/** Parts of an address beside what is masked already: flats, floors, a house's name, a post code and its town. Only a second look finds any. */
export const findBeside: Detector = (text) => {
  if (!text.includes(shield)) return []
  return allMatches(text, /\x80+/g).flatMap(({ index, 0: { length } }): readonly Span[] => {
    const end = index + length
    const behind = matchAt(text, end, codeOnly) ?? capitalised(matchAt(text, end, onward))
    const before = matchAt(text, index, ahead)?.[1] ?? ''
    const home = behind === null ? matchAt(text, end, dwelling) : null
    const spans: Span[] = []
    if (behind !== null) spans.push({ start: end, end: end + behind[0].length, kind: 'address' })
    if (before !== '') spans.push({ start: index - before.length, end: index, kind: 'address' })
    if (home?.[1] !== undefined && !isOfWords(home[1]))
      spans.push({ start: end + home[0].length - home[1].length, end: end + home[0].length, kind: 'address' })
    return spans
  })
}

/** In the pattern that takes either case a town might be any word. */
function capitalised(match: RegExpExecArray | null): RegExpExecArray | null {
  return match !== null && (smallLetter.test(match[0]) || smallTown.test(match[0])) ? null : match
}

const smallLetter = /\p{L}\p{L}\.? \p{Ll}(?![\p{L}.])/u
const smallTown = /(?:\d{5}|\d-\d{3}|\d [A-Za-z]{2}|(?:lugar|parroquia|barrio|bairro|hameau|bei|chez|presso|u|b\.)(?: de)?) \p{Ll}/u

/** "Team 3", "May 5": what is numbered by words is nobody's street. */
function isOfWords(home: string): boolean {
  return home.split(' ').some((word) => word.length > 2 && isWord(wordAt(word, 0)))
}
