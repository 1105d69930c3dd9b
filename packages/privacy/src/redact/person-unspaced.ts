import type { Stretch } from './look.ts'
import { matchesIn } from './match.ts'
import type { Detector, Span } from './span.ts'

const han = '\\p{Script=Han}'
/** The commonest family names of China and Taiwan (all of one character, and the double ones): about nine people in ten. */
const chinese =
  '(?:欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|夏侯|轩辕|[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范廖石金韦贾夏付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁骆])'
/** Family names of Japan, about two people in three; others are known by what follows. */
const japanese =
  '(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|林|斎藤|斉藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|中野|三浦|原田|中川|松田|竹内|小野|田村|中山|和田|石田|森田|上田|原|内田|柴田|酒井|宮崎|横山|高木|安藤|宮本|大野|小島|谷口|今井|工藤|高田|増田|丸山|杉山|村田|大塚|新井|藤本|小山|平野|河野|上野|武田|野口|松井|千葉|菅原|岩崎|久保|木下|佐野|野村|松尾|菊地|菊池|市川|杉本|古川|大西|島田|水野|桜井|渡部|高野|吉川|山内|西田|飯田|西川|小松|北村|安田|五十嵐|川口|平田|関|中田|久保田|服部|東|岩田|土屋|川崎|福島|本田|辻|樋口|秋山|田口|永井|山中|中西|吉村|川上|石原|大橋|松岡|浜田|馬場|森本|矢野|浅野|松下|星野|大久保|吉岡|小池|野田|荒木|大谷|松浦|熊谷|黒田|尾崎|永田|川村|望月|松村|田辺|荒井|平井|大島|西山|早川|栗原|広瀬|横田|石橋|岩本|片山|萩原|関口|宮田|大石|本間|高山|吉原|大場|宮内|松島|窪田|神田|宇野|竹本|関根|石山|及川|森川|沢田)'
const label =
  '(?:姓名|名字|联系人|聯絡人|收件人|寄件人|发件人|审批人|申请人|经办人|负责人|負責人|客户|客戶|用户|作者|员工|患者|病人|抄送|持卡人|户名|担当者?|ご担当者?|氏名|お名前|名前|宛名|宛先|差出人|連絡先|顧客|お客様|申請者|承認者|患者名|이름|성명|담당자|고객|작성자|받는 사람|보낸 사람)(?:姓名|名|様)?[ :：\\t|　]{1,3}'
const ofPeople = new RegExp(`^${label}$`)

/** Whether a header says that people stand under it. */
export function isUnspacedPeople(header: string): boolean {
  return ofPeople.test(`${header} `)
}

const honorific = '(?:様|さま|さん|氏|先生|殿|くん|ちゃん|部長|課長|社長|先輩)'
const courtesy = '(?:先生|女士|小姐|太太|经理|經理|老师|老師|主任|总监|总经理|教授|医生|同学|同志|您好|你好|已同意|同意|审批)'

