import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { withdrawReceipt } from './govern/consent.ts'
import { type Enrolment, enrolDevice } from './govern/enrol.ts'
import { eraseData } from './govern/erase.ts'
import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from './ingest/fixture.ts'
import { createIngest, ingestBatch } from './ingest/ingest.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { permitsFor } from './store/permits.ts'
import { takeoutOf } from './takeout.ts'
import { readEpisodes } from './trajectories/read.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
const people = new Map<string, Enrolment>()
const wordsOf = { ada: 'kingfisher over the weir', bob: 'heron beside the lock' } as const

beforeEach(async () => {
  folder = scratchFolder()
  store = await openStore(folder.dir)
  const manifest = await trustedManifest(store)
  const ingest = createIngest(store)
  for (const person of ['ada', 'bob'] as const) {
    const enrolment = await enrolDevice(store, { person, manifest, endpoint: '' })
    people.set(person, enrolment)
    for (const n of [1, 2]) {
      const batch = sampleBatch(enrolment, `batch-${person}-${n}`, { note: wordsOf[person], session: `${person}-${n}` })
      const { status } = await ingestBatch(ingest, await signedRequest(enrolment, JSON.stringify(batch)))
      if (status !== 200) throw new Error(`the fixture's batch got ${status}`)
    }
  }
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

async function taken(person: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await Array.fromAsync(takeoutOf(store, person))).map(({ name, text }) => [name, text]))
}

test('a takeout holds all that is the person’s, and nothing of anybody else’s', async () => {
  const files = await taken('ada')
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      'readme.txt',
      'agreements.json',
      'recordings/ada-1/batch-ada-1.json',
      'recordings/ada-2/batch-ada-2.json',
      'devices.json',
      'restriction.json',
      'uses.json',
      'closed.json',
      'ledger.json',
    ]),
  )
  expect([...files.keys()].filter((name) => name.startsWith('episodes/'))).toHaveLength(2)
  const all = [...files.values()].join('\n')
  expect(all).toContain(wordsOf.ada)
  expect(all).not.toContain(wordsOf.bob)
  expect(all).not.toMatch(/\bbob\b/u)
  expect(JSON.parse(files.get('closed.json') ?? '')).toEqual({ records: 0, sessions: 0 })
  expect(JSON.parse(files.get('devices.json') ?? '')).toMatchObject([
    { id: people.get('ada')?.deviceId, revokedAtEpochMs: null, lastSentAtEpochMs: store.rows({ person: 'ada' }).at(-1)?.receivedAtEpochMs },
  ])
  const { entries } = JSON.parse(files.get('ledger.json') ?? '') as { entries: { kind: string; body: { reader?: string } }[] } // as: written above
  expect(entries.some(({ kind, body }) => kind === 'read' && body.reader === 'takeout')).toBe(true)
})

test('two episodes of whatever names are two files, and none leads out of its folder', async () => {
  const [permit] = await Array.fromAsync(permitsFor(store, 'ground', { persons: ['ada'] }))
  const [like] = await Array.fromAsync(readEpisodes(permit!, store))
  const ids = ['a/b', 'a-b', 'a b', '../b', '..', 'a*b', 'a~b']
  await store.appendEpisodes(
    permit!,
    ids.map((id) => ({ ...like!, id, session: 'import-1' })),
  )
  const names = (await Array.fromAsync(takeoutOf(store, 'ada'))).map(({ name }) => name).filter((name) => name.startsWith('episodes/'))
  expect([names.length, new Set(names).size]).toEqual([2 + ids.length, 2 + ids.length])
  for (const name of names) expect(name).toMatch(/^episodes\/[\w%!'()-][\w%.!'()-]*$/)
})

test('after a withdrawal what is left is counted and stays closed', async () => {
  await withdrawReceipt(store, { person: 'ada' })
  const files = await taken('ada')
  expect(JSON.parse(files.get('closed.json') ?? '')).toEqual({ records: 2, sessions: 2 })
  expect([...files.values()].join('\n')).not.toContain(wordsOf.ada)
})

/** Files of the folder by their names, but for those that every act writes to. */
function bytesOf(dir: string): ReadonlyMap<string, Buffer> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(files.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name))]))
}

test('attack 36: after an erasure nothing of the person’s can be taken out, found or decrypted, and other people’s is the same to the byte', async () => {
  const names = store.rows({ person: 'ada' }).map(({ idHash }) => idHash)
  const before = await taken('bob')
  const log = new Map([...bytesOf(folder.dir)].filter(([path]) => path.includes('/log/')))
  const { receipt } = await eraseData(store, { person: 'ada' })
  expect(receipt.entries).toHaveLength(1)
  const files = await taken('ada')
  expect([...files.keys()].filter((name) => /^(recordings|episodes)\//.test(name))).toEqual([])
  expect(await store.openable(names)).toBe(0)
  for (const [path, bytes] of bytesOf(folder.dir)) expect([path, bytes.includes(wordsOf.ada)]).toEqual([path, false])
  // Ciphertexts stay where they lie, without a key: not one byte of the log was rewritten.
  for (const [path, bytes] of log) expect(readFileSync(path).equals(bytes)).toBe(true)
  const after = await taken('bob')
  const work = [...before].filter(([name]) => /^(recordings|episodes)\//.test(name))
  expect(work.map(([name]) => [name, after.get(name)])).toEqual(work)
  expect([...after.keys()].filter((name) => name.startsWith('recordings/'))).toHaveLength(2)
})
