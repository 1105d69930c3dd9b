import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string) => redactText(text).text
const around: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `Please check ${name} again.`,
  (name) => `7;${name};ok`,
  (name) => `${name} - Ledgerly`,
  (name) => `（${name}）`,
]

test.each('李娜 张伟 陈静怡 赵志强 欧阳娜娜 黄晓东 吴建国 王小明 郭雨桐 高俊杰 謝承恩 蔡英明'.split(' '))(
  'a name of China or Taiwan is found in words, in cells and alone: %s',
  (name) => {
    for (const stand of [...around, (own: string) => `请联系${own}处理这个问题。`, (own: string) => `${own}已提交报销申请`])
      expect([stand(name), left(stand(name)).includes(name)]).toEqual([stand(name), false])
  },
)

test.each('钟睒睒 史玉柱 沈腾 徐峥 章子怡'.split(' '))('whatever characters it has, in a cell or alone: %s', (name) => {
  for (const text of [name, `7;${name};ok`]) expect([text, redactText(text).text.includes(name)]).toEqual([text, false])
})

// From lists of names that the odds were not made of.
test.each('舒绿珮 钱雯升 陈添杰 蓝玉婷 李惠茹 张志玮 刘佑儒 詹婉心 姜懿书 簡少霞 黃冠凱 倪婉玲 戴漢剛 諸葛亮宇'.split(' '))(
  'a rarer one of China or Taiwan is found by its characters: %s',
  (name) => {
    for (const stand of [...around, (own: string) => `把${own}的资料发给我`])
      expect([stand(name), left(stand(name)).includes(name)]).toEqual([stand(name), false])
  },
)

test.each('町井美紀 河津祐之 寺田匡史 相米慎二 瀬戸啓太 渡邉達佳 唐澤大夢 五百澤智也 仁科百華 道添愛美 北川香'.split(' '))(
  'and of Japan: %s',
  (name) => {
    for (const stand of [...around, (own: string) => `担当は${own}です`])
      expect([stand(name), left(stand(name)).includes(name)]).toEqual([stand(name), false])
  },
)

test.each([
  ['昨日岸田文雄首相は', '昨日[PERSON_1]首相は'],
  ['担当: 河津 祐之 さん', '担当: [PERSON_1]さん'],
  ['町井　美紀が来ます', '[PERSON_1]が来ます'],
  ['田中さんの予定', '[PERSON_1]さんの予定'],
  ['黒木さん', '[PERSON_1]さん'],
  ['白石さんと金城さん', '[PERSON_1]さんと[PERSON_2]さん'],
])('a name of Japan before words, and with a blank in it: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  '他の型と同様に複合型を使用',
  '渡される様子を示す図',
  '方法はさまざまです',
  'できる限りたくさんの例',
  '何千ものアイテム',
  '当终止此调试会话时，也将停止的调试会话的列表。',
  '配置是否会自动取消映射无法读取源文件的源映射文件。',
  '從目標擷取設定檔時發生錯誤',
  '拡張子のファイルと一致します',
  'ライブラリ宣言を含めます',
  '石川県金沢市',
  '包含三个、四个或八个十六进制数字',
  '此标识是唯一的',
])('words of China and Japan are nobody: %s', (text) => {
  expect(left(text)).toBe(text)
})

test.each('田中太郎 渡辺美咲 山田さくら 木村拓哉 清水恵 斎藤飛鳥 三浦春馬 長谷川博己'.split(' '))('so is one of Japan: %s', (name) => {
  for (const stand of [...around, (own: string) => `明日、${own}が来ます。`])
    expect([stand(name), left(stand(name)).includes(name)]).toEqual([stand(name), false])
})

test.each('文件 安全 高级 任务 成功 余额 周末 方法 马路 常用 石川県 千葉駅 山口県庁 平均 连接'.split(' '))(
  'a word that begins as a name does is none: %s',
  (word) => {
    for (const stand of around) expect(left(stand(word))).toBe(stand(word))
  },
)

test('names of Vietnam and Korea by their form, and no word of a page', () => {
  expect(left('Please ask Nguyễn Văn An or Lê Thị Hồng Nhung.')).toBe('Please ask [PERSON_1] or [PERSON_2].')
  expect(left('담당자: 김민수')).toBe('담당자: [PERSON_1]')
  for (const text of ['이름 바꾸기', '수신 대기', '이름 형식']) expect(left(text)).toBe(text)
})

test.each([
  'Está seguro de que desea continuar',
  'Elija una carpeta',
  'Ruta del archivo',
  'Sim, Não Mostrar Novamente',
  'Şema bulunamadı',
  'Beklenen URI',
  'Parameternamen mit KI hinzufügen',
  'Das aktuelle Arbeitsverzeichnis der Aufgabenausführung beim Start',
  'Farbe für die Dekoration des Blame-Editors.',
  'Şunun Çağıranları:',
])('what pages say in capitals is nobody: %s', (text) => {
  expect(left(text)).toBe(text)
})

test.each([
  ['请联系迈克尔·托马肖处理', '请联系[PERSON_1]处理'],
  ['約翰·史密斯来电', '[PERSON_1]来电'],
  ['担当はジョン・シンガー・サージェントです', '担当は[PERSON_1]です'],
  ['マイケル・スミス様', '[PERSON_1]様'],
])('a name of another country is told by the dot in it: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  'ユーザー・インターフェース',
  '首页·设置',
  '北京·朝阳区',
  '《史记·项羽本纪》',
  'スタッフ・オペレーター',
  '牛渡村出身',
  '真野町に本社',
])('other words that a dot joins, a village or a town are nobody: %s', (text) => {
  expect(left(text)).toBe(text)
})
