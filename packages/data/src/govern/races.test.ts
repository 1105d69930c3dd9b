import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { generateKeyPair, grantReceipt, importPrivateKey } from '@overt/privacy'
import type { Batch, Receipt } from '@overt/schema'
import { assert, asyncProperty, constantFrom, nat } from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { exportFrom, datasetContext, reemitFor } from '../releases.ts'
import { buildDataset } from '../datasets/build.ts'
import { readManifest, readRelease } from '../datasets/manifest.ts'
import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch, type Ingest } from '../ingest/ingest.ts'
import { nodeDisk, type Disk } from '../store/disk.ts'
import { openStore } from '../store/open-store.ts'
import { selectDatasets } from '../store/lineage.ts'
import { permitFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { putReceipt, withdrawReceipt } from './consent.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { eraseData } from './erase.ts'
import { restrictUse } from './restrict.ts'
import { slowDisk } from './slow-disk.fixture.ts'

vi.setConfig({ testTimeout: 120_000 })

const canary = 'kingfisher over the weir'
let folder: ReturnType<typeof scratchFolder>
let store: Store
let ingest: Ingest
let ada: Enrolment
let bob: Enrolment
let nowEpochMs: number

async function begin(disk: Disk = nodeDisk()): Promise<void> {
  folder = scratchFolder()
  nowEpochMs = Date.now()
  store = await openStore(join(folder.dir, 'data'), { nowEpochMs: () => nowEpochMs, disk })
  ingest = createIngest(store)
  const manifest = await trustedManifest(store)
  ada = await enrolDevice(store, { person: 'ada', manifest, endpoint: '' })
  bob = await enrolDevice(store, { person: 'bob', manifest, endpoint: '' })
}
async function end(): Promise<void> {
  await store.close()
  folder.remove()
}
beforeEach(() => begin())
afterEach(end)

async function send(sender: Enrolment, id: string, change: Partial<Batch> & { readonly note?: string } = {}): Promise<number> {
  const batch = sampleBatch(sender, id, { closedAtEpochMs: nowEpochMs, ...change })
  const request = await signedRequest(sender, JSON.stringify(batch), { atEpochMs: nowEpochMs })
  return (await ingestBatch(ingest, request)).status
}
const kept = (person: string) => store.rows({ person }).map(({ id }) => id)
async function readable(sender: Enrolment): Promise<number> {
  const decision = await permitFor(store, sender.receipt.id, 'ground')
  return decision.ok ? (await Array.fromAsync(store.batches(decision.value))).length : 0
}

test('attack 33: what a device recorded offline before its person withdrew elsewhere is refused when it comes, whatever its clock says', async () => {
  expect(await send(ada, 'batch-0001')).toBe(200)
  await withdrawReceipt(store, { person: 'ada' })
  nowEpochMs += 60_000
  for (const [id, closedAtEpochMs] of [
    ['batch-0002', nowEpochMs - 120_000],
    ['batch-0003', nowEpochMs],
    ['batch-0004', nowEpochMs - 30 * 86_400_000],
    ['batch-0005', nowEpochMs + 86_400_000],
  ] as const)
    expect([id, await send(ada, id, { closedAtEpochMs })]).toEqual([id, 403])
  expect(kept('ada')).toEqual(['batch-0001'])
  expect(await readable(ada)).toBe(0)
})

test('attack 33: a token by a clock that was set back is refused, and so is what was recorded before an erasure', async () => {
  const batch = sampleBatch(ada, 'batch-0001', { closedAtEpochMs: nowEpochMs - 600_000 })
  const request = await signedRequest(ada, JSON.stringify(batch), { atEpochMs: nowEpochMs - 600_000 })
  expect((await ingestBatch(ingest, request)).status).toBe(401)
  await eraseData(store, { person: 'ada' })
  expect(await send(ada, 'batch-0002', { closedAtEpochMs: nowEpochMs - 1_000 })).toBe(403)
  expect(kept('ada')).toEqual([])
})

test('attack 33: what a device whose clock is ahead recorded before an erasure is refused after it, and what says that it is of time to come', async () => {
  await eraseData(store, { person: 'ada' })
  nowEpochMs += 1_000
  const aheadMs = 240_000
  const late = sampleBatch(ada, 'batch-0001', { closedAtEpochMs: nowEpochMs + aheadMs - 2_000 })
  const request = await signedRequest(ada, JSON.stringify(late), { atEpochMs: nowEpochMs + aheadMs })
  expect(await ingestBatch(ingest, request)).toMatchObject({ status: 403, body: { reason: 'erased' } })
  const fresh = await enrolDevice(store, { person: 'ada', manifest: ada.manifest, endpoint: '' })
  expect(await send(fresh, 'batch-0002', { closedAtEpochMs: nowEpochMs + 86_400_000 })).toBe(403)
  expect(kept('ada')).toEqual([])
  expect(await send(fresh, 'batch-0003')).toBe(200)
})

test('attack 38: what was recorded before its person agreed, or while they did not, is refused, also once they agree anew', async () => {
  const [dayMs, { decidedAtEpochMs, expiresAtEpochMs, publicKey, modalities }] = [86_400_000, ada.receipt]
  const at = async (day: number): Promise<number> =>
    send(ada, `batch-${Math.round(day * 10) + 1_000}`, { closedAtEpochMs: decidedAtEpochMs + day * dayMs })
  expect([await at(-1), await at(-20_000), await at(0)]).toEqual([403, 403, 200])
  const privateKey = await importPrivateKey(ada.deviceKey)
  const decide = async (status: Receipt['status'], follows: string): Promise<string> => {
    const given = { person: 'ada', manifest: ada.manifest, purposes: ['ground'], modalities, assurance: 'local', status, follows } as const
    const receipt = await grantReceipt({ ...given, nowEpochMs, expiresAtEpochMs: nowEpochMs + 20 * dayMs }, { publicKey, privateKey })
    expect(await putReceipt(store, receipt)).toMatchObject({ ok: true })
    return receipt.id
  }
  nowEpochMs += 2 * dayMs
  const paused = await decide('paused', ada.receipt.id)
  nowEpochMs += 2 * dayMs
  const again = await decide('renewed', paused)
  nowEpochMs += 2 * dayMs
  await withdrawReceipt(store, { person: 'ada' })
  nowEpochMs += 2 * dayMs
  await decide('renewed', again)
  nowEpochMs += 10 * dayMs
  // Given on day 0, paused on 2, given on 4, withdrawn on 6, given on 8.
  expect([await at(1), await at(3), await at(5), await at(7), await at(9)]).toEqual([200, 403, 200, 403, 200])
  expect(expiresAtEpochMs).toBeGreaterThan(nowEpochMs)
})

test('attack 33: a device that is not in use any more sends nothing under an agreement that its person made on another one since', async () => {
  expect(await send(ada, 'batch-0001')).toBe(200)
  await withdrawReceipt(store, { person: 'ada' })
  nowEpochMs += 60_000
  const fresh = await enrolDevice(store, { person: 'ada', manifest: ada.manifest, endpoint: '' })
  const { id: receipt, manifestSha256: manifest } = fresh.receipt
  expect(await send(ada, 'batch-0002', { receipt, manifest })).toBe(403)
  expect(await send(fresh, 'batch-0003')).toBe(200)
  // Which is not to say that it may never be agreed to there again.
  const pair = { publicKey: ada.receipt.publicKey, privateKey: await importPrivateKey(ada.deviceKey) }
  const { purposes, modalities, expiresAtEpochMs } = ada.receipt
  const given = { person: 'ada', manifest: ada.manifest, purposes, modalities, nowEpochMs, expiresAtEpochMs, assurance: 'local' } as const
  const again = await grantReceipt(given, pair)
  expect(await putReceipt(store, again)).toMatchObject({ ok: true })
  expect(await send(ada, 'batch-0004', { receipt: again.id })).toBe(200)
  // One that no device signed is for all of them, as `overt receipt grant` makes it.
  const byHand = await grantReceipt(given, await generateKeyPair())
  expect(await putReceipt(store, byHand)).toMatchObject({ ok: true })
  expect(await send(ada, 'batch-0005', { receipt: byHand.id })).toBe(200)
  expect(kept('ada')).toEqual(['batch-0001', 'batch-0003', 'batch-0004', 'batch-0005'])
})

test.each(['withdraw', 'erase'] as const)(
  'attack 34: what waits behind a slow disk when its person comes to %s is refused',
  async (act) => {
    await end()
    const slow = slowDisk()
    await begin(slow.disk)
    const release = slow.hold()
    const first = send(ada, 'batch-a001')
    await vi.waitFor(() => expect(slow.waiting()).toBe(1), 20_000)
    const behind = send(ada, 'batch-a002')
    const other = send(bob, 'batch-b001')
    // Until both stand in the queue behind the first: admitted, not yet written.
    await vi.waitFor(() => expect(ingest.counters().inFlight).toBe(3), 20_000)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const ending = act === 'erase' ? eraseData(store, { person: 'ada' }) : withdrawReceipt(store, { person: 'ada' })
    release()
    await ending
    expect([await first, await behind, await other]).toEqual([200, 403, 200])
    expect(kept('ada')).toEqual(act === 'erase' ? [] : ['batch-a001'])
    expect([await readable(ada), await readable(bob)]).toEqual([0, 1])
  },
)

test('what waits behind a slow disk while its person erases other work is kept, and what is of the erased goes, whatever it says of its time', async () => {
  await end()
  const slow = slowDisk()
  await begin(slow.disk)
  expect(await send(ada, 'batch-a000', { session: 'old' })).toBe(200)
  const release = slow.hold()
  const first = send(ada, 'batch-a001', { session: 'live' })
  await vi.waitFor(() => expect(slow.waiting()).toBe(1), 20_000)
  const behind = send(ada, 'batch-a002', { session: 'live' })
  const ahead = { session: 'old', closedAtEpochMs: nowEpochMs + 240_000 }
  const late = send(ada, 'batch-a003', ahead)
  await vi.waitFor(() => expect(ingest.counters().inFlight).toBe(3), 20_000)
  const erasing = eraseData(store, { person: 'ada', session: 'old' })
  nowEpochMs += 1_000
  release()
  await erasing
  expect([await first, await behind, await late]).toEqual([200, 200, 403])
  expect(kept('ada').toSorted()).toEqual(['batch-a001', 'batch-a002'])
  expect(ingest.counters().refused).toEqual({ erased: 1 })
})

test('nobody who follows a person’s batches hears of one that was erased while it was written', async () => {
  await end()
  const slow = slowDisk()
  await begin(slow.disk)
  const heard: string[] = []
  ingest = createIngest(store, { onStored: ({ id }) => heard.push(id) })
  const release = slow.hold()
  const sent = send(ada, 'batch-a001', { session: 'old' })
  await vi.waitFor(() => expect(slow.waiting()).toBe(1), 20_000)
  const erasing = eraseData(store, { person: 'ada', session: 'old' })
  release()
  await erasing
  expect([await sent, await send(ada, 'batch-a002', { session: 'live' }), heard]).toEqual([200, 200, ['batch-a002']])
})

test('whenever a person erases other work, what they are recording is taken, and no recorder is said to have gone too far', async () => {
  for (let turns = 0; turns < 24; turns += 1) {
    // Decided anew each time, so that the erasure meets the decision as well as what comes before and after it.
    await eraseData(store, { person: 'ada', session: 'old' })
    nowEpochMs += 1
    const sent = [0, 1, 2].map((n) => send(ada, `batch-${1_000 + turns * 3 + n}`, { session: 'live' }))
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    const erasing = eraseData(store, { person: 'ada', session: 'old' })
    expect([turns, await Promise.all(sent)]).toEqual([turns, [200, 200, 200]])
    await erasing
  }
  const entries = await Array.fromAsync(store.ledger.entries())
  expect(entries.filter(({ kind }) => kind === 'overreach')).toEqual([])
})

test('attack 34: whatever was on its way when a person withdrew or erased, nothing of it can be read after, and nobody else’s is missing', async () => {
  const cases = asyncProperty(constantFrom('withdraw', 'erase'), nat(8), nat(6), async (act, before, turns) => {
    await end()
    await begin()
    const sent = Array.from({ length: 8 }, (_, n) => send(ada, `batch-a00${n}`, { session: `s-${n % 2}` }))
    const others = Array.from({ length: 3 }, (_, n) => send(bob, `batch-b00${n}`))
    await Promise.all(sent.slice(0, before))
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    if (act === 'withdraw') await withdrawReceipt(store, { person: 'ada' })
    else await eraseData(store, { person: 'ada' })
    const then = kept('ada').length
    const statuses = await Promise.all(sent)
    expect(await Promise.all(others)).toEqual([200, 200, 200])
    expect(await readable(bob)).toBe(3)
    // Acknowledged and kept are the same, but for what the erasure took.
    const acknowledged = statuses.filter((status) => status === 200).length
    expect(kept('ada').length).toBe(act === 'withdraw' ? acknowledged : 0)
    // What was being written by then may be kept: it was acknowledged.
    expect(kept('ada').length).toBeGreaterThanOrEqual(then)
    // What comes now is too late, whatever is still being written.
    expect(await send(ada, 'batch-a009')).not.toBe(200)
    expect(await readable(ada)).toBe(0)
  })
  await assert(cases, { numRuns: 12 })
})

async function textsOf(dir: string): Promise<string> {
  const read = await readManifest(dir)
  if (!read.ok) throw new Error(read.reason)
  return (await Array.fromAsync(readRelease(dir, read.value))).map((row) => JSON.stringify(row)).join('\n')
}

function bytesIn(dir: string, text: string): readonly string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => readFileSync(path).includes(text))
}

