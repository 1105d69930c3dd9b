import { expect, test } from 'vitest'

import { redactText } from '../text.ts'
import { likeName } from './stranger.ts'

const left = (text: string): string => redactText(text).text

test.each([
  'Ciska Keijzer',
  'Robbert Van Mourik',
  'Nezahat Turgut',
  'Thaynara Mendonça',
  'Geke Weeda',
  'Tadeja Brezovnik',
  'Vyacheslav Zawadzki',
  'Geke De Lange',
  'Sebahattin Akbal',
  'Wioleta Gąsiorkiewicz',
])('a name that no list has is known in a sentence by how its words are formed: %s', (name) => {
  for (const text of [`Please check ${name} again today.`, `the contract with ${name}, second reading`])
    expect(left(text)).not.toContain(name)
})

test.each([
  ['Jacoline Schilder – Ledgerly', '[PERSON_1] – Ledgerly'],
  ['7;Sümeyra Özbay;ok', '7;[PERSON_1];ok'],
  ['CV_Belmira_Maricato.pdf', 'CV_[PERSON_1].pdf'],
  ['Viana, Lucimara', '[PERSON_1]'],
  // A name and a town: nothing is turned round.
  ['Dario Marsh, Bilbao', '[PERSON_1], Bilbao'],
  ['J. Casaca – Ledgerly', '[PERSON_1] – Ledgerly'],
  ['I. Kołodziejska', '[PERSON_1]'],
])('and in a title, a cell, the name of a file, turned round and behind an initial: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  ["Elif Güngördü'nün dosyası", "[PERSON_1]'nün dosyası"],
  ['Belgeler Nazlıcan Akbulutoğlu’na iletildi', 'Belgeler [PERSON_1]’na iletildi'],
  ["Börteçin Erdoğan'dan talep", "[PERSON_1]'dan talep"],
  ['Звонок Джону Смиту', 'Звонок [PERSON_1]'],
  ['письмо от Майкла Джонсона', 'письмо от [PERSON_1]'],
])('whatever case it stands in: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each(["Apple'ın hissesi", "Ankara'dan geldi", "Microsoft'un ürünü"])('and what has such a case is not somebody for it: %s', (text) => {
  expect(left(text)).toBe(text)
})

test('a word is formed as names are, or as words', () => {
  for (const [name, word] of [
    ['kowalczykowska', 'configuration'],
    ['hendriksen', 'underneath'],
    ['mendonca', 'importance'],
    ['petrovich', 'workspace'],
  ] as const)
    expect([name, word, likeName(name) > likeName(word)]).toEqual([name, word, true])
})

test.each([
  'Open the file in Visual Studio.',
  'a Canon Pixma 5 printer',
  'the motorway Fidenza e Ostiensa',
  'der neue Octavia Combi 2.0 TDI',
  'St. Pauli – Hansa Rostock 1:0',
  'Austin Reed shirts, Jack Wolfskin jackets',
  'Report_Quarterly_Draft.pdf',
  'Section B. Overview',
  'Juve Stabia',
  'the winner: Juve Stabia',
  'Karlovy Vary',
  'the sights of Alcalá de Henares',
])('what has capitals and is formed otherwise, or goes on as things do, is nobody: %s', (text) => {
  expect(left(text)).toBe(text)
})
