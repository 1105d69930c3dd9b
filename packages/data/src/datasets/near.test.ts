import type { Observation } from '@overt/schema'
import { expect, test } from 'vitest'

import { node, observation } from '../../fixtures/scene.ts'
import { sketch } from './near.ts'

const rows = Array.from({ length: 60 }, (_, place) => node(place, 'text', `Row ${place} of the list of orders`))

function shared(left: Observation, right: Observation, goals: readonly [string, string] = ['Save it', 'Save it']): boolean {
  return new Set(sketch(goals[0], left)).intersection(new Set(sketch(goals[1], right))).size > 0
}

/** The screen with `count` of its rows told otherwise. */
function changed(count: number, salt: number): Observation {
  return observation(
    9,
    rows.map((row, place) => (place < count ? { ...row, name: `Something else ${place} ${salt}` } : row)),
  )
}

test('the same screen is found whatever its ids, order, case and places', () => {
  const moved = rows
    .map((row) => ({ ...row, id: row.id + 100, name: row.name.toUpperCase(), box: [1, 2, 3, 4] satisfies (typeof row)['box'] }))
    .toReversed()
  expect(shared(observation(0, rows), observation(1, moved))).toBe(true)
})

test('a screen that differs in one row is found nearly always, one that differs in half of them hardly ever', () => {
  const found = (count: number): number =>
    Array.from({ length: 100 }, (_, salt) => shared(observation(0, rows), changed(count, salt))).filter(Boolean).length
  expect(found(1)).toBeGreaterThanOrEqual(97)
  expect(found(30)).toBeLessThanOrEqual(8)
})

test('the same screen under another goal is another', () => {
  expect(shared(observation(0, rows), observation(0, rows), ['Save it', 'Close it'])).toBe(false)
})
