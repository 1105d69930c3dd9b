import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import type { LedgerEntry } from '@overt/schema'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { buildDataset } from './datasets/build.ts'
import { sampleBatch, scratchFolder, signedRequest, trustedManifest } from './ingest/fixture.ts'
import { createIngest, ingestBatch } from './ingest/ingest.ts'
import { crashedCopy } from './store/crashed.fixture.ts'
import { selectDatasets, selectModels } from './store/lineage.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { beginMaking, selectUnfinished } from './store/unfinished.ts'
import { putManifest, trustKey, withdrawReceipt } from './govern/consent.ts'
import { revokeDevice } from './govern/devices.ts'
import { type Enrolment, enrolDevice, registerDevice } from './govern/enrol.ts'
import { eraseData, type EraseSubject } from './govern/erase.ts'
import { finishActs } from './finish.ts'
import { datasetContext, exportFrom } from './releases.ts'
import { registerDataset, registerModel } from './govern/lineage.ts'
import { restrictUse } from './govern/restrict.ts'
import { enforceRetention } from './govern/retention.ts'

const hash = '11'.repeat(32)
const dayMs = 86_400_000

let folder: ReturnType<typeof scratchFolder>
let store: Store
let ada: Enrolment
let nowEpochMs: number
const copies: string[] = []

beforeEach(async () => {
  folder = scratchFolder()
  nowEpochMs = Date.now()
  store = await openAt(folder.dir)
  ada = await enrolDevice(store, { person: 'ada', manifest: await trustedManifest(store), endpoint: '' })
  for (const [id, session] of [
    ['batch-a001', 'session-1'],
    ['batch-a002', 'session-2'],
  ] as const)
    await send(store, ada, id, session)
  const path = join(folder.dir, 'release')
  mkdirSync(path)
  const episodes = ['session-1', 'session-2'].map((session) => ({ episode: `of ${session}`, person: 'ada', session }))
  await registerDataset(store, { hash, name: 'orders', path, purpose: 'ground', episodes })
  await registerModel(store, { hash: '33'.repeat(32), path: join(folder.dir, 'a.model'), dataset: hash })
})

afterEach(async () => {
  await store.close()
  folder.remove()
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true })
})

async function send(to: Store, from: Enrolment, id: string, session: string): Promise<void> {
  const request = await signedRequest(from, JSON.stringify(sampleBatch(from, id, { session, closedAtEpochMs: nowEpochMs })), {
    atEpochMs: nowEpochMs,
  })
  expect((await ingestBatch(createIngest(to), request)).status).toBe(200)
}

const openAt = (dir: string): Promise<Store> => openStore(dir, { nowEpochMs: () => nowEpochMs })

/** Copies of the folder from moments of an act: before its keys go, after, before its entry in the ledger is made (of any `kind`, or this), and after. */
async function cutOff(act: () => Promise<unknown>, kind = ''): Promise<readonly string[]> {
  const { keys, ledger } = store
  const own = { records: keys.destroyRecords, person: keys.destroyPerson, appendOwed: ledger.appendOwed }
  const cut = (): void => void copies.push(crashedCopy(folder.dir, String(copies.length)))
  keys.destroyRecords = (...args) => {
    cut()
    own.records.apply(keys, args)
    cut()
  }
  keys.destroyPerson = (...args) => {
    cut()
    own.person.apply(keys, args)
    cut()
  }
  ledger.appendOwed = (draft) => {
    if (kind !== '' && kind !== draft.kind) return own.appendOwed.call(ledger, draft)
    cut()
    const entered = (): void => {
      cut()
      draft.entered()
    }
    return own.appendOwed.call(ledger, { ...draft, entered })
  }
  await act()
  return copies
}

async function entriesOf(one: Store, kind: string): Promise<readonly LedgerEntry[]> {
  return (await Array.fromAsync(one.ledger.entries())).filter((entry) => entry.kind === kind)
}

test.each<[string, EraseSubject, string, readonly string[]]>([
  ['a session', { session: 'session-1' }, 'session', ['session-2']],
  ['a person', { person: 'ada' }, 'person', []],
  ['what was recorded last', { person: 'ada', lastMs: dayMs }, 'span', []],
])(
  'an erasure of %s that a crash cuts off anywhere is carried out: keys, releases, models, and one entry',
  async (_, subject, scope, left) => {
    const events = 'session' in subject ? 3 : 6
    const reemit = async (): Promise<{ readonly hash: string }> => (
      copies.push(crashedCopy(folder.dir, 'reemit')),
      { hash: '66'.repeat(32) }
    )
    const moments = await cutOff(() => eraseData(store, subject, { reemit }))
    expect(moments).toHaveLength(5)
    const dropped = left.length === 0 ? ['of session-1', 'of session-2'] : ['of session-1']
    for (const [place, dir] of moments.entries()) {
      const isWritten = (): boolean =>
        readdirSync(dir).some((name) => name.startsWith('control') && readFileSync(join(dir, name), 'latin1').includes('"act":"erasure"'))
      expect(isWritten()).toBe(true)
      const again = await openAt(dir)
      const made: unknown[] = []
      const makeAnew = async ({ dropEpisodes }: { readonly dropEpisodes: readonly string[] }): Promise<{ readonly hash: string }> => {
        made.push(dropEpisodes)
        return { hash: '77'.repeat(32) }
      }
      expect(await finishActs(again, { reemit: makeAnew })).toContain('an act that was cut off is finished: erasure')
      // The third is from the middle of making it anew.
      expect(made).toEqual(place < 3 ? [dropped] : [])
      expect(again.rows().map((row) => row.session)).toEqual(left)
      expect([selectDatasets(again.control), selectModels(again.control)]).toMatchObject([
        [{ revokedAtEpochMs: nowEpochMs, replacedBy: (place < 3 ? '77' : '66').repeat(32) }],
        [{ revokedAtEpochMs: nowEpochMs }],
      ])
      expect(await entriesOf(again, 'erasure')).toMatchObject([{ body: { scope, events, datasets: 1, models: 1 } }])
      expect([selectUnfinished(again.control), isWritten()]).toEqual([[], false])
      expect([await finishActs(again), (await again.ledger.verify()).ok]).toEqual([[], true])
      await again.close()
    }
  },
)

