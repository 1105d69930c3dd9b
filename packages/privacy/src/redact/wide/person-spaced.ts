import { caselessIn } from './caseless.ts'
import { easternIn } from './east.ts'
import { foreignIn } from './foreign.ts'
import { wide } from '#wide/beyond'

import { chinese, han, japanese } from '../family-names.ts'
import { plainWord } from '../lexicon.ts'
import type { Stretch } from '../look.ts'
import { matchesIn } from '../match.ts'
import type { Span } from '../span.ts'

const letters = '\\p{Script=Hebrew}\\p{Script=Devanagari}\\p{Script=Thai}\\p{Script=Arabic}'
const word = `[${letters}][${letters}\\p{M}]{1,20}`
const thai = /(?<![\p{Script=Thai}\p{M}])\p{Script=Thai}[\p{Script=Thai}\p{M}]{1,20}(?: \p{Script=Thai}[\p{Script=Thai}\p{M}]{1,20}){0,3}/gu
/** After a label or a title: Hebrew, Hindi, Thai. */
const led = new RegExp(
  `(?<=(?:(?:שם(?: פרטי| משפחה| מלא)?|איש קשר|לקוח|नाम|ग्राहक|रोगी|ชื่อ(?:-สกุล|ผู้ติดต่อ|ลูกค้า)?|ผู้ป่วย) ?[:：] ?|(?<![${letters}\\p{M}])(?:מר|גב['׳]|ד["״]ר|श्रीमती|श्री|डॉ\\.?) |(?:สวัสดีคุณ|คุณ|นางสาว|นาง|นาย) ?|(?:صاحب الحساب|صاحب البطاقة|الطبيب المعالج|المحامي)[:：]? |(?:نام|مشتری)[:：] |(?<![${letters}\\p{M}])(?:آقای|خانم) ))${word}(?:-${word})?(?: (?!जी)${word})?(?![${letters}\\p{M}])`,
  'gu',
)
const korean =
  /(?<![가-힣])[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모]?([가-힣]{2})(?=(?:에게|한테|께서|이랑|님|씨)(?![가-힣])|(?:이|가|은|는|의|와|과)?(?![가-힣]))/gu

/** A family name before a rank, and names in a list of people. */
const koreanRank =
  /(?<![가-힣])(?:[김박최정강조윤장임오서권황안송류홍고문양손배백허유남심노하곽성차구우민나진](?= (?:팀장|과장|부장|대리|사장|차장|실장|원장|교수|주임|본부장|상무|전무))|[가-힣](?= (?:팀장|과장|부장|대리|사장|차장|실장|원장|교수|주임|이사|대표)님)|(?<=(?:참석자?|불참자?|담당자)[:：][^\n:：]{0,40})(?<=[,:：] ?)[가-힣]{2,4}(?=,|$|\n))/gu

const people = '(?:参会|出席者?|参加者|欠席者?|缺席|迟到|与会人员|参会人员?|参加人员|メンバー)'
const kana = '[\\p{Script=Hiragana}\\p{Script=Katakana}ー]'
/** Roles of Chinese that a name follows without a sign, and what may follow the name. */
const chineseRole =
  '(?:用户|客户|原告|被告|收件人|寄件人|付款人|收款人|签收人|派件员|快递员|业务员|经办人|联系人|持卡人|司机|患者|病人|员工|同事|门卫|护士|学生|家长|房东|租客|承租人|出租人|证人|负责人|审批人|申请人)'
const afterRole = '(?=$|[，,。；;：:、！（( \\n\\t]|反馈|反映|来电|申请|要求|提交|投诉|已|在|说|表示|住)'
const calledOld =
  '[王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢傅钟姜崔谭廖范汪陆戴贾韦夏邱侯邹熊孟秦薛尹段雷黎史陶贺顾郝龚邵]'
