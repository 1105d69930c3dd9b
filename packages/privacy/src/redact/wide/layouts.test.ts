import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string) => redactText(text).text

/** What stands in a text in angle brackets is masked whole, and no more. */
function check(text: string, name: string): void {
  expect(left(text.replace(/[<>]/g, ''))).toBe(text.replace(/<[^>]*>/g, `[${name}_1]`))
}

test.each([
  'Box 4, HC 12: <HC 44 Box 219>',
  'turn off at <7120 County Road 9> today',
  'vive en el <nº 8 de la calle Olmo>',
  'domek: <с. Вербівка, хутір Лугове, хата 6>',
  'CEP: <04821-330>',
  'Lieferung an, <Im Rosenhag 4>, bitte',
  '"line1":"<3 Hollow of Tarn>"',
])('an address is found by rarer forms: %s', (text) => check(text, 'ADDRESS'))

test.each(['ZIP code: 94105', 'Zum Kapitel 3, bitte', 'siehe Im Abschnitt 4, unten', 'The order is 12 of the list', 'Team 4 (room 3)'])(
  'what only looks like one stays: %s',
  (text) => expect(left(text)).toBe(text),
)

test('what goes on of an address is masked with it', () => {
  expect(left('Avenida del Puerto 20, portal C, 3ºB, bien')).toMatch(/^(?:\[ADDRESS_\d\])+, bien$/)
  expect(left('Lindenweg 9 1/2\n80331 München\nDanke')).toMatch(/^(?:\[ADDRESS_\d\])+\nDanke$/)
})

test.each([
  'F. Nac.: <3-IV-1971>',
  "geb. <4-5-'61> te",
  '生年月日 <H3.2.14> です',
  'Data nasc. [dd/mm/aaaa]: <2001 07 09>',
  'nacida el <dos de junio del treinta y nueve>, dice',
  'ur. <3 maja 1980 r.> w domu',
  'Herr, *<4.6.1950> wohnt',
])('a birth is found as it is written: %s', (text) => check(text, 'DATE_OF_BIRTH'))

test('what is answered is what was asked for', () => {
  expect(left('Bot: Geburtsdatum bitte?\nIch: 051270')).toBe('Bot: Geburtsdatum bitte?\nIch: [DATE_OF_BIRTH_1]')
  expect(left('Bot: Your post code and house number?\nYou: ls6 2qp, no. 4')).toBe('Bot: Your post code and house number?\nYou: [ADDRESS_1]')
  expect(left('Bot: I need the surname.\nYou: zorblat')).toBe('Bot: I need the surname.\nYou: [PERSON_1]')
  for (const text of ['Bot: Your address?\nYou: thanks, later', 'Ann: I changed the file name?\nBob: looks fine to me'])
    expect(left(text)).toContain(text.slice(-12))
})

test('digits with letters like them are a telephone’s in groups, no drawing’s', () => {
  expect(left('call O79 4418 O22 now')).toBe('call [PHONE_1] now')
  expect(left('d="M12 2l1 15l-5-5 1.41-1.41L11 14.17l7.59-7.59"')).toBe('d="M12 2l1 15l-5-5 1.41-1.41L11 14.17l7.59-7.59"')
})

test('a name is led to by what somebody is', () => {
  expect(left('Zeuge Quandt-Ilves, wohnhaft')).toBe('Zeuge [PERSON_1], wohnhaft')
  expect(left('pacjentka Kunegunda Zorblat')).toBe('pacjentka [PERSON_1]')
  for (const text of ['Patient Portal', 'Driver Update ready', 'Resident Evil', 'Customer Success']) expect(left(text)).toBe(text)
})
