import { createPlaceholderMap, redactionVersion, redactText, redactUrl } from '@overt/privacy'
import type { Observation, ObservationNode } from '@overt/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { maskObservation } from './lens.ts'
import { createMask } from './redactor.ts'

const redactor = { createPlaceholderMap, redactionVersion, redactText, redactUrl }

/** Rows of one line, six pixels from each other. */
function lineOf(texts: readonly string[], role = 'text'): readonly ObservationNode[] {
  return texts.map((name, at) => {
    const before = texts.slice(0, at).reduce((sum, text) => sum + 8 * text.length + 6, 0)
    const place = { id: at + 1, parent: -1, box: [before, 0, 8 * name.length, 20] as const }
    return { ...place, box: [...place.box], tag: 'span', inputType: '', role, name, value: '', states: [], options: [], look: '', keys: '' }
  })
}

function told(nodes: readonly ObservationNode[]): readonly string[] {
  const viewport = { width: 1, height: 1, scrollX: 0, scrollY: 0, pixelRatio: 1 }
  const seen: Observation = { id: 0, url: 'https://a.example/', title: '', viewport, status: 'fresh', nodes: [...nodes] }
  return maskObservation(seen, new Set(), () => true, createMask(redactor)).nodes.map(({ name }) => name)
}

/** A number that begins with these and ends with the digit that Luhn asks for. */
function cardOf(digits: string): string {
  const sum = Array.from(digits, (digit, at) => (at % 2 === 0 ? Number(digit) * 2 : Number(digit))).reduce(
    (all, one) => all + (one > 9 ? one - 9 : one),
    0,
  )
  return `${digits}${(10 - (sum % 10)) % 10}`
}

test('attack 29: however a card is broken over the rows of a line, no four digits of it are left', () => {
  const cards = fc.stringMatching(/^4[0-9]{14}$/).map(cardOf)
  fc.assert(
    fc.property(cards, fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 6 }), (card, cuts) => {
      const ends = [...cuts.toSorted((one, other) => one - other), 16]
      const parts = ends.map((end, at) => card.slice(at === 0 ? 0 : ends[at - 1], end))
      const names = told(lineOf(['Paid by', ...parts, 'today']))
      expect(names).toEqual(['Paid by', ...parts.map(() => '[CARD_1]'), 'today'])
    }),
    // Bytes of a dump are written so, too.
    { numRuns: 200, examples: [['4000000000000002', [6, 4, 12, 10, 8]]] },
  )
})

test('attack 29: a part stands in its row with the words around it, and another part of another secret beside it', () => {
  expect(told(lineOf(['Card: 5500 0000', '0000 0004, or DE89 3704', '0044 0532 0130 00 please']))).toEqual([
    'Card: [CARD_1]',
    '[CARD_1], or [IBAN_1]',
    '[IBAN_1] please',
  ])
})

test('attack 29: numbers of a table are no card, whatever their check digits, and what others hold is none of theirs', () => {
  const cells = ['4539', '1077', '1112', '1312', '4000', '12.50']
  expect(told(lineOf(cells, 'cell'))).toEqual(cells)
  expect(told(lineOf(['Order 12', 'of 3', 'paid 2026-11-28']))).toEqual(['Order 12', 'of 3', 'paid 2026-11-28'])
})

test('a row under another index is masked as before, and one with other words in the same place anew', () => {
  const mask = createMask(redactor)
  const viewport = { width: 1, height: 1, scrollX: 0, scrollY: 0, pixelRatio: 1 }
  const toldOf = (nodes: ObservationNode[]): readonly (readonly [number, string])[] => {
    const seen: Observation = { id: 0, url: 'https://a.example/', title: '', viewport, status: 'fresh', nodes }
    return maskObservation(seen, new Set(), () => true, mask).nodes.map(({ parent, name }) => [parent, name])
  }
  const [row] = lineOf(['Mail ada@example.org'])
  if (row === undefined) throw new TypeError('no row')
  expect(toldOf([row])).toEqual([[-1, 'Mail [EMAIL_1]']])
  expect(toldOf([row, { ...row, parent: 0 }])).toEqual([
    [-1, 'Mail [EMAIL_1]'],
    [0, 'Mail [EMAIL_1]'],
  ])
  expect(toldOf([{ ...row, name: 'Mail gus@example.org' }])).toEqual([[-1, 'Mail [EMAIL_2]']])
})

test('attack 29: rows that go on in none and show nothing stand between no parts of a secret', () => {
  const card = cardOf('411111111111111')
  const [start, blank, end] = lineOf([card.slice(0, 8), ' ', card.slice(8)])
  if (start === undefined || blank === undefined || end === undefined) throw new TypeError('no rows')
  expect(told([start, { ...blank, box: [0, 0, 0, 0] }, end])).toEqual(['[CARD_1]', ' ', '[CARD_1]'])
})

test('attack 29: an address that is broken over rows which touch is masked, though no part of it is odd by itself', () => {
  const [start, end] = lineOf(['ada.lovelace@exam', 'ple.org'])
  if (start === undefined || end === undefined) throw new TypeError('no rows')
  expect(told([start, { ...end, box: [start.box[2], 0, 56, 20] }])).toEqual(['[EMAIL_1]', '[EMAIL_1]'])
})
