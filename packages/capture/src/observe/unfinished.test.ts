import { expect, test } from 'vitest'

import { unfinishedIn } from './unfinished.ts'

test('four digits in a row, however they are grouped, may be half a number', () => {
  for (const text of ['5500', 'card 5500 0', '39-0/5', 'a 5 5 0 0', '\u0665\u0665\u0660\u0660', '390-52', 'DE89'])
    expect(unfinishedIn(text)).not.toEqual([])
  for (const text of ['', '550', 'room 12', '12 and 34', '7 x 3', '1 2 3']) expect(unfinishedIn(text)).toEqual([])
})

test('a run that is no word may be half a key; words, names and sentences are not', () => {
  for (const text of ['sk-live-AbC', 'ghp_abcd', 'AbCd', 'Tr0ub', 'AKIA', 'gus@example', 'xoxb-1', 'a=b&c'])
    expect([text, unfinishedIn(text).length]).toEqual([text, 1])
  for (const text of [
    'gus',
    "Don't (really) go, Gus!",
    'Écoute, Zoë: Straße.',
    'hello you',
    '\u5b89\u5168 \u3053\u3093\u306b\u3061\u306f',
    'the B2B',
  ])
    expect([text, unfinishedIn(text)]).toEqual([text, []])
})

test('a long text takes no long time', () => {
  expect(unfinishedIn('1 '.repeat(50_000))).toHaveLength(1)
  expect(unfinishedIn('a-'.repeat(50_000))).toHaveLength(1)
})
