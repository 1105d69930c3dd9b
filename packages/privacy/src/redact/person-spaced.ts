import { wide } from '#beyond'

import { chinese, han, japanese } from './family-names.ts'
import { plainWord } from './lexicon.ts'
import type { Stretch } from './look.ts'
import { matchesIn } from './match.ts'
import type { Span } from './span.ts'

const letters = '\\p{Script=Hebrew}\\p{Script=Devanagari}\\p{Script=Thai}\\p{Script=Arabic}'
const word = `[${letters}][${letters}\\p{M}]{1,20}`
const words = new RegExp(`(?<![${letters}\\p{M}])${word}(?:-${word})?(?: ${word}(?:-${word})?){0,3}`, 'gu')
/** After a label or a title: Hebrew, Hindi, Thai. */
const led = new RegExp(
  `(?<=(?:(?:שם(?: פרטי| משפחה| מלא)?|איש קשר|לקוח|नाम|ग्राहक|रोगी|ชื่อ(?:-สกุล|ผู้ติดต่อ|ลูกค้า)?|ผู้ป่วย) ?[:：] ?|(?:מר|גב['׳]|ד["״]ר|श्रीमती|श्री|डॉ\\.?|สวัสดีคุณ|คุณ|นางสาว|นาง|นาย) ?))${word}(?:-${word})?(?: (?!जी)${word})?(?![${letters}\\p{M}])`,
  'gu',
)
/** Words that a given name follows. */
const greeting = /(?:^|[^\p{L}\p{M}])(?:שלום|היי|הי|תודה|של|עם|प्रिय|नमस्ते|मरीज|العزيز|العزيزة|سيد|مع|إلى) $/u
const korean =
  /(?<![가-힣])[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모]?([가-힣]{2})(?=(?:에게|한테|께서|이랑|님|씨)(?![가-힣])|(?:이|가|은|는|의|와|과)?(?![가-힣]))/gu

const people = '(?:出席者?|参加者|欠席者?|缺席|迟到|与会人员|参会人员?|参加人员|メンバー)'
const kana = '[\\p{Script=Hiragana}\\p{Script=Katakana}ー]'
/** Chinese and Japanese: what has to be in a text, and a name near it. */
const near: readonly (readonly [RegExp, RegExp])[] = [
  // In a list of people, and how a name is read.
  [new RegExp(people, 'u'), new RegExp(`(?<=[：:、，,] ?)(?<=${people}[：:][^\\n。：:]{0,60})[${han}々]{1,4}(?=$|[、，,（(\\n])`, 'gu')],
  [
    /ふりがな|フリガナ|よみがな/u,
    new RegExp(`(?<=(?:ふりがな|フリガナ|よみがな)[）)]?[：: 　]{1,2})${kana}{1,8}(?:[ 　]${kana}{1,8})?`, 'gu'),
  ],
  [/くん|ちゃん/u, new RegExp(`(?<!${kana})(?!あか|お(?:ばあ|じい|にい|ねえ))${kana}{2,4}(?=くん|ちゃん)`, 'gu')],
  [/利用者|管理者|担当|面談|連絡先/u, new RegExp(`(?<=(?:利用者|管理者|担当|面談|連絡先) ?)${japanese}(?![${han}])`, 'gu')],
  [/より|／|・/u, new RegExp(`(?<![${han}])(?=[${han}]{2})${japanese}(?=より|／|・)`, 'gu')],
  [/[：:]/u, new RegExp(`(?<=[：:][ 　]?)${chinese}[${han}]{2}(?=$|[\\n\\t|，; 　])`, 'gu')],
  [/[总總哥姐]/u, new RegExp(`(?<![${han}])${chinese}(?=[总總哥姐](?![${han}]))`, 'gu')],
]

/** Names in scripts without capitals: of Chinese and Japanese near what tells them; of others two that are known, one after a greeting, any after a label. */
export function findSpaced(text: string, stretches: readonly Stretch[]): readonly Span[] {
  const own = /\p{Script=Han}|\p{Script=Hiragana}/u.test(text)
    ? near.flatMap(([needed, pattern]) => (needed.test(text) ? matchesIn(text, stretches, pattern) : []))
    : []
  const told = own.map(({ index, 0: found }) => spanAt(index, found.length))
  if (!/[\u0590-\u05ff\u0900-\u097f\u0e00-\u0e7f\uac00-\ud7a3\u0621-\u064a]/.test(text)) return told
  const labelled = matchesIn(text, stretches, led).map(({ index, 0: found }) => spanAt(index, found.length))
  const known = matchesIn(text, stretches, words).flatMap(({ index, 0: found }) => knownIn(text, index, found))
  const sure = matchesIn(text, stretches, korean).flatMap(({ index, 0: found, 1: given = '' }) => {
    const isCalled = found.length > given.length || /^(?:에게|한테|이랑|님|씨)/.test(text.slice(index + found.length))
    return isCalled && wide.unspaced.has(plainWord(given)) ? [spanAt(index, found.length)] : []
  })
  return [...told, ...labelled, ...known, ...sure]
}

function knownIn(text: string, from: number, run: string): readonly Span[] {
  const spans: Span[] = []
  let at = from
  const parts = run.split(' ').map((part) => {
    const start = at
    at += part.length + 1
    return { start, end: start + part.length, known: part.split('-').every((one) => one.length > 1 && wide.unspaced.has(plainWord(one))) }
  })
  for (const [place, { start, end, known }] of parts.entries()) {
    if (!known) continue
    const next = parts[place + 1]
    if (next?.known === true) spans.push(spanAt(start, next.end - start))
    else if (greeting.test(text.slice(Math.max(0, start - 12), start)) || (start === 0 && /\p{Script=Thai}{5}/u.test(run)))
      spans.push(spanAt(start, end - start))
  }
  return spans
}

function spanAt(start: number, length: number): Span {
  return { start, end: start + length, kind: 'person' }
}
