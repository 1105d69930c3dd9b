import { han, japanese } from '../family-names.ts'
import type { Stretch } from '../look.ts'
import { matchesIn } from '../match.ts'
import type { Span } from '../span.ts'

/** Characters that given names of Japan are written with. */
const given =
  '葵七海久子美亜京佳奈信優花衣八重典凛凜勝千代夏尋友君和咲良啓々孝幸弘彩乃香心愛春結恵惠悦莉菜成敏文早紀明昭智未栄杏桃桜櫻楓正沙織洋浩清照玲理琴由百直真眞央瞳節純紬絵穂羽舞芳芽依茜摘萌裕貞遥遙里陽静靜順麻男輝郎亮太修健斗剛功勇勉利勲匠博之也夫彦哲介翔遼貴輔雅実實崇雄康平律徹悠希拓哉新昇朝治武歩涼淳湊瑛祐秀稔空竜龍義翼聡英茂蒼蓮誠豊辰達隆颯駿瀬己馬鳥飛環汰凪碧奏緒加沙帆那生人樹梨音月奈那珠瑠璃璃玖煌琉晴暖絢綾紗詩志吾悟司誉譽慎伸晋潤準薫馨憲賢謙恭欽圭慶敬景克公宏広廣晃煕繁滋俊春章彰尚譲丈仁進晶伊織侑宥佑右佐左衛門兵五三一二四朗弥彌耶矢吹奨将大地尊壮創颯爽丞輔甫朋朔柊柚楽竣'
/** A family name of two characters or more, and up to three of given names that no other follows. */
const inKanji = new RegExp(`(?<![${han}])(?<family>${japanese})[${given}]{1,3}(?![${han}])`, 'gu')
const kana =
  'さくら|ひなた|ひかり|あおい|みお|ゆい|はると|まなみ|あゆみ|めぐみ|ゆかり|はるか|あかり|みゆき|かおり|ひろみ|なつみ|ゆうこ|ゆうき|ひとみ|かなえ|さおり|しおり|ともこ|のぞみ|まゆみ|みさき|ももか|りさ|あすか|いずみ|えみ|くみ|なな|まい|みか|みき|ゆき|りえ|りな|れいな|わかな'
const inKana = new RegExp(`(?<![${han}])(?<family>${japanese})(?:${kana})`, 'gu')

/** The whole of such a name in Chinese characters. */
export const nameOfJapan: RegExp = new RegExp(`^(?:${japanese})[${given}]{1,3}$`, 'u')

/** Names of Japan in a text: a family name that is common, and a given name by its characters, or one of those that are written in kana. */
export function japaneseIn(text: string, stretches: readonly Stretch[]): readonly Span[] {
  const found = [...matchesIn(text, stretches, inKanji), ...matchesIn(text, stretches, inKana)]
  return found.flatMap(({ index, 0: name, groups }) =>
    (groups?.['family']?.length ?? 0) > 1 ? [{ start: index, end: index + name.length, kind: 'person' }] : [],
  )
}