async function release(): Promise<string> {
  for (const [n, sender] of [ada, bob, ada, bob].entries())
    await send(sender, `batch-000${n}`, { session: `s-${n}`, note: sender === ada ? canary : `heron ${n} on the bank` })
  return join(folder.dir, 'release')
}
const spec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0, test01: 0 } } as const

/** How often `act` has to wait before it comes at this point of a build. */
function contextWith(act: () => Promise<unknown>, at: 'persons' | 'written'): ReturnType<typeof datasetContext> {
  const context = datasetContext(store)
  let once = false
  return {
    ...context,
    persons: async () => {
      if (at === 'persons' && !once) {
        once = true
        await act()
      }
      return context.persons()
    },
    nowEpochMs: () => {
      // Asked when the rows are written and the card is made: the last moment before the release is moved to its place.
      if (at === 'written' && !once) {
        once = true
        void act()
      }
      return context.nowEpochMs()
    },
  }
}

test.each([
  ['persons', 'erase'],
  ['written', 'erase'],
  ['persons', 'withdraw'],
  ['written', 'withdraw'],
] as const)('attacks 34, 36: at "%s" of a build somebody comes to %s: the release is made anew without them', async (at, act) => {
  const out = await release()
  const ending = () =>
    act === 'erase' ? eraseData(store, { person: 'ada' }, { reemit: reemitFor(store) }) : withdrawReceipt(store, { person: 'ada' })
  const report = await buildDataset(contextWith(ending, at), spec, out)
  expect(report).toMatchObject({ ok: true, episodes: 2, people: 1 })
  expect(bytesIn(out, canary)).toEqual([])
  expect(await textsOf(out)).not.toContain('kingfisher')
  expect(await textsOf(out)).toContain('heron')
})

