import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openStore } from '@overt/data'
import { afterAll, expect, test } from 'vitest'

import type { Folder } from './folder.ts'
import { siem } from './proving.ts'

const dir = mkdtempSync(join(tmpdir(), 'overt-siem-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('what a security team is told goes on where it ended, and that it was told is an entry and told the next time', async () => {
  let nowEpochMs = 1_800_000_000_000
  const store = await openStore(dir, { nowEpochMs: () => nowEpochMs })
  const folder = { store } as Folder
  await store.ledger.append('receipt', { status: 'given' }, 'ada')
  await store.ledger.append('read', { what: 'batches', why: 'ground', reader: 'dataset build' }, 'ada')
  expect(await siem(folder, { fromIndex: 0 })).toEqual({ events: [], next: 0 })
  nowEpochMs += 3_600_000
  const first = await siem(folder, { fromIndex: 0 })
  expect(first.events.map(({ api }) => api.operation)).toEqual(['read'])
  expect(JSON.stringify(first)).not.toContain(store.ledger.whoIs('ada'))
  nowEpochMs += 3_600_000
  const again = await siem(folder, { fromIndex: first.next })
  expect(again.events.map(({ api, unmapped }) => [api.operation, unmapped])).toEqual([['export', { of: 'ledger', format: 'ocsf' }]])
  await store.close()
})
