import { chinese } from '../family-names.ts'
import type { Stretch } from '../look.ts'
import type { Span } from '../span.ts'
import { nameOfJapan } from './japanese.ts'

/** Characters that given names of China and Taiwan are written with, in either form. */
const ofGivenNames: ReadonlySet<string> = new Set(
  '君芹凌奕菱俐芙荔杉尤伟偉芳娜秀英敏静靜丽麗强強磊军軍洋勇艳艷杰傑娟涛濤明超兰蘭霞平刚剛桂文辉輝鑫玲华華红紅建国國志玉梅春燕雪琴萍波斌健俊峰峯龙龍海林鹏鵬宇浩轩軒然子涵梓欣怡思雨晨佳琪嘉诗詩婷雯倩颖穎莹瑩琳璐瑶瑤慧洁潔婉妍妮蕾薇珊珍珠翠凤鳳仙菊莲蓮荷桃杏柳松柏竹云雲霄天昊旭阳陽晓曉东東南北江河湖源清泽澤润潤澄沐沛洪瀚渊淵博学學智勤奋奮胜勝利成功宏大小正义義仁礼禮信诚誠忠孝廉德才贤賢良善美爱愛恩惠福禄寿壽喜庆慶祥瑞吉安康宁寧泰和顺順兴興旺盛昌荣榮富贵貴金银銀钢鋼锋鋒锐銳钧鈞铭銘钰鈺锦錦绣繡彩虹彤丹青蓝藍紫哲睿聪聰敬恒恆毅凯凱乐樂航逸飞飛翔腾騰骏駿驰馳立业業振家邦民世宗传傳承启啟绍紹永远遠长長久若如依心悦悅愉可儿兒亚亞莎莉萱蓉茜菲芸芷芬芝苹香馨馥颜顏语語诺諾言希望晗晴昕昱晟晖暉曼月星辰皓皎朗亮光耀辉照炎炜煒烨燁焕煥煜熙焱灿燦铎鐸钦欽镇鎮川山石岩岚嵐岳峻岭嶺崇巍嵘嶸波泉滨濱涵淑淼清渝湘漫潇瀟澜瀾宸宜容宽寬寒静靖韵韻韬韜颂頌冰冬夏秋彬彭彦彥影征律徐御微徽忆憶念怀懷恺愷悠情惟愫慕懿成战戰振捷揚扬攀政敦斯新方施昀景晶暖曦曾有本朋机权權来來杨楊柔柯栋棟树樹桐梁梦夢楠楷榕槐橙欢歡毓水汉漢沁沫泓注津浚浦淇渲湛溪滔漪潔瀛炳烁爍熠爽牧玄玖玥玫环環珂珏珞珩珺理琛琦琨琬琮琰瑛瑜瑄瑾璇璟璞瓊琼甜生甫男画畅暢登白百益盈真睦知硕碩磐祎禕祖祯禎禧禹秉科秦程稳穩穆竞競笑筠筱简簡箫籍粤絮维維绮綺维综缘緣羽翊翎翰老耘聿肖育胤致舒舟良色节節芃芊芮苏蘇苑苒茂茗茵莓莘莞菡萌葵蓓蔚蕊蕴蘊薪虎虞蝶融行衡裕西诣谦謙谊豪贝貝贞貞赫超越路轶进進迪迎连逍通道达達遥遙郁都野量钊釗铁鐵铃鈴铠鎧锡錫镜长闻闿阔闊阿陆陽隆隽雁雄雅雍雷霁霖霓露靓非静顕顾颀风風飘香骁驍高魁鲁鸣鳴鸿鴻鹂鹃鹤鶴麒麟黎默齐齊龄齡霆嫣嫱嬅嬌娇妤妙姗姝姿娅婧婕媛嫻娴孟季宣宥尧堯展岑帅帥帆常幸幼庭延弘张弛弦彪徹德'.match(
    /./gu,
  ) ?? [],
)
/** Family names that are hardly anything else when they stand apart from other words. */
const family =
  /^(?:欧阳|歐陽|司马|上官|诸葛|司徒|皇甫|慕容|令狐|夏侯|[王李张張刘劉陈陳杨楊赵趙吴吳周徐孙孫胡朱郭何高林罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦贾賈夏付傅邹鄒熊白孟秦邱侯江尹薛闫雷龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯黄黃马馬方])$/u