/** The store, as a build reads it: before each part of a person's work is handed out, and after the last, it is somebody's turn. */
function readingOf(turn: () => Promise<unknown>): ReturnType<typeof datasetContext>['store'] {
  async function* each<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const part of parts) {
      await turn()
      yield part
    }
    await turn()
  }
  return {
    sessions: async (permit, filter) => {
      await turn()
      return store.sessions(permit, filter)
    },
    batches: (permit, filter) => each(store.batches(permit, filter)),
    episodes: (permit, filter) => each(store.episodes(permit, filter)),
  }
}

/** Builds while `act` comes at one turn of it; tells which words are in the release, and whether there was such a turn. */
async function wordsWith(act: () => Promise<unknown>, at: number): Promise<{ readonly words: readonly string[]; readonly came: boolean }> {
  const notes = ['heron', 'kingfisher', 'osprey']
  for (const [n, note] of notes.entries()) await send(n === 0 ? bob : ada, `batch-000${n}`, { session: `s-${n}`, note })
  let turns = 0
  const turn = async (): Promise<void> => {
    turns += 1
    if (turns === at) await act()
  }
  const out = join(folder.dir, 'release')
  expect(await buildDataset({ ...datasetContext(store), store: readingOf(turn) }, spec, out)).toMatchObject({ ok: true })
  expect(readdirSync(folder.dir).toSorted()).toEqual(['data', 'release'])
  const texts = await textsOf(out)
  return { words: notes.filter((note) => texts.includes(note)), came: turns >= at }
}

