import { assert, constantFrom, integer, oneof, property, string, tuple, uint8Array, type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'

import { luhn, mod97 } from './checksum.ts'
import { redactText } from './text.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const token = (prefix: string, length: number): Arbitrary<string> =>
  uint8Array({ minLength: length, maxLength: length }).map(
    (bytes) => prefix + Array.from(bytes, (byte, at) => alphabet[(byte + at * 7) % 62]).join(''),
  )

const card: Arbitrary<string> = tuple(integer({ min: 0, max: 99_999_999 }), constantFrom('', ' ', '-')).map(([number, gap]) => {
  const body = `4539107${String(number).padStart(8, '0')}`
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((check) => body + String(check)).find(luhn) ?? ''
  return (digits.match(/.{4}/g) ?? []).join(gap)
})
const iban: Arbitrary<string> = tuple(integer({ min: 0, max: 99_999_999 }), constantFrom('', ' ')).map(([number, gap]) => {
  const account = `3704004405${String(number).padStart(8, '0')}`
  const check = String(98 - mod97(`${account}131400`)).padStart(2, '0')
  return (`DE${check}${account}`.match(/.{1,4}/g) ?? []).join(gap)
})
const secret: Arbitrary<string> = oneof(
  card,
  iban,
  token('ghp_', 36),
  token('sk_live_', 24),
  token('xoxb-123456789012-', 24),
  token('glpat-', 20),
  integer({ min: 1, max: 9_999 }).map((serial) => `390-52-${String(serial).padStart(4, '0')}`),
  integer({ min: 0, max: 9_999 }).map((number) => `ada${number}@example.com`),
)

/** Text around a secret: anything, words, and what detectors look for. */
const around: Arbitrary<string> = oneof(
  string({ maxLength: 40 }),
  string({ unit: 'grapheme', maxLength: 30 }),
  constantFrom(
    'password is',
    'the key for',
    'Order 1042, 712.50 EUR',
    '[EMAIL_3]',
    '{"a": "',
    'https://a.example/b',
    'my name',
    'card',
    '\n',
    'PIN',
    '(',
    '"',
    'tel.',
  ),
)

/** A blank on both sides: what touches a secret is part of another word. */
const planted = tuple(around, secret, around).map(([before, value, after]) => ({
  text: `${before} ${value} ${after}`,
  value,
  start: before.length + 1,
}))

test('R15 a planted secret never comes out', () => {
  assert(
    property(planted, ({ text, value }) => {
      expect(redactText(text).text).not.toContain(value)
    }),
    { numRuns: 700 },
  )
})

test('R11 redacting a redacted text changes nothing', () => {
  assert(
    property(
      oneof(
        planted.map(({ text }) => text),
        tuple(planted, planted).map(([one, two]) => one.text + two.text),
      ),
      (text) => {
        const once = redactText(text).text
        expect(redactText(once).text).toBe(once)
      },
    ),
    { numRuns: 700 },
  )
})

test('R9 spans lie in the text, in order, apart, and say what was replaced', () => {
  assert(
    property(planted, ({ text }) => {
      const { text: out, spans } = redactText(text)
      let at = 0
      let rest = out
      for (const { start, end } of spans) {
        expect(start >= at && end > start && end <= text.length).toBe(true)
        expect(rest.startsWith(text.slice(at, start))).toBe(true)
        rest = rest.slice(start - at).replace(/^\[[A-Z_]+_\d+\]/, '')
        at = end
      }
      expect(rest).toBe(text.slice(at))
    }),
    { numRuns: 500 },
  )
})

test('R12 nothing makes it throw', () => {
  assert(
    property(
      oneof(
        string({ unit: 'binary', maxLength: 200 }),
        string({ unit: 'grapheme', maxLength: 200 }),
        uint8Array({ maxLength: 200 }).map((bytes) => String.fromCharCode(...bytes)),
      ),
      (text) => {
        expect(typeof redactText(text).text).toBe('string')
      },
    ),
    { numRuns: 200 },
  )
})

test('R12 a text of plain words is judged as any other, and no slower way finds more in it', () => {
  const word = oneof(
    constantFrom(
      'at',
      'At',
      'password',
      'is',
      'the',
      'my',
      'secret',
      'hunter',
      'PIN',
      'token',
      'Kennwort',
      'phrase',
      'seed',
      'use',
      'as',
      'aBcDeF',
      'internationalisation',
    ),
    string({ unit: constantFrom('a', 'b', 'T', 'X'), maxLength: 12 }),
  )
  const sentence = tuple(word, constantFrom(' ', ', ', ': ', ''), word, constantFrom(' ', ', '), word).map((parts) => parts.join(''))
  assert(
    property(sentence, (text) => {
      // A field, if only an empty one, is what takes the slow way.
      expect(redactText(text)).toEqual(redactText(text, { field: '' }))
    }),
    { numRuns: 2_000 },
  )
})
