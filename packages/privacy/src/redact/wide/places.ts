import { codeAt } from '../character.ts'
import { allMatches, matchAt } from '../match.ts'
import type { Detector, Span } from '../span.ts'

/** Korea: from the province or the town down to the house and a room. */
const korean =
  '[가-힣]{1,8}[시도군구] (?:[가-힣]{1,6}[시군구읍면] ){0,2}[가-힣\\d]{1,12}[로길동리가] ?\\d{1,4}(?:-\\d{1,4})?(?:번[길지] ?(?:\\d{1,4}(?:-\\d{1,4})?)?)?(?:,? ?(?:\\([가-힣\\d, ]{2,20}\\)|(?:[가-힣A-Z]{1,12} ){0,2}\\d{1,4}[동호층])){0,3}'
/** Arabic, Hebrew, Hindi: words and numbers from a street's or a house's on, as far as commas part few words. */
const word = '[\\p{L}\\p{M}\'"-]{1,20}\\.?'
const place = `(?:(?:\\d{1,5} )?${word}(?: ${word}){0,3}(?: \\d{1,7}(?:/\\d{1,4})?)?|\\d{1,4}(?![\\d.:/-]))`
const spaced = `(?<![\\p{L}\\p{M}])(?:\\d{1,5},? )?(?:شارع|شقة|عمارة|بناية|(?<!عن )طريق|רחוב|רח'|שדרות|שד'|मकान|फ्लैट|प्लॉट) ${place}(?:[,،] ?${place}){0,5}|\\d{1,5}, (?:${word} ){1,3}(?:रोड|मार्ग|नगर)(?:, ?${place}){1,5}`
const thai =
  '(?:(?<![\\d/])\\d{1,4}(?:/\\d{1,4})? ?(?:[\\p{Script=Thai}. ]{0,30}\\d{0,3} ?)?)?(?:ถนน|ถ\\.|ซอย|ซ\\.|แขวง|ตำบล|ต\\.)[\\p{Script=Thai}\\d./ ]{2,90}\\d{5}'
const part = '[\\p{Lu}\\d][\\p{L}\\p{M}\\d]{0,12}(?: [\\p{Lu}\\d][\\p{L}\\p{M}\\d]{0,12}){0,4}'
const ward = '(?:[Pp]hường|[Qq]uận|[Hh]uyện|[Xx]ã|[Tt]ỉnh|[PQ]\\.|TP\\.|[Tt]hành phố) ?'
const vietnamese = `(?:[Ss]ố (?:nhà )?)?\\d{1,4}[A-Z]?(?:/\\d{1,4}){0,3},? (?:(?:đường|phố|ngõ|ngách|hẻm) )?${part}(?:, ${ward}${part})(?:, (?:${ward})?${part}){0,4}`
/** India's begin with a state. */
const indian =
  /(?<=(?<![A-Za-z0-9])((?:A[PRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|LA|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[NRS]|U[KP]|WB)[ -]?\d\d?[ -]?(?!AM|PM)[A-Z]{1,3}[ -]?))\d/y
/** Those that no other text looks like: Russia and Ukraine, Japan, China, Korea. Before each what is soon looked for. */
const plates: readonly (readonly [needed: RegExp, plate: RegExp])[] = [
  [
    /[А-ХІЇЄ] ?\d{3}/,
    /(?<![\p{L}\p{N}])(?:[АВЕКМНОРСТУХ] ?\d{3} ?[АВЕКМНОРСТУХ]{2} ?\d{2,3}|[АВЕІКМНОРСТХ]{2} \d{4} [АВЕІКМНОРСТХ]{2})(?![\p{L}\p{N}])/gu,
  ],
  [/[\u3041-\u309f] ?\d{1,2}-\d\d/, /\p{Script=Han}{2,4} ?\d{2,3} ?\p{Script=Hiragana} ?\d{1,2}-\d\d(?!\d)/gu],
  [/[\u4e00-\u9fff][A-Z]/, /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][ ·]?[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d])/gu],
  [
    /[가-힣] ?\d{4}/,
    /(?<![\d가-힣])\d{2,3}[가나다라마거너더러머버서어저고노로모보소오구누두루무수우바사아자하허배] ?(?!(?:19|20)\d\d)\d{4}(?![\d년억만원])/gu,
  ],
]
/** Japan in Latin letters, by its words for wards and towns. */
const japan =
  '(?:\\d{1,3}(?:-\\d{1,4}){1,3},? )?(?:[A-Z][\\p{L}-]{1,20},? ){0,3}[A-Z]\\p{L}{1,20}-(?:ku|shi|ch[oō]|machi|gun|ken)(?:,? [A-Z][\\p{L}-]{1,20}){0,3}(?:,? \\d{3}-\\d{4})?'
const latin: readonly (readonly [needed: RegExp, address: RegExp])[] = [[/-(?:ku|shi|ch[oō]|gun|ken)(?!\p{L})/u, new RegExp(japan, 'gu')]]
const addresses: typeof latin = [
  ...latin,
  [/[가-힣]/, new RegExp(korean, 'gu')],
  [/شارع|شقة|عمارة|بناية|طريق|רחוב|רח'|שדרות|שד'|मकान|फ्लैट|प्लॉट|रोड|मार्ग|नगर/, new RegExp(spaced, 'gu')],
  [/[ạ-ỹ]/, new RegExp(vietnamese, 'gu')],
  [/(?<=[ก-๙][ก-๙ .]{0,20})\d{5}/, new RegExp(thai, 'gu')],
]

/** Addresses in more scripts, all with a number; plates by forms that no other text has. */
export const findAbroad: Detector = (text, look) => [
  ...(look.foreign
    ? [...spansOf(text, addresses, 'address').filter(hasDigit(text)), ...spansOf(text, plates, 'national_id')]
    : spansOf(text, latin, 'address').filter(hasDigit(text))),
  ...look.numbers.flatMap(({ start, end }): readonly Span[] => {
    const before = end - start === 4 && isAfterCapital(text, start) ? (matchAt(text, start, indian)?.[1]?.length ?? 0) : 0
    return before === 0 ? [] : [{ start: start - before, end, kind: 'national_id' }]
  }),
]

/** Whether a capital stands before a place, or before the blank or hyphen there. */
function isAfterCapital(text: string, at: number): boolean {
  const last = codeAt(text, at - 1)
  const code = last === 32 || last === 45 ? codeAt(text, at - 2) : last
  return code >= 65 && code <= 90
}

function hasDigit(text: string): (span: Span) => boolean {
  return ({ start, end }) => /\d/.test(text.slice(start, end))
}

function spansOf(text: string, patterns: readonly (readonly [needed: RegExp, RegExp])[], kind: Span['kind']): readonly Span[] {
  return patterns.flatMap(([needed, pattern]) =>
    needed.test(text) ? allMatches(text, pattern).map(({ index, 0: { length } }) => ({ start: index, end: index + length, kind })) : [],
  )
}
