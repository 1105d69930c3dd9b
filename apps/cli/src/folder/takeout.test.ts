import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { plantCanary } from './canary.ts'
import { openFolder } from './folder.ts'
import { takeout } from './takeout.ts'

test('a takeout that can’t be written says so, leaves nothing, and ends nothing else: a server writes them too', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-takeout-'))
  const folder = await openFolder(join(dir, 'data'), () => {}, new AbortController().signal)
  await plantCanary(folder)
  const [person = ''] = folder.store.access.canaries()
  // What fails while nobody waits for it would end the process; the runner fails on it.
  const out = join(dir, 'nowhere', 'all.zip')
  await expect(takeout(folder, { person, out })).rejects.toMatchObject({ code: 'OVT-1748', message: expect.stringContaining(out) })
  expect(readdirSync(dir)).toEqual(['data'])
  expect(await takeout(folder, { person, out: join(dir, 'all.zip') })).toMatchObject({ recordings: 1 })
  await folder.store.close()
  rmSync(dir, { recursive: true })
})
