import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string): string => redactText(text).text

test.each([
  ['Aadhaar', '3123 4567 8909'],
  ['Aadhaar', '3123-4567-8909'],
  ['SIN', '347-677-452'],
  ['Medicare of Australia', '2123 45670 1'],
  ['Medicare of the United States', '1EG4-TE5-MK73'],
  ['PAN', 'ABCPD1234Z'],
])('a number of a person is known by the form that it is printed in: %s', (_, number) => {
  for (const stand of [number, `Please check ${number} again`, `7;${number};ok`]) expect(left(stand)).not.toContain(number)
})

test.each([
  // A check digit that is wrong, and other things of such a form.
  '3123 4567 8900',
  '347-677-453',
  '2123 45671 1',
  '130 692 544',
  '1EG4-TE5-MK7',
  'ABCXD1234Z',
  'KEY-1EG4-TE5-MK73',
  '1EG4-TE5-MK73-9',
  '4012 8888 8888',
])('one that only looks so is none: %s', (text) => {
  expect(left(text)).toBe(text)
})

test.each([
  ['AAA123456 es mi número de pasaporte', '[NATIONAL_ID_1] es mi número de pasaporte'],
  ['AB123456C is my passport number.', '[NATIONAL_ID_1] is my passport number.'],
  ['Mi pasaporte es aaa123456', 'Mi pasaporte es [NATIONAL_ID_1]'],
  ['Passports: AB1234567', 'Passports: [NATIONAL_ID_1]'],
  ['LANR: 123456601 des behandelnden Arztes', 'LANR: [NATIONAL_ID_1] des behandelnden Arztes'],
])('so is one behind which its name stands, or in small letters: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each(['1234567 is the passport fee code', '20264711 is my build number'])('a number of another thing is kept: %s', (text) => {
  expect(left(text)).toBe(text)
})
