import { permitFor, permitsFor, receiptsOf } from '@overt/data'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { plantCanary } from './canary.ts'
import { openFolder } from './folder.ts'

test('the work of somebody who does not exist is planted once, lies where all work lies, and no job reads for its purpose', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-canary-'))
  const folder = await openFolder(dir, () => {}, new AbortController().signal)
  const { store } = folder
  await plantCanary(folder)
  await plantCanary(folder)
  const [person, ...others] = store.access.canaries()
  expect(others).toEqual([])
  expect(store.rows({ person: person ?? '' })).toHaveLength(1)
  for (const purpose of ['ground', 'assist', 'automate', 'evaluate', 'correct', 'improve'] as const)
    expect(await Array.fromAsync(permitsFor(store, purpose))).toEqual([])
  const decision = await permitFor(store, receiptsOf(store, person ?? '')[0]?.receipt.id ?? '', 'share')
  expect(decision.ok).toBe(true)
  await store.close()
  rmSync(dir, { recursive: true })
})
