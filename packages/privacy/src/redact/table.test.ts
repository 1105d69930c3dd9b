import { expect, test } from 'vitest'

import { redactText } from './text.ts'

const kindsIn = (text: string) => redactText(text).spans.map(({ start, end, kind }) => [kind, text.slice(start, end)])

test('R20 a header says what the cells of its column hold, however the columns are parted', () => {
  const cases: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    ['Pupil,House,Fee\nZorblat Quux,Red,12\n"Vrschtl, Qwerz",Blue,14', [['person', 'Zorblat Quux'], ['person', 'Vrschtl, Qwerz']]],
    ['Nachname;Straße;Rufnummer\nVrschtl;Hinter der Höll 7;7712345', [['person', 'Vrschtl'], ['address', 'Hinter der Höll 7'], ['phone', '7712345']]],
    ['first_name\tlast_name\nqwerz\tquuxley', [['person', 'qwerz'], ['person', 'quuxley']]],
    ['| Huurder | Geboren |\n|---|---|\n| Wubbo Qwant | 03-04-1971 |', [['person', 'Wubbo Qwant'], ['date_of_birth', '03-04-1971']]],
    ['Patient            Ward\nZorblat Quux       B2\nQwerz van Vrschtl  C1', [['person', 'Zorblat Quux'], ['person', 'Qwerz van Vrschtl']]],
    ['氏名,電話\n黒沢 凪,0312345678', [['person', '黒沢 凪'], ['phone', '0312345678']]],
    ['| user | password |\n|---|---|\n| ada | zaun-gast-7 |', [['secret', 'zaun-gast-7']]],
  ] // prettier-ignore
  for (const [text, expected] of cases) expect([text, kindsIn(text)]).toEqual([text, expected])
})

test('R20 a header that things have too needs known names under it, or what only people have beside it', () => {
  expect(kindsIn('Name,Room\nIngrid Halvorsen,1\nZorblat Quux,2')).toEqual([
    ['person', 'Ingrid Halvorsen'],
    ['person', 'Zorblat Quux'],
  ])
  expect(kindsIn('Name,Phone\nZorblat Quux,+49 30 5550123')).toEqual([
    ['person', 'Zorblat Quux'],
    ['phone', '+49 30 5550123'],
  ])
  for (const text of [
    'name,price,qty\nOak Table,4.99,12\nPine Shelf,5.49,7',
    'Owner\tDevice\nPlatform Team\tPrinter',
    'Team name;Points\nRed Lions;44\nBlue Sharks;41',
    '| Address | Opcode |\n|---|---|\n| 0x00401000 | push ebp |',
    'name,phone model\nGalaxy,S24\nPixel,8',
    'From,To,Price\nLondon,Paris,99',
    'Field | Value\nLegal name | none\nOccupation | Baker\nBirth date | open\nPhone | none',
  ])
    expect([text, kindsIn(text)]).toEqual([text, []])
})

test('R20 a table of very many short cells under a long header is masked, not read at length', () => {
  const { spans } = redactText(`emergency contact,social security number\n${'a1,b2\n'.repeat(5_000)}`)
  expect(spans.at(-1)?.end).toBeGreaterThan(30_000)
})
