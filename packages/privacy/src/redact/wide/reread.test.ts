import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string) => redactText(text).text

test.each([
  ['7,44051401359,ok', '7,[NATIONAL_ID_1],ok'],
  ['7,390-52-1547,ok', '7,[NATIONAL_ID_1],ok'],
  ['7,06 12 34 56 78,ok', '7,[PHONE_1],ok'],
  ['id,note\n7,Hauptstraße 12 10115 Berlin,ok', 'id,note\n7,[ADDRESS_1],ok'],
  ['ask _Ada Lindqvist_ or _+49 151 23456789_', 'ask _[PERSON_1]_ or _[PHONE_1]_'],
  ['https://x.io/a?q=4539+1077+2370+2036&b=1', 'https://x.io/a?q=[CARD_1]&b=1'],
  ['https://x.io/a?q=+49+151+23456789', 'https://x.io/a?q=[PHONE_1]'],
  ['1. 06 12 34 56 78\n2) (555) 010-4477', '1. [PHONE_1]\n2) [PHONE_2]'],
  ['(3) 06 12 34 56 78 | Inbox', '(3) [PHONE_1] | Inbox'],
  ['src:2001:db8:85a3::8a2e:370:7334', 'src:[IP_1]'],
  ['mac:00:1B:44:11:3A:B7', 'mac:[IP_1]'],
])('what stands between the signs of a format is found as between blanks: %s', (text, expected) => {
  expect(left(text)).toBe(expected)
})

test.each([
  '1,234,567 rows, 2,500,000 more',
  'f(1,2,3)',
  'snake_case_name and _id_',
  'https://x.io/a?q=red+shoes',
  '1. Open the file\n2. Save',
  'a,b,c\n1,2,3',
])('and what is nothing between blanks is nothing there: %s', (text) => {
  expect(left(text)).toBe(text)
})
