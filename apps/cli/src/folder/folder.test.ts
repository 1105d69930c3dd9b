import { upkeep } from '@overt/data'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { plantCanary } from './canary.ts'
import { openFolder } from './folder.ts'

test('an erasure that a crash cut off is carried out when the folder is opened again, and said', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-folder-'))
  const [data, crashed] = [join(dir, 'data'), join(dir, 'crashed')]
  const open = (at: string, progress: (line: string) => void = () => {}) => openFolder(at, progress, new AbortController().signal)
  const folder = await open(data)
  await plantCanary(folder)
  const [person = ''] = folder.store.access.canaries()
  const { destroyPerson } = folder.store.keys
  // As a crash leaves it that comes before anything is destroyed.
  folder.store.keys.destroyPerson = (one) => {
    cpSync(data, crashed, { recursive: true, filter: (path) => !path.endsWith('lock') })
    destroyPerson.call(folder.store.keys, one)
  }
  await upkeep.eraseData(folder.store, { person })
  await folder.store.close()
  const told: string[] = []
  const { store } = await open(crashed, (line) => told.push(line))
  expect(told).toContain('an act that was cut off is finished: erasure')
  expect(store.rows({ person })).toEqual([])
  expect((await Array.fromAsync(store.ledger.entries())).filter(({ kind }) => kind === 'erasure')).toHaveLength(1)
  await store.close()
  rmSync(dir, { recursive: true })
})
