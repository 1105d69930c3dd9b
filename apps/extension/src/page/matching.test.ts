import { expect, test } from 'vitest'

import { pictureOf, reasonOf, type Taken } from './matching.ts'

const href = 'http://127.0.0.1/orders'
const shot = (id: number, fromMs: number, toMs: number, untilMs = Infinity): Taken => ({ id, href, fromMs, toMs, untilMs })
const act = (atMs: number, where = href) => ({ atMs, href: where })

test('an act has the newest picture that was whole before it, as long as nothing changed since', () => {
  const taken = [shot(0, 100, 150, 400), shot(1, 500, 560)]
  expect(pictureOf(act(300), taken)).toEqual({ kind: 'captured', picture: 0, when: 'before', ageMs: 200 })
  expect(pictureOf(act(900), taken)).toEqual({ kind: 'captured', picture: 1, when: 'before', ageMs: 400 })
  // What the act itself changes comes after it.
  expect(pictureOf(act(400), taken)).toMatchObject({ picture: 0, when: 'before' })
})

test('a picture under way when an act begins is of during, if nothing moved before the act', () => {
  expect(pictureOf(act(130), [shot(0, 100, 150)])).toEqual({ kind: 'captured', picture: 0, when: 'during', ageMs: 30 })
  expect(pictureOf(act(130), [shot(0, 100, 150, 120)])).toBeNull()
})

test('a picture of a state that is gone is none of before; the next one is of after, and not for ever', () => {
  const taken = [shot(0, 100, 150, 200), shot(1, 700, 760)]
  expect(pictureOf(act(300), taken)).toEqual({ kind: 'captured', picture: 1, when: 'after', ageMs: 460 })
  expect(pictureOf(act(300), [shot(0, 100, 150, 200), shot(1, 2_301, 2_400)])).toBeNull()
})

test('a picture of another address is no picture of an act', () => {
  expect(pictureOf(act(300, 'http://127.0.0.1/other'), [shot(0, 100, 150)])).toBeNull()
})

test('an act without a picture says what was missed next to it, else that the page had changed, else that none came in time', () => {
  const missed = [
    { atMs: 100, reason: 'rate' },
    { atMs: 5_000, reason: 'hidden' },
  ] as const
  expect(reasonOf(act(150), [], missed)).toBe('rate')
  expect(reasonOf(act(5_100), [], missed)).toBe('hidden')
  expect(reasonOf(act(9_000), [shot(0, 100, 150)], missed)).toBe('moved')
  expect(reasonOf(act(9_000), [], missed)).toBe('late')
})