const calledSmall = '[芳丽红燕玲娟敏静军强伟磊勇杰涛华霞娜莉琴刚]'
const kin = '(?:主治医|長男|長女|次男|次女|妻|夫|父|母|保護者|振込人|依頼人|名義人|受取人|口座名義)'
const katakana = '[ァ-ヶーｦ-ﾟ]'
/** Chinese and Japanese: what has to be in a text, and a name near it. */
const near: readonly (readonly [RegExp, RegExp])[] = [
  [
    new RegExp(chineseRole, 'u'),
    new RegExp(`(?<=${chineseRole}[：: ]{0,2})(?![向于和应时常包成单任关方何全])${chinese}[${han}]{1,2}?${afterRole}`, 'gu'),
  ],
  [
    /[老小阿]/u,
    new RegExp(
      `老${calledOld}(?![家城路街村镇虎花])|小(?:${calledOld}|${calledSmall})(?![时学麦组区程子])|阿(?:${calledSmall}|[明珍英珠兰香辉彪豪峰仔])`,
      'gu',
    ),
  ],
  [/[姐哥总叔]/u, new RegExp(`(?<=[让找叫问给跟和请])${chinese}(?=[姐哥总叔])`, 'gu')],
  [
    /さん|様|くん|ちゃん|氏|先輩/u,
    new RegExp(
      `(?<!${katakana})(?!ユーザ|オーナ|メンバ|スタッフ|カスタマ|ゲスト|オペレ|ドライバ|マネージ|メーカ|ママ|パパ)${katakana}{2,8}(?:[ 　・]${katakana}{2,8})?(?=[ 　]?(?:さん|様)|くん|ちゃん|氏|先輩)`,
      'gu',
    ),
  ],
  [/です|申し/u, new RegExp(`(?<=会社[^\\n。]{0,20}の)[${han}]{1,3}(?=です|と申し)`, 'gu')],
  [/医師|看護師|弁護士|薬剤師/u, new RegExp(`(?<![${han}])[${han}]{2,3}(?=医師|看護師|弁護士|薬剤師)`, 'gu')],
  [/@/u, new RegExp(`(?<=@)${japanese}(?:[${han}]|${kana}){1,4}(?=[ 　\\n]|$)`, 'gu')],
  [
    new RegExp(kin, 'u'),
    new RegExp(
      `(?<=${kin}[：:][ 　]?)(?:[${han}]|${kana}){1,5}(?:[ 　](?:[${han}]|${kana}|${katakana}){1,8})?|(?<=${kin}[：:][ 　]?)${katakana}{1,10}[ 　]${katakana}{1,10}`,
      'gu',
    ),
  ],
  // In a list of people, and how a name is read.
  [new RegExp(people, 'u'), new RegExp(`(?<=[：:、，,] ?)(?<=${people}[：:][^\\n。：:]{0,60})[${han}々]{1,4}(?=$|[、，,（(\\n])`, 'gu')],
  [
    /ふりがな|フリガナ|よみがな/u,
    new RegExp(`(?<=(?:ふりがな|フリガナ|よみがな)[）)]?[：: 　]{1,2})${kana}{1,8}(?:[ 　]${kana}{1,8})?`, 'gu'),
  ],
  [/くん|ちゃん/u, new RegExp(`(?<!${kana})(?!あか|お(?:ばあ|じい|にい|ねえ))${kana}{2,4}(?=くん|ちゃん)`, 'gu')],
  [/利用者|管理者|担当|面談|連絡先/u, new RegExp(`(?<=(?:利用者|管理者|担当|面談|連絡先) ?)${japanese}(?![${han}])`, 'gu')],
  // One that introduces itself.
  [
    /申します|言います|いいます|よろしく/u,
    new RegExp(`[${han}々]{1,4}[ 　]?(?:[${han}々]|${kana}){1,4}(?=と(?:申し|言い|いい)ます|です。?よろしく)`, 'gu'),
  ],
  [/より|／|・/u, new RegExp(`(?<![${han}])(?=[${han}]{2})${japanese}(?=より|／|・)`, 'gu')],
  [/[：:]/u, new RegExp(`(?<=[：:][ 　]?)${chinese}[${han}]{2}(?=$|[\\n\\t|，; 　])`, 'gu')],
  // Double family names are no other word; others between words that only people stand between.
  [
    /欧阳|司马|上官|诸葛|司徒|慕容|皇甫|尉迟|令狐|轩辕|夏侯|宇文/u,
    new RegExp(
      `(?:欧阳|司马|上官|诸葛|司徒|慕容|皇甫|尉迟|令狐|轩辕|夏侯|宇文)(?:[${han}]{2}(?=[桌说的给来和、，。先女老在已]|$)|[${han}]{1,2})`,
      'gu',
    ),
  ],
  [/[签审批]|确认|回复|处理/u, new RegExp(`(?<=[等让叫给跟找请问由])${chinese}[${han}]{1,2}(?=签|审|批|确认|回复|处理)`, 'gu')],
  [
    /\d[ 　]\p{Script=Han}{2,3}(?:\n|$)/u,
    new RegExp(`(?<=\\d[ 　])(?!千葉|福島|宮崎|川崎|石川|山口|横浜|長崎|大阪)${japanese}(?=$|\\n)`, 'gu'),
  ],
  [/[总總哥姐]/u, new RegExp(`(?<![${han}])${chinese}(?=[总總哥姐](?![${han}]))`, 'gu')],
]

