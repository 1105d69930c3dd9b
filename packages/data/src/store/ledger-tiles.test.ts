import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { decodeBundle, tiledTree, tilePath, verifyCheckpoint, verifyConsistency } from '@overt/privacy/ledger'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { nodeDisk } from './disk.ts'
import { openLedgerKey } from './key-file.ts'
import { verifyLedger } from './ledger-verify.ts'
import { type Ledger, openLedger } from './ledger.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'overt-tiles-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = async (tenant = 'test'): Promise<Ledger> =>
  openLedger({
    dir,
    disk: nodeDisk(),
    tenant,
    key: await openLedgerKey(dir),
    nowEpochMs: () => 1_000,
    salt: (person) => Buffer.from(`salt of ${person}`),
  })

const read = (ledger: Ledger) => async (path: string) => (await ledger.tile(path)) ?? Promise.reject(new Error(`no ${path}`))

async function checkpointOf(ledger: Ledger) {
  const [, publicKey = ''] = /\+[0-9a-f]{8}\+(.*)$/.exec(await ledger.verifierKey()) ?? []
  const key = Buffer.from(publicKey, 'base64').subarray(1).toString('base64url')
  const note = await verifyCheckpoint(await ledger.checkpoint(), key)
  if (!note.ok) throw new Error(note.reason)
  return note.value
}

test('a ledger gives the tiles of its checkpoint at every size, across bundles and a restart', async () => {
  let ledger = await open()
  let before = await checkpointOf(ledger)
  for (const count of [1, 200, 54, 1, 260, 90]) {
    await Promise.all(
      Array.from({ length: count }, (_, n) => ledger.append(n % 3 === 0 ? 'manifest' : 'read', { n }, n % 3 === 0 ? undefined : 'ada')),
    )
    const now = await checkpointOf(ledger)
    const tree = tiledTree(now.size, read(ledger))
    expect(await tree.root()).toBe(now.root)
    const claim = {
      oldSize: before.size,
      oldRoot: before.root,
      newSize: now.size,
      newRoot: now.root,
      proof: await tree.consistency(before.size),
    }
    expect(await verifyConsistency(claim)).toBe(true)
    before = now
    await ledger.close()
    ledger = await open()
  }
  expect(before.size).toBe(606)
  await ledger.close()
})

test('bundles hold the leaves in order, blind where they are about a person; beyond the tree there is nothing', async () => {
  const ledger = await open()
  for (let n = 0; n < 300; n += 1) void ledger.append(n === 270 ? 'manifest' : 'withdrawal', { n }, n === 270 ? undefined : 'ozzy')
  await ledger.checkpoint()
  const bytes = (await ledger.tile('tile/entries/001.p/44')) ?? new Uint8Array()
  const entries = decodeBundle(bytes, 44) ?? []
  expect(JSON.parse(entries[14] ?? '')).toMatchObject({ index: 270, kind: 'manifest' })
  expect(entries.filter((entry) => /^blind [0-9a-f]{64} [0-9a-f]{64}$/.test(entry))).toHaveLength(43)
  for (const word of ['withdrawal', 'ozzy', ledger.whoIs('ozzy')]) expect(Buffer.from(bytes).toString('latin1')).not.toContain(word)
  for (const path of [
    'tile/entries/001',
    'tile/entries/001.p/45',
    'tile/0/001',
    'tile/0/002.p/1',
    'tile/1/000',
    'tile/1/000.p/2',
    'tile/63/000',
    'x',
  ])
    expect(await ledger.tile(path), path).toBeUndefined()
  expect(await ledger.tile('tile/1/000.p/1')).toHaveLength(32)
  await ledger.close()
})

test('a folder from before version 2 goes on: old checkpoints hold, and its bundles, which told about people, are given to nobody', async () => {
  cpSync(join(import.meta.dirname, 'fixtures/ledger-v1'), dir, { recursive: true })
  const kept = (await import('node:fs')).readFileSync(join(dir, 'ledger', 'checkpoint'), 'utf8')
  const ledger = await open('fixture')
  expect(ledger.size).toBe(6)
  await Promise.all(Array.from({ length: 300 }, (_, n) => ledger.append('read', { n }, 'ada')))
  const now = await checkpointOf(ledger)
  expect(await tiledTree(now.size, read(ledger)).root()).toBe(now.root)
  expect(await ledger.tile('tile/entries/000')).toBeUndefined()
  expect(await ledger.tile(tilePath({ level: 'entries', index: 1, width: 50 }))).toBeDefined()
  await ledger.close()
  expect(await verifyLedger(dir, kept)).toMatchObject({ ok: true, size: 306 })
})
