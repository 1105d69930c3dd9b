import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { Nonces } from './nonces.ts'

const windowMs = 1_000
const bodyOf = (text: number): string => createHash('sha256').update(String(text)).digest('hex')

const request = fc.record({
  device: fc.constantFrom('dev-1', 'dev-2'),
  nonce: fc.nat({ max: 20 }).map(String),
  body: fc.nat({ max: 3 }),
  laterMs: fc.oneof(fc.constant(0), fc.nat({ max: 400 }), fc.nat({ max: 3_000 })),
})

test('a nonce is refused for another body for as long as its token lives, whatever came between, and taken anew later', () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 400 }), (requests) => {
      const nonces = new Nonces(windowMs)
      const used = new Map<string, { readonly body: number; readonly atEpochMs: number }>()
      // Whether these were taken anew or known still depends on what else was sent.
      const either = new Set<string>()
      let nowEpochMs = 1_700_000_000_000
      for (const one of requests) {
        const { device, nonce, body, laterMs } = one
        nowEpochMs += laterMs
        const name = `${device} ${nonce}`
        const before = used.get(name)
        const taken = nonces.take(device, nonce, bodyOf(body), nowEpochMs)
        const age = before === undefined ? Infinity : nowEpochMs - before.atEpochMs
        if (age >= windowMs && age <= 1.5 * windowMs) either.add(name)
        if (either.has(name)) continue
        expect([one, taken]).toEqual([one, before?.body === body || age > windowMs])
        if (age > 1.5 * windowMs) used.set(name, { body, atEpochMs: nowEpochMs })
      }
    }),
    { numRuns: 200 },
  )
})

test('of many nonces each is known, and none for another', () => {
  const nonces = new Nonces(windowMs)
  const all = Array.from({ length: 20_000 }, (_, place) => String(place))
  expect(all.filter((nonce) => !nonces.take('dev-1', nonce, bodyOf(1), 0))).toEqual([])
  expect(all.filter((nonce) => nonces.take('dev-1', nonce, bodyOf(2), 100))).toEqual([])
  expect(all.filter((nonce) => !nonces.take('dev-2', nonce, bodyOf(2), 100))).toEqual([])
})

test('a clock that is set back forgets nothing', () => {
  const nonces = new Nonces(windowMs)
  nonces.take('dev-1', 'a', bodyOf(1), 10_000)
  expect(nonces.take('dev-1', 'a', bodyOf(2), 4_000)).toBe(false)
})

test('what came last in a quarter of the window is known for a whole one', () => {
  const nonces = new Nonces(windowMs)
  nonces.take('dev-1', 'first', bodyOf(1), 0)
  nonces.take('dev-1', 'last', bodyOf(1), windowMs / 4 - 1)
  expect(nonces.take('dev-1', 'last', bodyOf(2), 1.25 * windowMs - 2)).toBe(false)
})
