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