/** Labels of people beyond those of the small tier. */
export const rareLabels =
  '监护人|被保险人|投保人|承租人|原告|被告|本人|申請人|出席者|参加者|欠席者?|缺席|与会人员|参会人员?|예금주|환자|보호자|대표자|참석자|수신인|발신인|'

/** Names in scripts without capitals: of Chinese and Japanese near what tells them; of Thai two that are known, any after a label; and those in letters that blanks part. */
export function findSpaced(text: string, stretches: readonly Stretch[]): readonly Span[] {
  const isIn = (pattern: RegExp): boolean => stretches.some(({ start, end }) => pattern.test(text.slice(start, end)))
  const own = isIn(/\p{Script=Han}|\p{Script=Hiragana}/u)
    ? near.flatMap(([needed, pattern]) => (needed.test(text) ? matchesIn(text, stretches, pattern) : []))
    : []
  const told = [
    ...own.map(({ index, 0: found }) => spanAt(index, found.length)),
    ...easternIn(text, stretches),
    ...foreignIn(text, stretches),
  ]
  if (!isIn(/[\u0590-\u05ff\u0900-\u097f\u0e00-\u0e7f\uac00-\ud7a3\u0621-\u064a]/)) return told
  const caseless = caselessIn(text, stretches)
  const labelled = matchesIn(text, stretches, led).map(({ index, 0: found }) => spanAt(index, found.length))
  const known = matchesIn(text, stretches, thai).flatMap(({ index, 0: found }) => knownIn(index, found))
  const sure = matchesIn(text, stretches, korean).flatMap(({ index, 0: found, 1: given = '' }) => {
    const isCalled = found.length > given.length || /^(?:에게|한테|이랑|님|씨)/.test(text.slice(index + found.length))
    return isCalled && wide.unspaced.has(plainWord(given)) ? [spanAt(index, found.length)] : []
  })
  const ranked = /[팀과부사차실원]장|대리|교수|주임|이사|대표|참석|담당/u.test(text) ? matchesIn(text, stretches, koreanRank) : []
  return [...told, ...caseless, ...labelled, ...known, ...sure, ...ranked.map(({ index, 0: found }) => spanAt(index, found.length))]
}

/** Thai: a name before another, and one that a text begins with. */
function knownIn(from: number, run: string): readonly Span[] {
  const spans: Span[] = []
  let at = from
  const parts = run.split(' ').map((part) => {
    const start = at
    at += part.length + 1
    return { start, end: start + part.length, known: wide.unspaced.has(plainWord(part)) }
  })
  for (const [place, { start, end, known }] of parts.entries()) {
    if (!known) continue
    const next = parts[place + 1]
    if (next?.known === true) spans.push(spanAt(start, next.end - start))
    else if (start === 0 && run.length > 4) spans.push(spanAt(start, end - start))
  }
  return spans
}

function spanAt(start: number, length: number): Span {
  return { start, end: start + length, kind: 'person' }
}
