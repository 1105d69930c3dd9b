import { expect, test } from 'vitest'

import { Turns } from './turns.ts'

test('no more than so many work at once, all get their turn in order, and one that fails holds up nobody', async () => {
  const turns = new Turns(2)
  const begun: number[] = []
  let working = 0
  let most = 0
  const outcomes = await Promise.allSettled(
    Array.from({ length: 9 }, (_, at) =>
      turns.run(async () => {
        begun.push(at)
        working += 1
        most = Math.max(most, working)
        await new Promise(setImmediate)
        working -= 1
        if (at % 3 === 0) throw new RangeError('one that fails')
        return at
      }),
    ),
  )
  expect(most).toBe(2)
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(3)
})
