import { array, assert, boolean, constant, constantFrom, dictionary, double, integer, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'

import { parseJson } from './json.ts'

const read = (text: string) => parseJson(Buffer.from(text))

const key = string({ maxLength: 9 }).filter((name) => name !== '__proto__')
const scalar = oneof(integer(), double({ noNaN: true, noDefaultInfinity: true }), string(), boolean(), constant(null))
/** Whatever a batch is made of: no array has objects and something else. */
const document = dictionary(
  key,
  oneof(scalar, array(integer()), array(double({ noNaN: true, noDefaultInfinity: true })), array(dictionary(key, scalar))),
)

test('what JSON says is read as it says it, and blanks between its tokens are seen wherever they stand', () => {
  assert(
    property(document, array(constantFrom('', '', '', ' ', '\n'), { maxLength: 200 }), (value, blanks) => {
      const tokens = JSON.stringify(value).match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"\s]+/g) ?? []
      const text = tokens.map((token, place) => token + (blanks[place] ?? '')).join('')
      expect(read(text)).toEqual({ ok: true, value: { document: JSON.parse(text) as unknown, tight: text === tokens.join('') } })
    }),
    { numRuns: 2_000 },
  )
})

test('among numbers every byte counts: a key twice, a blank, a bracket too many', () => {
  const numbers = '1,22,-3,4.5,666,7e1'
  for (let before = 0; before < 9; before += 1) {
    const list = `[${'9,'.repeat(before)}${numbers}]`
    expect(read(`{"a":${list}}`)).toEqual({ ok: true, value: { document: { a: JSON.parse(list) as unknown }, tight: true } })
    expect(read(`{"a":${list.replace(',-3', ', -3')}}`)).toMatchObject({ ok: true, value: { tight: false } })
    for (const wrong of [
      `{"a":${list},"a":1}`,
      `{"a":${list}]}`,
      `{"a":${list.replace(',-3', '/-3')}}`,
      `{"a":${list.replace(',-3', ';-3')}}`,
    ])
      expect([wrong, read(wrong).ok]).toEqual([wrong, false])
  }
  expect(read(`${'['.repeat(33)}1${']'.repeat(33)}`)).toMatchObject({ ok: false, explain: 'The body nests deeper than 32.' })
})
