import { IDBFactory } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'

import { answerOf, complete, openVault } from './vault.ts'

test('what waited in a vault of the version before is there, and free to go', async () => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  const opening = indexedDB.open('overt', 2)
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore('spool', { keyPath: 'n', autoIncrement: true })
    opening.result.createObjectStore('sent', { keyPath: 'batch' })
  })
  const earlier = await answerOf(opening)
  const transaction = earlier.transaction('spool', 'readwrite')
  for (const atEpochMs of [1, 2]) transaction.objectStore('spool').add({ atEpochMs, sizeBytes: 3 })
  await complete(transaction)
  earlier.close()
  const spool = (await openVault()).transaction('spool').objectStore('spool')
  expect(await answerOf(spool.index('state').getAll('free'))).toMatchObject([
    { n: 1, atEpochMs: 1, releasedAtEpochMs: 0 },
    { n: 2, atEpochMs: 2 },
  ])
})