test.each<[string, () => Promise<unknown>]>([
  ['key', () => trustKey(store, { keyId: 'council-1', by: 'council', publicKey: ada.receipt.publicKey })],
  ['manifest', async () => putManifest(store, await trustedManifest(store, ['evaluate']))],
  ['receipt', () => enrolDevice(store, { person: 'bob', manifest: ada.manifest, endpoint: '' })],
  ['device', () => registerDevice(store, { person: 'ada', publicKey: ada.receipt.publicKey, receipt: ada.receipt })],
  ['revocation', () => revokeDevice(store, ada.deviceId)],
  ['withdrawal', () => withdrawReceipt(store, { person: 'ada' })],
  ['restriction', () => restrictUse(store, 'ada', true)],
  ['dataset', () => registerDataset(store, { hash: '22'.repeat(32), name: 'more', path: folder.dir, purpose: 'ground', episodes: [] })],
  ['training', () => registerModel(store, { hash: '44'.repeat(32), path: join(folder.dir, 'b.model'), dataset: hash })],
  ['kill', () => store.killSwitch.kill('an officer', 'a look')],
])('a change that a crash cuts off from its entry has it once the folder is opened again: %s', async (kind, act) => {
  const before = (await entriesOf(store, kind)).length
  const moments = await cutOff(act, kind)
  expect(moments).toHaveLength(2)
  const last = { body: (await entriesOf(store, kind)).at(-1)?.body }
  for (const dir of moments) {
    const again = await openAt(dir)
    expect(await finishActs(again)).toEqual([`an act that was cut off is finished: ${kind}`])
    const entries = await entriesOf(again, kind)
    expect([entries.length, entries.at(-1)]).toMatchObject([before + 1, last])
    expect([selectUnfinished(again.control), (await again.ledger.verify()).ok]).toEqual([[], true])
    await again.close()
  }
})

test('whoever enrols again before an erasure of theirs is finished keeps what is new', async () => {
  const [, gone = ''] = await cutOff(() => eraseData(store, { person: 'ada' }))
  const again = await openAt(gone)
  const anew = await enrolDevice(again, { person: 'ada', manifest: ada.manifest, endpoint: '' })
  nowEpochMs += 1
  await send(again, anew, 'batch-new', 'session-1')
  await finishActs(again)
  expect(again.rows().map((row) => row.id)).toEqual(['batch-new'])
  await again.close()
})

test('a retention that a crash cuts off is entered once where its records have ended, and else comes with the next run', async () => {
  nowEpochMs += 4_000 * dayMs
  const moments = await cutOff(() => enforceRetention(store))
  for (const [place, dir] of moments.entries()) {
    const again = await openAt(dir)
    await finishActs(again)
    expect(await entriesOf(again, 'retention')).toMatchObject(place === 0 ? [] : [{ body: { records: 2 } }])
    await enforceRetention(again)
    expect((await entriesOf(again, 'retention')).reduce((sum, { body }) => sum + Number(body['records']), 0)).toBe(2)
    expect([again.rows(), selectUnfinished(again.control)]).toEqual([[], []])
    await again.close()
  }
})

const spec = { name: 'orders', purpose: 'ground', splits: { by: 'episode', validation01: 0, test01: 0 } } as const

test('of a release that a crash leaves half made, or made and not registered, nothing is left once the folder is opened again', async () => {
  const out = `${folder.dir}-made`
  copies.push(out, `${out}.partial`)
  const register = async (): Promise<never> => {
    copies.push(crashedCopy(folder.dir))
    throw new Error('the process ends here')
  }
  await expect(buildDataset({ ...datasetContext(store), register }, spec, out)).rejects.toThrow('ends here')
  mkdirSync(`${out}.partial`)
  const again = await openAt(copies.at(-1) ?? '')
  expect(await finishActs(again)).toEqual([expect.stringContaining(`${out}.partial`), expect.stringContaining(out)])
  expect([out, `${out}.partial`].map((path) => existsSync(path))).toEqual([false, false])
  expect(selectUnfinished(again.control)).toEqual([])
  // Once more, whole: what is registered stays, and a copy of it, and what was somebody else's.
  await buildDataset(datasetContext(again), spec, out)
  await exportFrom(again, out, 'jsonl', `${out}.partial`)
  beginMaking(again.control, join(out, 'data'))
  expect(await finishActs(again)).toEqual([])
  await again.close()
  expect([out, join(out, 'data'), `${out}.partial`].map((path) => existsSync(path))).toEqual([true, true, true])
})
