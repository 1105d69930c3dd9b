import Type from 'typebox'
import { expect, test } from 'vitest'

import { Event, eventSchemas } from './event.ts'
import { parser } from './parse.ts'
import { Purpose } from './purpose.ts'
import { Receipt } from './receipt.ts'

const event = { seq: 0, gap: 0, observation: -1, node: 3, kind: 'check', before: false, after: true, cause: 'label' }

test('what fits is given back as it is', () => {
  expect(parser(Event)(event)).toEqual({ ok: true, value: event })
})

test('what does not fit is refused with the place', () => {
  const refused = parser(Receipt)({ v: 'overt.receipt/1', person: 7 })
  expect(refused.ok).toBe(false)
  expect(!refused.ok && refused.reason).toMatch(/required|person/)
})

test('a key that no version knows is refused, not ignored', () => {
  expect(parser(Receipt)({ __proto__: null, extra: 1 }).ok).toBe(false)
})

test('every kind of event has its own schema, by its kind', () => {
  expect([...eventSchemas().keys()]).toEqual(Event.anyOf.map((member) => member.properties.kind.const))
  expect(eventSchemas().size).toBeGreaterThan(10)
})

test.each([
  ['/purpose', { purpose: 'spying' }, 'must be one of "ground", "assist", "automate", "evaluate", "correct", "improve", "share"'],
  ['/v', { v: 'overt.receipt/9' }, 'must be "overt.receipt/1"'],
  ['/name', { name: 7 }, 'must be one of string, null'],
  ['/count', { count: '7' }, 'must be integer'],
  ['', { more: 1 }, 'knows no key "more"'],
])('what does not fit at %s says what is expected there, and not what is', (at, wrong, expected) => {
  const refused = parser(
    Type.Object(
      {
        v: Type.Literal('overt.receipt/1'),
        purpose: Purpose,
        name: Type.Union([Type.String(), Type.Null()]),
        count: Type.Integer(),
      },
      { additionalProperties: false },
    ),
  )({ v: 'overt.receipt/1', purpose: 'ground', name: null, count: 1, ...wrong })
  expect(refused).toEqual({ ok: false, at, reason: `${at === '' ? '/' : at} ${expected}` })
})