const patterns: readonly RegExp[] = [
  // After a label: two to six characters, a gap between them or none.
  new RegExp(`(?<=${label})[${han}々ヶ]{1,4}[ 　]?[${han}\\p{Script=Hiragana}\\p{Script=Katakana}々ー]{1,5}(?![\\p{Script=Han}])`, 'gu'),
  new RegExp(`(?<=${label})[가-힣]{2,4}(?![가-힣])`, 'gu'),
  // Japanese: a name before an honorific, a known family name and a given name, one that introduces itself.
  new RegExp(`[${han}々ヶ]{1,4}[ 　]?[${han}\\p{Script=Hiragana}\\p{Script=Katakana}々ー]{0,4}(?=${honorific})`, 'gu'),
  new RegExp(`(?<![${han}])${japanese}[ 　][${han}\\p{Script=Hiragana}\\p{Script=Katakana}々]{1,4}(?![${han}])`, 'gu'),
  new RegExp(`(?<![${han}])${japanese}[${han}々]{1,2}[子美香菜奈恵代江花音央斗太郎也介平一二三夫男雄樹翔真人彦司](?![${han}])`, 'gu'),
  new RegExp(
    `[${han}々]{1,4}[ 　]?[${han}\\p{Script=Hiragana}\\p{Script=Katakana}々]{1,4}(?=と申します|と言います|といいます|です。?よろしく)`,
    'gu',
  ),
  // Chinese: a family name and a given name before a courtesy, after a call, or alone in its text or cell.
  new RegExp(`${chinese}[${han}]{1,2}(?=${courtesy})`, 'gu'),
  new RegExp(`(?<=(?:请联系|联系|请找|找|我是|我叫|名叫|通知|转告|抄送|由|和|与|@))${chinese}[${han}]{1,2}(?![${han}])`, 'gu'),
  new RegExp(`(?<=^|[\\n\\t|,，;；(（@"])[ 　]?${chinese}[${han}]{1,2}(?=$|[\\n\\t|,，;；:：)）"])`, 'gu'),
  // Korean: before an honorific, and a family name with two syllables alone in its text or cell.
  /[가-힣]{2,4}(?= ?(?:님|씨|과장|부장|대리|사장|선생님)(?![가-힣]))/gu,
  /(?<=^|[\n\t|,;(@"])[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모][가-힣]{2}(?=$|[\n\t|,;:)"])/gu,
]

const arabicWord = '[\\u0621-\\u064a\\u0670-\\u06d3]{2,14}'
/** After a title, a label or a greeting: a given name, and up to three words of descent. */
const arabic = new RegExp(
  `(?<=(?:السيدة?|الآنسة|الأستاذة?|الدكتورة?|المهندسة?|د\\.|أ\\.|م\\.|مرحبا|أهلا|عزيزي|عزيزتي|(?:الاسم|اسم العميل|العميل|الزبون|المستلم|المرسل|الموظف|المسؤول|المريض|جهة الاتصال|المستفيد|اسم المستخدم|من|إلى)[ ]?[:：])[ :]{0,2})${arabicWord}(?: (?:بن |بنت |ابن |أبو |أم |آل |عبد )?${arabicWord}){0,3}(?= ?[،,.\\n:؛!]| المحترمة?|$)`,
  'gu',
)
const arabicGiven =
  /(?<![\u0621-\u064a])(?:محمد|أحمد|علي|عمر|خالد|يوسف|إبراهيم|عبد ?(?:الله|الرحمن|العزيز|الكريم|الرحيم|القادر)|حسن|حسين|سعيد|مصطفى|محمود|طارق|كريم|سامي|زياد|فيصل|سلطان|ناصر|ماجد|وليد|بلال|ياسر|هشام|رامي|فاطمة|مريم|عائشة|خديجة|زينب|نورة?|سارة|ليلى|هدى|أمل|منى|رنا|دينا|ريم|لينا|سلمى|ياسمين|آمنة|حنان|سعاد|نادية|هند|رانيا)(?: (?:بن |بنت |آل |أبو )?[\u0621-\u064a]{2,14}){1,2}/gu

/** Names in scripts without capitals: by family names, and by labels and courtesies around them. */
export const findUnspacedPersons: Detector = (text, { unspaced }) => {
  // A blank may stand before the first sign.
  const stretches = unspaced.map(({ start, end }) => ({ start: Math.max(0, start - 1), end }))
  const spansOf = (pattern: RegExp): readonly Span[] => namesIn(text, stretches, pattern)
  return [
    ...(/[\u2e80-\ud7a3\uf900-\ufaff]|[\ud840-\ud8ff]/.test(text) ? patterns.flatMap(spansOf) : []),
    ...(/[\u0621-\u064a]/.test(text) ? [...spansOf(arabic), ...spansOf(arabicGiven)] : []),
  ]
}

const notNames = /(?:お客|皆|各位|会社|弊社|御社|担当|店|当社|客服|您好|奥|神|王)$/u

function namesIn(text: string, stretches: readonly Stretch[], pattern: RegExp): readonly Span[] {
  return matchesIn(text, stretches, pattern)
    .filter(({ 0: found }) => !notNames.test(found))
    .map(({ index, 0: found }) => ({ start: index, end: index + found.length, kind: 'person' }))
}
