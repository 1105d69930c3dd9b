import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'

import { bitsOf, families, lookAt, type WordName } from './look.ts'

const names = Object.keys(families) as readonly WordName[] // as: the object's own keys

/** What a pattern could match, in one of the ways that it can be written. */
const written = (piece: string): string =>
  piece
    .replace(/\\p\{\w+\}(?:\{(\d+).*?\})?/g, (_, times?: string) => 'x'.repeat(Number(times ?? 1)))
    .replace(/\(\?:([^()|]*)[^()]*\)/g, '$1')
    .replace(/\(\?<?[=!][^)]*\)/g, '')
    .replace(/\[(.)[^\]]*\]/g, '$1')
    .replace(/\\[wWd][*+]?/g, '1')
    .replace(/[\\?]/g, '')
const pieces = names.flatMap((name) => families[name].pieces.map(written))
const text = array(
  oneof(
    constantFrom(...pieces),
    constantFrom(...pieces.map((piece) => piece.toUpperCase())),
    string({ maxLength: 5 }),
    constantFrom(' ', ': ', '=', '.', '\n', 'x', '1', 'é', '。'),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(''))

test('R13 a word is found by its first characters wherever one pattern of all words would find it', () => {
  assert(
    property(text, (one) => {
      const look = lookAt(one)
      for (const name of names) {
        const { pieces: own, pattern } = families[name]
        const expected = [...one.matchAll(new RegExp(pattern(own.join('|')), 'giu'))].filter(([found]) => found !== '')
        expect([name, ...look.words(name).map(({ start, text: found }) => `${start} ${found}`)]).toEqual([
          name,
          ...expected.map(({ index, 0: found }) => `${index} ${found}`),
        ])
        expect([name, look.words(name).length]).toEqual([name, expected.length])
        expect([name, expected.length === 0 && look.mayHave(bitsOf(name))]).toEqual([name, false])
      }
    }),
    { numRuns: 400 },
  )
})
