import { expect, test } from 'vitest'

import { Group } from './group.ts'

test('what is added while a commit runs is committed together next', async () => {
  const sizes: number[] = []
  const group = new Group<number, number>(async (items) => {
    sizes.push(items.length)
    await new Promise((resolve) => setTimeout(resolve, 5))
    return items.map((item) => item * 2)
  }, 100)
  const first = group.add(1)
  await new Promise(setImmediate)
  const later = Array.from({ length: 50 }, (_, index) => group.add(index))
  expect(await first).toBe(2)
  expect(await Promise.all(later)).toEqual(Array.from({ length: 50 }, (_, index) => index * 2))
  expect(sizes).toEqual([1, 50])
})

test('a commit that fails fails for all that were in it, and for no other', async () => {
  let calls = 0
  const group = new Group<string, string>(async (items) => {
    calls += 1
    if (calls === 1) throw new Error('disk')
    return items
  }, 2)
  const outcomes = await Promise.allSettled([group.add('a'), group.add('b'), group.add('c')])
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
