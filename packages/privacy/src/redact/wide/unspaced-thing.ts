import { japanese } from '../family-names.ts'

const family = new RegExp(`^${japanese}`, 'u')
/** Before what is spoken of with respect, and before no name: お客様, ご両親様. */
const polite = /[おご御]$/u
/** Words that an honorific belongs to, each with its own. */
const whole =
  /^(?:(?:仕|同|模|多|異|有|王|神|皆|各|客|奥|関係者)(?:様|さま)|(?:赤|皆|奥|屋|大家|大工|本屋|花屋|肉屋|魚屋|酒屋|床屋|薬屋|靴屋|八百屋|電気屋|不動産屋|居酒屋|叔父|叔母|祖父|祖母)(?:さん|ちゃん)|(?:某|両|同|彼|諸|各|貴)氏|(?:宮|神|御|本|拝|社)殿|(?:各|諸|両|本)先生|(?:前|元|現|副|新|各|当|次期|初代|代表取締役|取締役)(?:社長|部長|課長))/u
/** What somebody does or belongs to. */
const ending =
  /(?:者|員|師|店|社|会|課|係|先|主|団体|企業|組合|[\d一二三四五六七八九十百数何両][名人]|本人|個人|法人|新人|友人|知人|職人|夫人|主人|家族|学生|受講生|研修生|卒業生|一行|疲れ|苦労|世話|待ち遠|運転手|歌手|選手|助手|相手|営業|人事|総務|経理|財務|開発|企画|技術|製造|購買|法務|広報|情報|品質|生産|物流|国際|事業|管理|推進|戦略|経営|業務|運用|保守|調達|設計|研究|施設|安全|環境|海外|国内|支店|本部|大学|高校|中学|学校|職場|部活|担任|担当|校長|教頭|主治医|語|学|科)$/u
/** 仕様書, 様々: the honorific is a part of another word. */
const joined = /^様(?:[々式書態相子]|変わり)|^さまざま/u
/** 同様, たくさん: so is its beginning. */
const begun = /[同仕異]様$|たくさん$/u

/** Whether what stands before a Japanese honorific is a word and nobody's name. A run that begins as a family name does is one, whatever it ends in. */
export function isJapaneseWord(found: string, before: string, ahead: string): boolean {
  const [honorific] = /^(?:様|さま|さん|氏|先生|殿|くん|ちゃん|部長|課長|社長|先輩)/u.exec(ahead) ?? []
  if (honorific === undefined) return false
  const bare = found.replace(/[ 　]|の$/gu, '')
  if (
    whole.test(bare + ahead) ||
    (!family.test(bare) && (joined.test(ahead) || begun.test(bare + honorific))) ||
    (/^[名人]$/u.test(bare) && /\d$/.test(before))
  )
    return true
  const isWord = polite.test(before) || ending.test(bare) || whole.test((bare.split('の').at(-1) ?? '') + ahead)
  return isWord && !family.test(bare)
}
