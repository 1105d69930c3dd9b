import { decodeBundle, parseVerifierKey, tiledTree, tilePath, verifyCheckpoint } from '@overt/privacy/ledger'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDevice, openTrial, type Device, type Trial } from './fixture.ts'

interface Own {
  readonly log: string
  readonly who: string | null
  readonly lines: readonly string[]
  readonly opened: readonly string[]
}

let trial: Trial
let ada: Device
let bob: Device
beforeAll(async () => {
  trial = await openTrial('ada')
  ada = await openDevice(trial, 'ada')
  bob = await openDevice(trial, 'bob')
  await ada.send(ada.batch('batch-0001'))
  await bob.send(bob.batch('batch-0002'))
})
afterAll(() => trial.close())

const get = (path: string) => fetch(`${trial.server.url}/${path}`)
const bytes = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer())
const own = async (device: Device, change: object = {}): Promise<Own> =>
  (await device.send({ fromIndex: 0, names: [], batches: [], ...change }, '/v1/ledger')).json()

test('anyone reads checkpoint and tiles, with the types and caching that tlog-tiles asks for, and they are one tree', async () => {
  const note = await get('checkpoint')
  expect([note.headers.get('content-type'), note.headers.get('cache-control')]).toEqual(['text/plain; charset=utf-8', 'no-store'])
  const key = await parseVerifierKey((await own(ada)).log)
  const read = await verifyCheckpoint(await note.text(), key?.publicKey ?? '')
  if (!read.ok) throw new Error(read.reason)
  expect(read.value.origin).toBe(key?.name)
  expect(await tiledTree(read.value.size, bytes).root()).toBe(read.value.root)
  const leaves = await get(tilePath({ level: 0, index: 0, width: read.value.size }))
  expect([leaves.headers.get('content-type'), leaves.headers.get('cache-control')]).toEqual([
    'application/octet-stream',
    'public, max-age=31536000, immutable',
  ])
})

test('what anyone reads names nobody, and tells no receipt from a segment', async () => {
  const { size } = trial.store.ledger
  const entries = decodeBundle(await bytes(tilePath({ level: 'entries', index: 0, width: size })), size) ?? []
  const open = entries.filter((entry) => !/^blind [0-9a-f]{64} [0-9a-f]{64}$/.test(entry)).map((entry) => JSON.parse(entry))
  expect(entries).toHaveLength(size)
  expect(new Set(open.map(({ kind }) => kind))).toEqual(new Set(['key', 'manifest']))
  expect(open.every(({ who }) => who === null)).toBe(true)
})

test('a path that is no tile, and one beyond the tree, is not found', async () => {
  for (const path of [
    'tile/0/999',
    'tile/0/000',
    'tile/0/000.p/255',
    'tile/0/0',
    'tile/entries/000',
    'tile/..%2f..%2fcontrol.sqlite',
    'tile/0/000.p/1%00',
  ])
    expect((await get(path)).status, path).toBe(404)
})

test('a person is given their own entries and nobody else’s, and asks in vain about another’s batches', async () => {
  const [mine, his] = [await own(ada, { batches: ['batch-0001', 'batch-0002'] }), await own(bob)]
  expect(mine.lines.map((line) => JSON.parse(line).kind)).toEqual(['receipt', 'device', 'segment'])
  expect(mine.opened).toEqual(['batch-0001'])
  expect(mine.who).not.toBe(his.who)
  expect(mine.lines.some((line) => his.lines.includes(line))).toBe(false)
  const cookie = await trial.signIn()
  const headers = { cookie, origin: trial.server.url, 'content-type': 'application/json' }
  const body = JSON.stringify({ fromIndex: 0, names: [], batches: [] })
  expect(await (await fetch(`${trial.server.url}/v1/mine/ledger`, { method: 'POST', headers, body })).json()).toEqual({
    ...mine,
    opened: [],
  })
  expect((await fetch(`${trial.server.url}/v1/mine/ledger`, { method: 'POST', headers: { ...headers, cookie: '' }, body })).status).toBe(
    401,
  )
})

test('after an erasure nothing opens, the person has no name any more, and the old one still finds what was', async () => {
  const before = await own(ada)
  const { upkeep } = await import('@overt/data')
  await upkeep.eraseData(trial.store, { person: 'ada' })
  const after = await own(ada, { names: [before.who], batches: ['batch-0001'] })
  expect([after.who, after.opened]).toEqual([null, []])
  expect(after.lines.slice(0, before.lines.length)).toEqual(before.lines)
  expect(JSON.parse(after.lines.at(-1) ?? '')).toMatchObject({ kind: 'erasure', who: before.who })
})
