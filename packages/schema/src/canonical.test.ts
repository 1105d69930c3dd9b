import fc from 'fast-check'
import { expect, test } from 'vitest'

import { canonicalJson } from './canonical.ts'

test('keys are sorted at every depth, and absent ones are not told from undefined ones', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 'x' }], a: null, z: undefined })).toBe('{"a":null,"b":[{"c":"x","d":1}]}')
})

test('the order in which keys were set does not show', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed())
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
    }),
  )
})

test('it is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('keys go by UTF-16 code units, as RFC 8785 has it', () => {
  expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 })).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
  )
})
