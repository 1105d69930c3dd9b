import { allMatches } from './match.ts'
import type { Span } from './span.ts'

const [han, kana] = ['\\p{Script=Han}', '[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー]']
/** From the prefecture or the town down to the block and house, a building and a room. */
const japanese = `(?:〒? ?\\d{3}-\\d{4}\\s?)?(?:${han}{2,3}[都道府県](?=${kana}{2,25}\\d)|(?=${kana}{2,25}(?:\\d{1,3}(?:-\\d{1,4}){2}|\\d{1,2}丁目)))(?:${han}{1,6}[市区町村郡]){1,3}${kana}{0,16}\\d{1,4}(?:(?:丁目|番地?|-)\\d{0,4}){0,3}号?(?:\\s?${kana}{1,15} ?\\d{1,4}(?:号室?|F|階)?)?`
/** From the province or the town down to the house, a building, a floor and a room. */
const chinese = `(?:${han}{2}(?:(?![省市区县縣區])${han}){0,6}[省市区县縣區]|香港|九龍)(?=${han}{1,39}[路街道巷弄段]\\d)(?:${han}{2}(?:(?![省市区县縣區])${han}){0,6}[省市区县縣區]){0,3}${han}{1,12}[路街道巷弄段]\\d{1,5}(?:[号號弄巷]\\d{0,4}){1,3}(?:[\\p{Script=Han}A-Z0-9-]{0,16}[室楼樓层層座0-9])?`
const korean =
  '[가-힣]{1,8}[시도군구] (?:[가-힣]{1,6}[시군구읍면] ){0,2}[가-힣\\d]{1,12}[로길동리가] ?\\d{1,4}(?:-\\d{1,4})?(?:번[길지] ?(?:\\d{1,4}(?:-\\d{1,4})?)?)?(?:,? ?(?:\\([가-힣\\d, ]{2,20}\\)|(?:[가-힣A-Z]{1,12} ){0,2}\\d{1,4}[동호층])){0,3}'
/** Arabic, Hebrew, Hindi: words and numbers from a street's or a house's on, as far as commas part few words. */
const word = '[\\p{L}\\p{M}\'"-]{1,20}\\.?'
const place = `(?:(?:\\d{1,5} )?${word}(?: ${word}){0,3}(?: \\d{1,7}(?:/\\d{1,4})?)?|\\d{1,4}(?![\\d.:/-]))`
const spaced = `(?<![\\p{L}\\p{M}])(?:\\d{1,5},? )?(?:شارع|شقة|عمارة|بناية|(?<!عن )طريق|רחוב|רח'|שדרות|שד'|मकान|फ्लैट|प्लॉट) ${place}(?:[,،] ?${place}){0,5}|\\d{1,5}, (?:${word} ){1,3}(?:रोड|मार्ग|नगर)(?:, ?${place}){1,5}`
const thai =
  '(?:\\d{1,4}(?:/\\d{1,4})? ?[\\p{Script=Thai}\\d. ]{0,40})?(?:ถนน|ถ\\.|ซอย|ซ\\.|แขวง|ตำบล|ต\\.)[\\p{Script=Thai}\\d./ ]{2,90}\\d{5}'
const part = '[\\p{Lu}\\d][\\p{L}\\p{M}\\d]{0,12}(?: [\\p{Lu}\\d][\\p{L}\\p{M}\\d]{0,12}){0,4}'
const ward = '(?:[Pp]hường|[Qq]uận|[Hh]uyện|[Xx]ã|[Tt]ỉnh|[PQ]\\.|TP\\.|[Tt]hành phố) ?'
const vietnamese = `(?:[Ss]ố (?:nhà )?)?\\d{1,4}[A-Z]?(?:/\\d{1,4}){0,3},? (?:(?:đường|phố|ngõ|ngách|hẻm) )?${part}(?:, ${ward}${part})(?:, (?:${ward})?${part}){0,4}`
const patterns: readonly (readonly [script: RegExp, address: RegExp])[] = [
  [/\p{Script=Han}/u, new RegExp(japanese, 'gu')],
  [/\p{Script=Han}/u, new RegExp(chinese, 'gu')],
  [/[가-힣]/, new RegExp(korean, 'gu')],
  [/[֐-ۿऀ-ॿ]/, new RegExp(spaced, 'gu')],
  [/[ạ-ỹ]/, new RegExp(vietnamese, 'gu')],
  [/[ก-๙]/, new RegExp(thai, 'gu')],
]

/** Addresses in scripts without capitals, each by its own order of places; all have a number. */
export function unspacedAddresses(text: string): readonly Span[] {
  return patterns.flatMap(([script, address]) =>
    script.test(text)
      ? allMatches(text, address)
          .filter(([found]) => /\d/.test(found))
          .map(({ index, 0: found }) => ({ start: index, end: index + found.length, kind: 'address' as const }))
      : [],
  )
}
