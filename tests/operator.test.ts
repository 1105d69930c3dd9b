import { expect, test } from 'vitest'

import { cheats, runCheat } from './operator-cheats.fixture.ts'
import { runHonest } from './operator-honest.fixture.ts'

test.each(cheats)('the person’s client and a witness alone notice within five minutes: $name', async (cheat) => {
  const caught = await runCheat(cheat)
  expect(caught.early, caught.problem).toBe(false)
  expect(caught.kinds, caught.problem).toContain(cheat.finds)
  expect(caught.afterMs).toBeLessThanOrEqual(300_000)
})

test('there are twelve, and the same deployment is not accused where its operator does none of it', async () => {
  expect(new Set(cheats.map(({ name }) => name)).size).toBe(12)
  expect(await runCheat(null)).toMatchObject({ by: null, kinds: [] })
})

// `npm run operator` runs a thousand.
test('a hundred honest sessions raise no alarm', async () => {
  const honest = await runHonest(100, 7)
  expect(honest.alarms).toEqual([])
  expect(honest.refusals).toEqual([])
  // Every kind of thing happened.
  expect(Object.keys(honest.acts)).toHaveLength(9)
  expect(honest.checks).toBeGreaterThan(100)
})
