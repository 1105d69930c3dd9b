import { expect, test } from 'vitest'

import { redactText } from './text.ts'

const left = (text: string) => redactText(text).text

test.each([
  'né à Lyon le <12 mars 1980>, domicilié',
  'nascido em Braga a <1 de abril de 1991>',
  'DOB <14FEB1990> ward 3',
  'her date of birth is <14th February 1990>',
  '<12.03.1985> г.р., дом',
  'Geb.-Dat.: <03.04.1971>',
  'geboren wurde sie am <4.5.1966> dort',
  'nascida no dia <4 de maio de 1980> em',
  '생년월일은 <1990년 3월 2일>',
  '生年月日：<平成4年5月6日>',
  'Née le\n<12/06/1987>',
  'Date of birth (DD/MM/YYYY)\n<17/03/1984>\nStart\n02/05/2025',
  '"birth_date": "<1979-10-05>", "hired": "2019-10-05"',
  'birthday is <14 July>, bring cake',
  '<1 Ocak 1962> doğumlu, Ankara',
  'DOB <9-Sep-1946>, seen 11-Nov-2024',
  'birth date <1985. 03. 12.> noted',
  'vorname: Ute\nnacimiento: <1991-02-13>\ncentro: Vigo',
  '{"nascimento": "<1964-07-30>", "sala": "B2"}',
  'dogum=<14.02.1988> sonuc=OK',
  'socio FN <03-04-1955>, alta 02-02-2020',
  'Varga b. <1979-06-01>: renewed',
  'geboren am <elften Juli neunzehnhundertsiebzig> in Passau',
  '昭和21年7月9日生 内科'.replace(/昭.*日/u, '<$&>'),
])('a date is a birth by the words around it: %s', (text) => {
  const date = /<(.*?)\.?>/.exec(text)?.[1] ?? ''
  expect(left(text.replace(/[<>]/g, ''))).toBe(text.replace(/[<>]/g, '').replace(date, '[DATE_OF_BIRTH_1]'))
})

test('the first date of a row with an identity number is a birth, whatever stands above', () => {
  expect(left('E-7\tHR\t1984-05-06\t2001-04-01\t390-52-1547')).toBe('E-7\tHR\t[DATE_OF_BIRTH_1]\t2001-04-01\t[NATIONAL_ID_1]')
  for (const row of ['E-7\tHR\t1984-05-06\t4411', 'E-7\tHR\t2024-05-06\t4411']) expect(left(row)).toBe(row)
})

test.each([
  'birthday party on 12/05/2024 at 6',
  'The project was born in 2019 and shipped 12/03/2020',
  '生产日期 2024年1月1日生产',
  'né en 2020',
  'birth rates on the rise 12/05/2024',
])('other dates are nobody’s: %s', (text) => {
  expect(left(text)).toBe(text)
})
