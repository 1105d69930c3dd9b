import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { plantCanary } from './canary.ts'
import { type Folder, openFolder } from './folder.ts'
import { takeout } from './takeout.ts'

let dir: string
let folder: Folder
let person: string

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-takeout-'))
  folder = await openFolder(join(dir, 'data'), () => {}, new AbortController().signal)
  await plantCanary(folder)
  person = folder.store.access.canaries()[0] ?? ''
})

afterEach(async () => {
  await folder.store.close()
  rmSync(dir, { recursive: true })
})

test('a takeout that can’t be written says so, leaves nothing, and ends nothing else: a server writes them too', async () => {
  // What fails while nobody waits for it would end the process; the runner fails on it.
  const out = join(dir, 'nowhere', 'all.zip')
  await expect(takeout(folder, { person, out })).rejects.toMatchObject({ code: 'OVT-1748', message: expect.stringContaining(out) })
  expect(readdirSync(dir)).toEqual(['data'])
  expect(await takeout(folder, { person, out: join(dir, 'all.zip') })).toMatchObject({ recordings: 1 })
})

test('what is there already is not written over, also where it came while a takeout was written', async () => {
  const out = join(dir, 'all.zip')
  const refused = { kind: 'invalid', message: `${out} is there already: name a new file, a takeout is never overwritten` }
  writeFileSync(out, 'of somebody else')
  const size = folder.store.ledger.size
  await expect(takeout(folder, { person, out })).rejects.toMatchObject(refused)
  expect(folder.store.ledger.size).toBe(size)
  rmSync(out)
  const taking = takeout(folder, { person, out })
  writeFileSync(out, 'of somebody else')
  await expect(taking).rejects.toMatchObject(refused)
  expect([readFileSync(out, 'utf8'), readdirSync(dir).toSorted()]).toEqual(['of somebody else', ['all.zip', 'data']])
})

test('of two takeouts into one place one is written, whole, and the other refused; what lies where it would be begun is left', async () => {
  const out = join(dir, 'all.zip')
  const alone = await takeout(folder, { person, out: join(dir, 'alone.zip') })
  const both = await Promise.allSettled([takeout(folder, { person, out }), takeout(folder, { person, out })])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const written = both.find((one) => one.status === 'fulfilled')?.value
  expect([written?.files, readFileSync(out).length]).toEqual([alone.files, written?.sizeBytes])
  writeFileSync(join(dir, 'next.zip.partial'), 'of somebody else')
  await expect(takeout(folder, { person, out: join(dir, 'next.zip') })).rejects.toThrow('is there already')
  expect(readFileSync(join(dir, 'next.zip.partial'), 'utf8')).toBe('of somebody else')
})
