import { expect, test } from 'vitest'

import { redactText } from './text.ts'

const persons = (text: string) =>
  redactText(text).spans.flatMap(({ start, end, kind }) => (kind === 'person' ? [text.slice(start, end)] : []))

test('R16 a name is found turned round, in the name of a file, in a line for machines and in capitals', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Members > Okafor, Chidinma > Notes', 'Okafor, Chidinma'],
    ['Room 12 ROSSI/FABRIZIA checked in', 'ROSSI/FABRIZIA'],
    ['Lebenslauf_Xaver_Brandstetter_neu.pdf', 'Xaver_Brandstetter'],
    ['IDNLDVISSER<<FEMKE<MARIA<<<<<<<<<<', 'IDNLDVISSER<<FEMKE<MARIA'],
    ['Gast: Liesbeth Van den Broek, kamer 4', 'Liesbeth Van den Broek'],
  ]
  for (const [text, name] of cases) expect([text, persons(text)]).toEqual([text, [name]])
  for (const text of ['Yes, Monday works', 'CIF/IVA: none', 'unit_test_model.py', 'a << b << c', 'Rome, Paris'])
    expect([text, persons(text)]).toEqual([text, []])
})

test('R16 titles, kin and farewells lead to a name in small letters, and scripts without capitals have theirs', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['odbiór: mgr Zorblak jutro', 'Zorblak'],
    ['bel mw. Zorblat terug', 'Zorblat'],
    ['con su nieta Zorblita', 'Zorblita'],
    ['Herr von der Zorblat kommt', 'von der Zorblat'],
    ['参加者：村上、飯島', '村上'],
    ['שם: רונית לוי', 'רונית לוי'],
    ['Перенести отпуск Рустама', 'Рустама'],
  ]
  for (const [text, name] of cases) expect([text, persons(text)]).toEqual([text, expect.arrayContaining([name])])
})
