import { array, assert, constantFrom, oneof, property, string, type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'

import { matchesAround } from './around.ts'
import { isRole } from './role.ts'
import { smallGiven } from './small-given.ts'
import { codeAt } from '../character.ts'
import { isRole as isWrittenRole } from '../small/role.ts'
import { smallGiven as smallGivenByPattern } from '../small/small-given.ts'

/** Pieces of a text next to each other, what matters here and anything. */
function textOf(...pieces: readonly string[]): Arbitrary<string> {
  return array(
    oneof(constantFrom(...pieces), string({ maxLength: 4 }), constantFrom(' ', '-', '_', '.', '/', '@', '1', 'A', 'é', 'ж', '字')),
    {
      maxLength: 16,
    },
  ).map((parts) => parts.join(''))
}

test('R13 a code is that of a character inside of a text only, wherever it is asked', () => {
  for (const at of [-Infinity, -1, 2, 3, Number.NaN, Infinity]) expect([at, codeAt('ab', at)]).toEqual([at, Number.NaN])
  expect([codeAt('ab', 0), codeAt('ab', 1), codeAt('', 0)]).toEqual([97, 98, Number.NaN])
})

test('R16 given names in small letters are the same ones, read with a pattern or without', () => {
  assert(
    property(textOf('annika', 'siobhan', 'joris', 'zorblat', 'an', 'ivo', 'annikas', 'annikaannikaannika', 'élodie'), (text) => {
      expect(smallGiven(text).map(({ index, 0: found }) => [index, found])).toEqual(
        smallGivenByPattern(text).map(({ index, 0: found }) => [index, found]),
      )
    }),
    { numRuns: 2_000 },
  )
  expect(smallGiven('ask annika and ivo, not joris2').map(({ index, 0: found }) => [index, found])).toEqual([
    [4, 'annika'],
    [15, 'ivo'],
  ])
})

test('R16 a header is a role whether or not its first letters were asked before', () => {
  const source = 'full ?name, (?:ver)?mieter(?:in)?, cc, à, eş, élève, z\\.? ?hd\\.?, ім.я, empf[aä]nger'.replaceAll(', ', '|')
  const [gated, written] = [isRole(source), isWrittenRole(source)]
  const roles = [
    'full name',
    'FULLNAME',
    'vermieterin',
    'Mieter',
    'ccs',
    'à',
    'Às',
    'eş adı',
    'Élève',
    'z.hd.',
    'zhd',
    'ім’я',
    'Empfänger name',
  ]
  for (const role of roles) expect([role, gated.test(role)]).toEqual([role, true])
  assert(
    property(textOf(...roles, 'name', 's'), (header) => {
      expect(gated.test(header)).toBe(written.test(header))
    }),
    { numRuns: 2_000 },
  )
})

test('R16 what is read backwards from a sign is what a pattern of all of it finds', () => {
  const whole = /(?<![\p{L}\p{N}/])\p{Lu}{2,6}\/\p{Lu}{2,6}(?! )/gu
  const behind = /(?<=((?<![\p{L}\p{N}/])\p{Lu}{2,6}\/))\p{Lu}{2,6}(?! )/uy
  assert(
    property(textOf('AB/', '/CDE', 'FG/HI', 'ÄÖ/', 'JKLMNOPQ/', 'x/'), (text) => {
      expect(matchesAround(text, /\//g, behind).map(({ start, end }) => [start, text.slice(start, end)])).toEqual(
        [...text.matchAll(whole)].map(({ index, 0: found }) => [index, found]),
      )
    }),
    { numRuns: 2_000 },
  )
})
