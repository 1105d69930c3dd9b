import { expect, test } from 'vitest'

import { redactText } from './text.ts'

const left = (text: string) => redactText(text).text

test.each([
  'Tel. <0221 / 44 71 08>',
  'tel <020 - 624 11 22>',
  '内線 <4471>',
  'доб. <448>',
  '电话联系我 <13812345670>',
  'тел.<8 (495) 123-45-67>',
  'one is<415-555-0132>',
  'Büro 12,<+49 30 901820>,Lager',
  "c'est <0639981410> le sien",
  'Cell. <347 118 2041>',
  'voicemail from <8165550188>',
  'réf. : son ancienne école, <06 02 41 88 19>',
  'kontakt pod <601 448 955>',
])('a telephone number is told in its country’s writing, an extension by its word: %s', (text) => {
  expect(left(text.replace(/[<>]/g, ''))).toBe(text.replace(/<.*>/, '[PHONE_1]'))
})

test.each([
  'Will call about order 7719-002',
  'parcel 6A 0441 7209 3318',
  'ext4 filesystem 4096',
  'Text-Ext 1024x768',
  '订单号 13812345670123',
  'ISBN 0671027034, order no. 0712345678',
  'Rota in Outlook 16.0.17928.20216',
])('other numbers are none: %s', (text) => {
  expect(left(text)).toBe(text)
})
