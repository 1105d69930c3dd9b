import { expect, test } from 'vitest'

import { wide as none } from '../small/beyond.ts'
import { wide } from './beyond.ts'
import { redactText } from '../text.ts'

test('R16 a server knows names that a page has no room for, and words of many languages that are nobody', () => {
  const names = ['xiomara', 'thandeka', 'рустам', 'σταυρουλα'] as const
  for (const name of names) expect([name, wide.given.has(name), none.given.has(name)]).toEqual([name, true, false])
  for (const word of ['pomeriggio', 'vergadering', 'будильник', 'παρακαλω']) expect([word, wide.given.has(word)]).toEqual([word, false])
  expect(redactText('Thandeka has the key').spans).toMatchObject([{ kind: 'person', start: 0, end: 8 }])
  expect(redactText('Prenume\nData nașterii').spans).toEqual([])
})

test('R16 roles, titles and things of many languages are found by the wide tier alone', () => {
  const found = (text: string) => redactText(text).spans.map(({ start, end }) => text.slice(start, end))
  const cases: readonly (readonly [string, string])[] = [
    ['Guarantor: Zorblat Quux', 'Zorblat Quux'],
    ['Halterin: Zorblat Quux', 'Zorblat Quux'],
    ['Świadek: Zorblat Quux', 'Zorblat Quux'],
    ['jutro rozmowa z p. Zorblat', 'Zorblat'],
    ['Passport in the name of Zorblat Quux', 'Zorblat Quux'],
    ['原告龚建国，住上海市', '龚建国'],
    ['小王今天请假', '小王'],
    ['오후 3시 박 팀장님 면담', '박'],
    ['タナカさんの件', 'タナカ'],
  ]
  for (const [text, name] of cases) expect([text, found(text)]).toEqual([text, expect.arrayContaining([name])])
  for (const text of ['Hurricane Bella moves north', 'Konferenz in Saal Viktoria', 'Caesar salad for all', '小时工资', '老师好'])
    expect([text, found(text)]).toEqual([text, []])
})
