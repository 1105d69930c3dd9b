import { findSpaced, rareLabels } from '#wide/person-spaced'

import type { Stretch } from './look.ts'
import { chinese, han, japanese } from './family-names.ts'
import { matchesIn } from './match.ts'
import type { Detector, Span } from './span.ts'

const label = `(?:${rareLabels}姓名|名字|车主|車主|(?:管理|使用|利用|申請|承認)者|学生|家长|(?:联系|聯絡|收件|寄件|发件|审批|申请|经办|负责|負責|持卡)人|客户|客戶|用户|作者|员工|患者|病人|抄送|户名|ご?担当者?|氏名|お?名前|宛名|宛先|差出人|連絡先|顧客|お客様|患者名|이름|성명|담당자|고객|작성자|받는 사람|보낸 사람)(?:姓名|名|様)?[ :：\\t|　]{1,3}`
const ofPeople = new RegExp(`^${label}$`)

/** Whether a header says that people stand under it. */
export function isUnspacedPeople(header: string): boolean {
  return ofPeople.test(`${header} `)
}

const honorific = '(?:様|さま|さん|氏|先生|殿|くん|ちゃん|部長|課長|社長|先輩)'
const courtesy = '(?:先生|女士|小姐|太太|经理|經理|老师|老師|主任|总监|总经理|教授|医生|同学|同志|[您你]好|已?同意|审批)'

const patterns: readonly RegExp[] = [
  // After a label: two to six characters, a gap between them or none. Its many words are read only before what is no letter of English.
  new RegExp(
    `(?=\\W)(?<=${label})[${han}々ヶ]{1,4}[ 　]?[${han}\\p{Script=Hiragana}\\p{Script=Katakana}々ー]{1,5}(?![\\p{Script=Han}])`,
    'gu',
  ),
  // Between Korean words a blank is no sign: 이름 바꾸기, "change the name".
  new RegExp(`(?=\\W)(?<=${label})(?<=[:：\\t|][ 　]?)[가-힣]{2,4}(?![가-힣])`, 'gu'),
  // Japanese: a known family name and a given name.
  new RegExp(`(?<![${han}])${japanese}[ 　][${han}\\p{Script=Hiragana}\\p{Script=Katakana}々]{1,4}(?![${han}])`, 'gu'),
  new RegExp(`(?<![${han}])${japanese}[${han}々]{1,2}[子美香菜奈恵代江花音央斗太郎也介平一二三夫男雄樹翔真人彦司](?![${han}])`, 'gu'),
  // Chinese: a family name and a given name after a call, or alone in its text or cell.
  new RegExp(
    `(?<=(?:联系|找|我是|我叫|名叫|本人|患者|病人|面试|申请人|女儿|儿子|妻子|丈夫|联系人|通知|转告|抄送|由|和|与|@))${chinese}[${han}]{1,2}(?![${han}])`,
    'gu',
  ),
  new RegExp(
    `(?<=^|[\\n\\t|,，;；(（@"])[ 　]?${chinese}[${han}]{1,2}(?=$|[\\n\\t|,，;；:：)）"]| [-–—|]| (?:邀请|评论|分享|提交|申请|给您|请求))`,
    'gu',
  ),
  // Korean: before an honorific, and a family name with two syllables alone in its text or cell.
  /(?!(?:[과팀부차사실]장|대리|고객)님)[가-힣]{2,4}(?=(?: ?(?:님|씨|과장|부장|대리|사장|선생님))(?:이|은|께서?|의|에게|과|와|을)?(?![가-힣]))/gu,
  /(?<=^|[\n\t|,;(@"])[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모][가-힣]{2}(?=$|[\n\t|,;:)"])/gu,
]

/** A name, and what has to follow it: without that a text is not searched. */
const before = (name: string, needed: string): readonly [RegExp, RegExp] => [new RegExp(needed), new RegExp(`${name}(?=${needed})`, 'gu')]
/** A name of Japan before an honorific, one of China before a courtesy. */
const called = [
  before(`[${han}々ヶ]{1,4}[ 　]?[${han}\\p{Script=Hiragana}\\p{Script=Katakana}々ー]{0,4}`, honorific),
  before(`${chinese}[${han}]{1,2}`, courtesy),
]

const arabicWord = '[\\u0621-\\u064a\\u0670-\\u06d3]{2,14}'
/** After a title, a label or a greeting: a given name, and up to three words of descent. */
const arabic = new RegExp(
  `(?<=(?:السيدة?|الآنسة|الأستاذة?|الدكتورة?|المهندسة?|الحاجة?|مرحبا|أهلا|عزيزتي|عزيزي) |(?<!\\p{L})[دأم]\\. ?|(?:مع التحية|تحياتي|مع أطيب التحيات)، ?|(?:الاسم|اسم العميل|العميل|الزبون|المستلم|المرسل|الموظف|المسؤول|المريض|جهة الاتصال|المستفيد|اسم المستخدم|من|إلى) ?[:：] ?)${arabicWord}(?: (?:بن |بنت |ابن |أبو |أم |آل |عبد )?${arabicWord}){0,3}(?= ?[،,.\\n:؛!]| المحترمة?|$)`,
  'gu',
)
/** Names in scripts without capitals: by family names, and by labels and courtesies around them. */
export const findUnspacedPersons: Detector = (text, { unspaced }) => {
  // A blank may stand before the first sign.
  const stretches = unspaced.map(({ start, end }) => ({ start: Math.max(0, start - 1), end }))
  const spansOf = (pattern: RegExp): readonly Span[] => namesIn(text, stretches, pattern)
  return [
    ...findSpaced(text, stretches),
    ...(/[\u2e80-\ud7a3\uf900-\ufaff]|[\ud840-\ud8ff]/.test(text) ? patterns.flatMap(spansOf) : []),
    ...called.flatMap(([needed, pattern]) => (needed.test(text) ? spansOf(pattern) : [])),
    ...(/[\u0621-\u064a]/.test(text) ? spansOf(arabic) : []),
  ]
}

const notNames = /(?:客户|العميل|الزبون|العملاء|客|皆|各位|会社|弊社|御社|担当|店|当社|客服|您好|奥|神|王)$/u

function namesIn(text: string, stretches: readonly Stretch[], pattern: RegExp): readonly Span[] {
  return matchesIn(text, stretches, pattern)
    .filter(({ 0: found }) => !notNames.test(found))
    .map(({ index, 0: found }) => ({ start: index, end: index + found.length, kind: 'person' }))
}
