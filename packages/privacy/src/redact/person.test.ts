import { expect, test } from 'vitest'

import { strays } from './lexicon-packed.ts'
import { redactText } from './text.ts'

const kindsIn = (text: string) => redactText(text).spans.map(({ start, end, kind }) => [kind, text.slice(start, end)])
const found = (kind: string, text: string) => kindsIn(text).flatMap(([own, part]) => (own === kind ? [part] : []))

test('R16 a name is found by its given name, by what leads to it, and by its script', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Invoice for Ingrid Halvorsen is late', 'Ingrid Halvorsen'],
    ['Dear Mr. Quxley,', 'Quxley'],
    ['Assigned to Zorblat Quux', 'Zorblat Quux'],
    ['Sehr geehrte Frau Vrschtl', 'Vrschtl'],
    ['Contacto: Xochitl Qwerz', 'Xochitl Qwerz'],
    ['Met vriendelijke groet,\nFemke Qwant', 'Femke Qwant'],
    ['Chat with Pieter van den Heuvel - Teams', 'Pieter van den Heuvel'],
    ['氏名：佐久間 透', '佐久間 透'],
    ['联系人：赵明', '赵明'],
    ['العميل: طلال العمري', 'طلال العمري'],
    ['Ответственный: Глафира Ломова', 'Глафира Ломова'],
    ['the form was countersigned by Zorblat Quux', 'Zorblat Quux'],
    ['Laut Zorblat Quux ist alles fertig', 'Zorblat Quux'],
    ['El paciente Zorblat Quux llega tarde', 'Zorblat Quux'],
    ['Kwontal Bey aradı', 'Kwontal'],
  ]
  for (const [text, name] of cases) expect([text, found('person', text)]).toEqual([text, [name]])
})

test('R16 names in a row, in a chat and without a capital are found together', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['It was founded by three: Torres, Murphy and Novak.', ['Torres', 'Murphy', 'Novak']],
    ['Zorblat: Are you there?\nAnna: Yes', ['Zorblat', 'Anna']],
    ['please ask lena andersson about it', ['lena andersson']],
    ['hi, my name is svetlana', ['svetlana']],
  ]
  for (const [text, names] of cases) expect([text, found('person', text)]).toEqual([text, names])
  for (const text of ['Order: Paid\nStatus: Sent', 'Red, Green and Blue', 'we will mark it and may ask rose'])
    expect([text, found('person', text)]).toEqual([text, []])
})

test('R16 what is written like a name and is none stays', () => {
  for (const text of [
    'May March April June: pick a month',
    'The Austin office is closed',
    'Project Phoenix starts on Monday',
    'Save Changes, Cancel, Delete Account',
    'Dear Customer, Hello World',
    'Passwort vergessen? Neue Bestellung anlegen',
    // A town that is a name somewhere, and words that have the hash of one.
    'Kiel',
    // What may lead to a name leads to a thing of one word, or to words.
    'hosted by Zorblat and shipped with Quuxware',
    'Anmeldung fehlgeschlagen, Mozilla Firefox 133',
    'Order 15 Kiel',
    ...strays.split(' ').map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ])
    expect([text, found('person', text)]).toEqual([text, []])
})

test('R17 an address is found by the shape of its country, a town alone is none', () => {
  for (const address of [
    '742 Evergreen Terrace, Springfield, IL 62704',
    'Lindenstraße 12a, 10969 Berlin',
    '12 bis, rue de la Paix, 75002 Paris',
    'Calle de Alcalá 31, 28014 Madrid',
    'Rua das Flores, 120, 4050-262 Porto',
    'Flat 9, 14 Heron Road, Norwich NR3 1AB',
    'The Old Forge, Mill Lane, Great Tew, OX7 4DB',
    'Avenida Brasil 455, apto 12, Centro, Curitiba - PR, 80010-200',
    'Paseo del Prado 8, 2º C, 28014 Madrid',
    'Am Hang 17 c, D-99084 Erfurt',
    'Keizersgracht 88-III, 1015 CT Amsterdam',
    '31 Zorblat Quux, Springfield, IL 62704',
    'Herengracht 101, 1015 BH Amsterdam',
    'ul. Długa 7/2, 00-238 Warszawa',
    'Moda Mah. Gül Sok. No: 5 Daire 2',
  ])
    expect([address, found('address', `It goes to ${address}`)]).toEqual([address, [address]])
  for (const plain of ['Rostock, Lyon, Basel', 'ZIP code: 94105', 'Step 1 Place Order', 'Spring 2024 report', 'Manager 5'])
    expect(found('address', plain)).toEqual([])
})

test('R18 numbers with a name of their own, in many languages', () => {
  for (const [text, number] of [
    ['Reisepassnummer: C4TTYZ6LJ', 'C4TTYZ6LJ'],
    ['Kenteken: XT-489-V', 'XT-489-V'],
    ['Araç plakası 34 ABC 123', '34 ABC 123'],
    ['NIP: 525-000-12-34', '525-000-12-34'],
    ['N° TVA FR40303265045', 'FR40303265045'],
    ['National ID 5304259290', '5304259290'],
    ['uw paspoort met nummer NXK4R7PD1 ligt klaar', 'NXK4R7PD1'],
    ['o passaporte da Joana é o CB728140', 'CB728140'],
    ['Pasaporte:               PAB482917', 'PAB482917'],
    ['Seria i nr dowodu\nCDK 582907', 'CDK 582907'],
  ])
    expect([text, found('national_id', text ?? '')]).toEqual([text, [number]])
  expect(found('ip', 'lease to d7-28-55-80-d0-c2 and 00:1b:44:11:3a:b7')).toEqual(['d7-28-55-80-d0-c2', '00:1b:44:11:3a:b7'])
})

test('R19 a password that a person made up, and what only looks like one', () => {
  for (const made of ['Kitten2019!', 'T1g3r$77', 'Banane_1984#', '%Velvet45%'])
    expect([made, found('secret', `use ${made} now`)]).toEqual([made, [made]])
  for (const plain of ['react@18.2.0', 'HEAD~2', '@berlin70', '#10423', '50%', 'item1!', 'R&D 2024', 'Only 3 left!'])
    expect([plain, found('secret', `see ${plain} here`)]).toEqual([plain, []])
})

test.each([
  'Shell script failed',
  'Else branch',
  'Said to be fixed',
  'Brain scan',
  'Junior developer',
  'Constant value',
  'Dan gaan we verder',
  'Anders gezegd',
  'Vida útil del producto',
  'Mira esto',
  'Avis client',
  'Marge brute',
  'Oda numarası',
  'Ani jednego',
  'Ela mora aqui',
  'Ora basta',
])('a word that lists of names hold and most mean otherwise is nobody alone: %s', (text) => {
  expect(redactText(text).text).toBe(text)
})

test.each([
  ['Hi Dan, thanks', 'Hi [PERSON_1], thanks'],
  ['Ask Dan Miller', 'Ask [PERSON_1]'],
  ['Sterling Cooper called', '[PERSON_1] called'],
])('beside another name, or where a name is due, it is one: %s', (text, masked) => {
  expect(redactText(text).text).toBe(masked)
})