test.each([
  ['erase', () => eraseData(store, { person: 'ada' }), ['heron']],
  ['erase a session', () => eraseData(store, { person: 'ada', session: 's-1' }), ['heron', 'osprey']],
  ['withdraw', () => withdrawReceipt(store, { person: 'ada' }), ['heron']],
  ['restrict', () => restrictUse(store, 'ada', true), ['heron']],
] as const)(
  'attacks 34, 36: wherever in a build somebody comes to %s, the release is made without that, and with all else',
  async (_, act, left) => {
    let at = 1
    for (; ; at += 1) {
      const { words, came } = await wordsWith(act, at)
      if (!came) break
      expect([at, words]).toEqual([at, left])
      await end()
      await begin()
    }
    // Both readings of both people.
    expect(at).toBeGreaterThan(16)
  },
)

test('attack 34: a build that the kill switch stops leaves nothing, and says that it was stopped', async () => {
  const out = await release()
  let turns = 0
  const turn = async (): Promise<void> => {
    turns += 1
    if (turns === 3) await store.killSwitch.kill('operator', 'a test')
  }
  await expect(buildDataset({ ...datasetContext(store), store: readingOf(turn) }, spec, out)).rejects.toMatchObject({ kind: 'stopped' })
  expect(readdirSync(folder.dir)).toEqual(['data'])
})

