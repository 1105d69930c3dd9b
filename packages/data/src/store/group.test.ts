import { expect, test } from 'vitest'

import { Group } from './group.ts'

const turn = (): Promise<void> => new Promise(setImmediate)

test('what is added while a commit runs is committed together next', async () => {
  const sizes: number[] = []
  const group = new Group<number, number>(async (items) => {
    sizes.push(items.length)
    await new Promise((resolve) => setTimeout(resolve, 5))
    return items.map((item) => item * 2)
  }, 100)
  const first = group.add(1)
  while (sizes.length === 0) await turn()
  const later = Array.from({ length: 50 }, (_, index) => group.add(index))
  expect(await first).toBe(2)
  expect(await Promise.all(later)).toEqual(Array.from({ length: 50 }, (_, index) => index * 2))
  expect(sizes).toEqual([1, 50])
})

test('a commit waits while each turn brings more, for a quarter of what fits', async () => {
  const sizes: number[] = []
  const group = new Group<number, number>(async (items) => {
    sizes.push(items.length)
    return items
  }, 40)
  const added: Promise<number>[] = []
  // One a turn, for ever: the first must not wait for the last.
  for (let item = 0; sizes.length < 2; item += 1) {
    added.push(group.add(item))
    await turn()
  }
  await Promise.all(added)
  expect(sizes[0]).toBeGreaterThanOrEqual(10)
  expect(sizes[0]).toBeLessThanOrEqual(12)
})

test('who comes alone is committed within a few turns', async () => {
  let begun = false
  const group = new Group<number, number>(async (items) => {
    begun = true
    return items
  }, 40)
  const alone = group.add(1)
  for (let turns = 0; turns < 6; turns += 1) await turn()
  expect(begun).toBe(true)
  await alone
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
