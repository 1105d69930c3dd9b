import { expect, test } from 'vitest'

import { createLease } from './lease.ts'

test('the agent waits while a person holds the page, and goes on when it is handed back', async () => {
  const changes: string[] = []
  const lease = createLease((holder) => changes.push(holder))
  await lease.granted()
  lease.takeOver()
  lease.takeOver()
  const waited = lease.granted().then(() => changes.push('granted'))
  await Promise.resolve()
  expect(changes).toEqual(['person'])
  lease.handBack()
  await waited
  expect(changes).toEqual(['person', 'agent', 'granted'])
})

test('an interruption ends the waiting', async () => {
  const stop = new AbortController()
  const lease = createLease()
  lease.takeOver()
  const waited = lease.granted(stop.signal)
  stop.abort()
  await expect(waited).rejects.toMatchObject({ code: 'OVT-1514' })
})
