import { expect, test } from 'vitest'

import { Gates } from './gates.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('who comes to be alone waits until all have left, and nobody enters before they have ended', async () => {
  const gates = new Gates()
  const [first, second] = [gates.enter(1), gates.enter(1)]
  const done: string[] = []
  const over = Promise.withResolvers<void>()
  const closing = gates.close(1, async () => {
    done.push('alone')
    await over.promise
  })
  expect(gates.enter(1)).toBeUndefined()
  expect(gates.enter(2)).toBeDefined()
  first?.()
  await turn()
  expect(done).toEqual([])
  second?.()
  const opened = gates.opened(1).then(() => done.push('opened'))
  await turn()
  expect(done).toEqual(['alone'])
  over.resolve()
  await Promise.all([closing, opened])
  expect(done).toEqual(['alone', 'opened'])
  expect(gates.enter(1)).toBeDefined()
})

test('a step that fails opens the gate', async () => {
  const gates = new Gates()
  await expect(gates.close(1, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room')
  expect(gates.enter(1)).toBeDefined()
})
