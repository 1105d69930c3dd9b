import { expect, test } from 'vitest'

import { piecesOf } from './pieces.ts'

test('a placeholder becomes a hidden piece between the texts around it', () => {
  expect(piecesOf('Order of [PERSON_1], card [CARD_2].')).toEqual([
    { kind: 'text', text: 'Order of ' },
    { kind: 'hidden', what: 'person 1', placeholder: '[PERSON_1]' },
    { kind: 'text', text: ', card ' },
    { kind: 'hidden', what: 'card 2', placeholder: '[CARD_2]' },
    { kind: 'text', text: '.' },
  ])
})

test('a kind of two words reads as two words', () => {
  expect(piecesOf('[NATIONAL_ID_1]')).toEqual([{ kind: 'hidden', what: 'national id 1', placeholder: '[NATIONAL_ID_1]' }])
})

test('ordinary brackets stay text', () => {
  expect(piecesOf('items [3] of [x]')).toEqual([{ kind: 'text', text: 'items [3] of [x]' }])
})