/** Those that are words as well: two characters that nothing but a name has must follow. */
const familyAndWord = /^[周何高余于任石金江夏付白万方毛黄黃马馬田林]$/u
const begins = new RegExp(`^${chinese}`, 'u')
/** Words as ICU's dictionary parts them; made when a text first asks. In a browser that has none the text is masked whole, as after any fault. */
const wordsOf = (() => {
  let segmenter: Intl.Segmenter | undefined
  return (text: string): readonly Intl.SegmentData[] => [...(segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' })).segment(text)]
})()
/** So many characters around a name are read to part it from words. */
const reach = 8

/** Names of China and Taiwan in a text: a family name that stands apart from words, and one or two characters of given names that are none, by the words that ICU knows. */
export function chineseIn(text: string, stretches: readonly Stretch[]): readonly Span[] {
  return stretches.flatMap((stretch) => {
    const near = mayStand(text, stretch)
    return near === undefined ? [] : inWords(text.slice(near.start, near.end), near.start)
  })
}

/** From the first place where such a name may stand to the last, with what is around: most texts have none. */
function mayStand(text: string, { start, end }: Stretch): Stretch | undefined {
  let [first, last] = [-1, -1]
  for (let at = start; at < end; at += 1) {
    if (!ofGivenNames.has(text.charAt(at + 1)) || !(family.test(text.charAt(at)) || family.test(text.slice(at - 1, at + 1)))) continue
    if (first === -1) first = at
    last = at
  }
  return first === -1 ? undefined : { start: Math.max(start, first - reach), end: Math.min(end, last + reach) }
}

function inWords(text: string, from: number): readonly Span[] {
  const words = wordsOf(text)
  const spans: Span[] = []
  for (const [place, { segment, index }] of words.entries()) {
    if (from + index < (spans.at(-1)?.end ?? 0)) continue
    const given = family.test(segment) ? givenLength(words[place + 1]?.segment, words[place + 2]?.segment, familyAndWord.test(segment)) : 0
    if (given > 0 || isKnown(segment)) spans.push({ start: from + index, end: from + index + segment.length + given, kind: 'person' })
  }
  return spans
}

/** How long the given name is that begins the next words; 0 where none does. */
function givenLength(next = '', third = '', isDoubtful: boolean): number {
  if (next.length === 2) return !isDoubtful && areOfNames(next) ? 2 : 0
  if (next.length !== 1 || !areOfNames(next)) return 0
  if (third.length === 1 && areOfNames(third)) return 2
  return isDoubtful ? 0 : 1
}

/** Somebody whom a dictionary knows: three characters in one piece. */
function isKnown(word: string): boolean {
  return word.length === 3 && family.test(word.charAt(0)) && !familyAndWord.test(word.charAt(0)) && areOfNames(word.slice(1))
}

function areOfNames(characters: string): boolean {
  return Array.from(characters).every((one) => ofGivenNames.has(one))
}

/** What a word or a place ends in, and no name does. */
const counted = /[额額量数數率件号號款价價费費期址型类類项項页頁県縣市省區区駅]$/u

/** Whether what looks like such a name is a word: 文件, 高级, 余额. Characters that are rare in names make none: who stands alone is masked. */
export function isChineseWord(found: string): boolean {
  const bare = found.replace(/[ \u3000]/gu, '')
  if (!/^\p{Script=Han}{2,3}$/u.test(bare) || !begins.test(bare) || nameOfJapan.test(bare)) return false
  return counted.test(bare) || (wordsOf(bare).length === 1 && !isKnown(bare))
}
