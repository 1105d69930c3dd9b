import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

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

test('R16 a name is known by the form that it is written in', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Client : ZORBLAT-QUENEAU, Mireille', 'ZORBLAT-QUENEAU, Mireille'],
    ['abgegeben durch K. Zorblat, Raum 4', 'K. Zorblat'],
    ['driven by P.J. van Zorblat yesterday', 'P.J. van Zorblat'],
    ['Met Wilhelmina "Billie" Zorblatu today', 'Wilhelmina "Billie" Zorblatu'],
    ['Author: Hope Winters <hwinters@zorblat.dev>', 'Hope Winters'],
    ['NAME QUARTEY/JUSTUS MR FROM LHR', 'QUARTEY/JUSTUS'],
    ['Szanowny Panie Wojciechu, proszę o podpis', 'Wojciechu'],
    ['przekazane do Agnieszki Zorblat, dział skarg', 'Agnieszki Zorblat'],
    ['<row><surname>ZORBLAT</surname></row>', 'ZORBLAT'],
    ['new Guest { First = "Ingrid", Last = "Zorblat" }', 'Zorblat'],
    ['CLIENTE: ANTONIO CARLOS DO Ó', 'ANTONIO CARLOS DO Ó'],
    ['Rechnung_Walburga_Sommer.pdf', 'Walburga_Sommer'],
    ['назначена: Зорблат В.Н., срок завтра', 'Зорблат В.Н.'],
    ['请把合同交给诸葛小青，谢谢', '诸葛小青'],
  ]
  for (const [text, name] of cases) expect([text, persons(text)]).toEqual([text, expect.arrayContaining([name])])
})

test('R16 names stand in small letters where nobody wrote a capital', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['anneliese: wann kommst du\nzorblat: gegen fünf\nanneliese: gut', ['anneliese', 'zorblat', 'anneliese']],
    ['hat frau zorblat schon wegen der rechnung angerufen', ['zorblat']],
    ['can somebody get the keys from siobhan before lunch', ['siobhan']],
    ['siobhan zorblat', ['siobhan zorblat']],
  ]
  for (const [text, names] of cases) expect([text, persons(text)]).toEqual([text, names])
  for (const text of ['name: web\nport: 80\nimage: nginx', 'he said it works from there', 'can you run the build with docker and push'])
    expect([text, persons(text)]).toEqual([text, []])
})