test('attacks 34, 36: of two who erase at once nothing is left in a release, and the others are in it still', async () => {
  const manifest = ada.manifest
  const cyd = await enrolDevice(store, { person: 'cyd', manifest, endpoint: '' })
  const out = await release()
  await send(cyd, 'batch-0009', { session: 's-9', note: 'a lark over the field' })
  await buildDataset(datasetContext(store), spec, out)
  const reemit = reemitFor(store)
  const erased = await Promise.all(['ada', 'bob'].map((person) => eraseData(store, { person }, { reemit })))
  expect(erased.map(({ left }) => left)).toEqual([[], []])
  const [last] = selectDatasets(store.control).filter(({ replacedBy }) => replacedBy === null)
  expect(await textsOf(last?.path ?? '')).toContain('a lark over the field')
  const folders = readdirSync(folder.dir).filter((name) => name.startsWith('release'))
  const texts = await Promise.all(folders.map((name) => textsOf(join(folder.dir, name)).catch(() => '')))
  expect(texts.join()).not.toMatch(/kingfisher|heron/)
})

test('attacks 34, 36: an erasure during an export leaves no copy of the erased', async () => {
  const out = await release()
  await buildDataset(datasetContext(store), spec, out)
  const copy = join(folder.dir, 'copy')
  const exporting = exportFrom(store, out, 'jsonl', copy).then(
    () => 'kept',
    (error: unknown) => String(error),
  )
  await new Promise((resolve) => setImmediate(resolve))
  await eraseData(store, { person: 'ada' }, { reemit: reemitFor(store) })
  const outcome = await exporting
  expect(outcome === 'kept' || outcome.includes('Somebody erased') || outcome.includes('revoked')).toBe(true)
  expect(bytesIn(folder.dir, canary)).toEqual([])
})

test('attack 38: a receipt that is forged, expired, of another purpose, person or modality gets a 403, and nothing is kept', async () => {
  const past = { closedAtEpochMs: nowEpochMs }
  expect(await send(ada, 'batch-0001', { ...past, receipt: 'forged' })).toBe(403)
  expect(await send(ada, 'batch-0002', { ...past, receipt: bob.receipt.id })).toBe(403)
  expect(await send(ada, 'batch-0003', { ...past, purpose: 'share' })).toBe(403)
  expect(await send(ada, 'batch-0004', { ...past, modalities: ['actions', 'pixels'] })).toBe(403)
  expect(await send(ada, 'batch-0005', { ...past, person: 'bob' })).toBe(403)
  expect(await send(ada, 'batch-0006', { ...past, manifest: '00'.repeat(32) })).toBe(403)
  nowEpochMs += 31 * 86_400_000
  expect(await send(ada, 'batch-0007')).toBe(403)
  expect([kept('ada'), kept('bob'), ingest.counters().refused]).toEqual([[], [], { receipt: 5, modality: 1, person: 1 }])
})
