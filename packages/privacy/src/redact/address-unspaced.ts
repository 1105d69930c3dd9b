import { allMatches } from './match.ts'
import type { Span } from './span.ts'

const [han, kana] = ['\\p{Script=Han}', '[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー]']
/** From the prefecture or the town down to the block and house, a building and a room. */
const japanese = `(?:〒? ?\\d{3}-\\d{4}\\s?)?(?:${han}{2,3}[都道府県](?=${kana}{2,25}\\d)|(?=${han}{1,6}[市区町村郡]${kana}{0,20}(?:\\d{1,3}(?:-\\d{1,4}){2}|\\d{1,2}丁目)))(?:${han}{1,6}[市区町村郡]){1,3}${kana}{0,16}\\d{1,4}(?:(?:丁目|番地?|-)\\d{0,4}){0,3}号?(?:\\s?(?:${kana}|\\d(?=\\d?${kana})){1,15} ?\\d{1,4}(?:号室?|F|階)?)?`
/** From the province or the town down to the house, a building, a floor and a room. */
const chinese = `(?:${han}{2}(?:(?![省市区县縣區])${han}){0,6}[省市区县縣區]|香港|九龍)(?=${han}{1,39}[路街道巷弄段]\\d)(?:${han}{2}(?:(?![省市区县縣區])${han}){0,6}[省市区县縣區]){0,3}${han}{1,12}[路街道巷弄段]\\d{1,5}(?:[号號弄巷]\\d{0,4}){1,3}(?:[\\p{Script=Han}A-Z0-9-]{0,16}[室楼樓层層座0-9])?`
const [inJapan, inChina] = [new RegExp(japanese, 'gu'), new RegExp(chinese, 'gu')]
const mayBeHan = /[\u2e80-\u9fff\uf900-\ufaff\ud840-\ud8ff]/

/** As far as an address goes before and after its digits. */
const reach = 64
const digits = /\d(?:\D{0,64}\d)*/g

/** Addresses of Japan and China, where no blank parts places: looked for around digits alone, since all else may be one to its last letter. */
export function unspacedAddresses(text: string): readonly Span[] {
  return allMatches(text, digits).flatMap(({ index, 0: found }) => {
    const from = Math.max(0, index - reach)
    const around = text.slice(from, index + found.length + reach)
    if (!mayBeHan.test(around)) return []
    return [inJapan, inChina].flatMap((address) =>
      allMatches(around, address).map(({ index: at, 0: { length } }): Span => ({
        start: from + at,
        end: from + at + length,
        kind: 'address',
      })),
    )
  })
}
