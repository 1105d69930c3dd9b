import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string): string => redactText(text).text

test.each([
  ['Anna Schmidt 11:30', '[PERSON_1] 11:30'],
  ['Termin Jonas Weber 9:15 Uhr', 'Termin [PERSON_1] 9:15 Uhr'],
  ['Anna Schmidt 12.03. Urlaub', '[PERSON_1] 12.03. Urlaub'],
  ['Arvid Qvarnemo 14:00 Zoom', '[PERSON_1] 14:00 Zoom'],
])('an hour or a day behind a name makes it no model: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each(['Canon Rebel 5', 'Peugeot Martin 308', 'Jasper 5'])('a number does: %s', (text) => {
  expect(left(text)).toBe(text)
})

test.each([
  ['Annegret S.: ja', '[PERSON_1]: ja'],
  ['MA="Przybylski, Kamil", Terminal 3', 'MA="[PERSON_1]", Terminal 3'],
  ['«Lindqvist, Anna» kom', '«[PERSON_1]» kom'],
  ['Graag contact via Ruben de Graaff, hij', 'Graag contact via [PERSON_1], hij'],
])('all of a name is masked: its dot, its comma between quotes, what "via" leads to: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  ['UTR            40718 26935', 'UTR            [NATIONAL_ID_1]'],
  ['Führerscheinnr.                  19/284067', 'Führerscheinnr.                  [NATIONAL_ID_1]'],
  ['Driving licence\nABERN 708154 R97KE', 'Driving licence\n[NATIONAL_ID_1]'],
  ['Ehliyet Belge No\n690354', 'Ehliyet Belge No\n[NATIONAL_ID_1]'],
  ['Btw-id (eenmanszaak): NL002419386B62', 'Btw-id (eenmanszaak): [NATIONAL_ID_1]'],
  ['DL #: T6428-5190-3377 / IL', 'DL #: [NATIONAL_ID_1] / IL'],
  ['Passport: 19FK40736, my daughter’s 21CV66915', 'Passport: [NATIONAL_ID_1], my daughter’s [NATIONAL_ID_2]'],
  ['przelew na 98 1020 1808 6460 7484 7534 4059.', 'przelew na [IBAN_1].'],
  ['28/07419362/63', '[NATIONAL_ID_1]'],
  ['28/07419362/20', '[NATIONAL_ID_1]'],
])('a number of a person is known below its label, over blanks, beside one of its form, by its check digits: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  // No date, no number of another form, no check digit that holds.
  'Driving licence\n12.03.2024',
  'Reisepass\nsiehe Anlage',
  '98 1020 1808 6460 7484 7534 4058',
  '28/07419362/65',
])('what only stands there is kept: %s', (text) => {
  expect(left(text)).toBe(text)
})

test('what has the form of a number that is a person’s is no more than one near it', () => {
  const far = `Passport: 19FK40736 ${'and so on '.repeat(30)} lot 21CV66915`
  expect(left(far)).toContain('lot 21CV66915')
  expect(left('Passport: 19FK40736, flight XY12')).toBe('Passport: [NATIONAL_ID_1], flight XY12')
})

test.each([
  [
    '5263 4853 3537 0817 abgelehnt. Prüfziffer hatten Sie mit 604 angegeben.',
    '[CARD_1] abgelehnt. Prüfziffer hatten Sie mit [SECRET_1] angegeben.',
  ],
  ['4277 8713 3825 3463, exp 08/27, and the three on the back are 419.', '[CARD_1], exp 08/27, and the three on the back are [SECRET_1].'],
  ['5194 5743 5098 9918\n03/29 702', '[CARD_1]\n03/29 [SECRET_1]'],
])('a card’s code is known behind the card: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each(['Rückseite 604, Deckel 702', 'Order 1711 0000 1111 2222 on the back 419'])('and not without one: %s', (text) => {
  expect(left(text)).toContain('4')
  expect(left(text)).not.toContain('[SECRET')
})

test.each([
  ['Nr;Name;Straße;PLZ;Ort\n7;Silke Brüggemeier;Mühlenkamp 52;33775;Versmold', '[ADDRESS_2];[ADDRESS_3]'],
  ['First,Last,Plan\nHarriet,Bloomquist,Gold\nXiomara,Pettaway,Basic', '[PERSON_2],Gold'],
])('cells are what stands beside them: %s', (text, masked) => {
  expect(left(text)).toContain(masked)
})

test.each(['Sorte;Ort;Menge\nGouda;Versmold;12', 'Last,Load,Max\nHigh,Low,12'])('alone they are not: %s', (text) => {
  expect(left(text)).toBe(text)
})

test.each([
  ['Straat + huisnr: Schoolpad 3a', 'Straat + huisnr: [ADDRESS_1]'],
  ['C.P. / Población: 22004 Huesca', 'C.P. / Población: [ADDRESS_1]'],
  ['PLZ, Wohnort: 33775 Versmold', 'PLZ, Wohnort: [ADDRESS_1]'],
])('labels of two parts lead to an address: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  ['https://a.example/d?dossier=5149&cle=7b2e9d10', 'https://a.example/d?dossier=5149&cle=[URL_TOKEN_1]'],
  ['https://a.example/d?kod=JW7-XK20', 'https://a.example/d?kod=[URL_TOKEN_1]'],
])('a parameter’s name may be another language’s word: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test('and no part of another word', () => {
  expect(left('https://a.example/d?vehicle=caravan&kodierung=utf8')).toBe('https://a.example/d?vehicle=caravan&kodierung=utf8')
})
