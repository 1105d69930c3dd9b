import { generateKeyPair, grantReceipt, type Permit } from '@overt/privacy'
import type { Manifest, Receipt } from '@overt/schema'
import { asyncModelRun, assert, asyncProperty, commands, constant, integer, type AsyncCommand } from 'fast-check'
import { expect, test, vi } from 'vitest'

import { fixtureOrigin, sampleBatch, scratchFolder, signedRequest, trustedManifest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch, type Ingest } from '../ingest/ingest.ts'
import { openStore } from '../store/open-store.ts'
import { permitFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { putReceipt, withdrawReceipt } from './consent.ts'
import { type Enrolment, enrolDevice } from './enrol.ts'
import { eraseData } from './erase.ts'

vi.setConfig({ testTimeout: 240_000 })

const dayMs = 86_400_000

/** What should be so: whether the newest decision is a yes, until when, and how many batches can be read. */
interface Model {
  yes: boolean
  untilEpochMs: number
  nowEpochMs: number
  kept: number
  /** Whether all was erased since the device was enrolled. */
  ended: boolean
}

interface House {
  readonly store: Store
  readonly ingest: Ingest
  readonly manifest: Manifest
  readonly enrolment: Enrolment
  readonly pair: Awaited<ReturnType<typeof generateKeyPair>>
  readonly permits: Permit[]
  readonly clock: { nowEpochMs: number }
  head: string
  sent: number
}

type Act = AsyncCommand<Model, House>
const live = ({ yes, untilEpochMs, nowEpochMs }: Model): boolean => yes && nowEpochMs < untilEpochMs

/** After every act: a permit exactly while there is a live yes, all earlier ones dead once there is none, and what can be read is what was kept. */
async function holds(model: Model, house: House): Promise<void> {
  const decision = await permitFor(house.store, house.head, 'ground')
  if (decision.ok) house.permits.push(decision.value)
  const read = decision.ok ? (await Array.fromAsync(house.store.batches(decision.value))).length : 0
  const alive = house.permits.filter((permit) => !permit.signal.aborted && permit.allows({ url: `${fixtureOrigin}/` }, 'actions')).length
  expect([decision.ok, read, alive > 0]).toEqual([live(model), live(model) ? model.kept : 0, live(model)])
}

function act(
  name: string,
  run: (model: Model, house: House) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Act {
  return {
    check,
    toString: () => name,
    run: async (model, house) => {
      await run(model, house)
      await holds(model, house)
    },
  }
}

async function decideAs(house: House, status: Receipt['status'], nowEpochMs: number): Promise<void> {
  const { manifest, pair, head } = house
  const grant = { person: 'ada', manifest, purposes: ['ground'], modalities: ['actions', 'text', 'structure'], assurance: 'local' } as const
  const times = { nowEpochMs, expiresAtEpochMs: nowEpochMs + 10 * dayMs }
  const receipt = await grantReceipt({ ...grant, ...times, status, follows: head }, pair)
  expect(await putReceipt(house.store, receipt)).toMatchObject({ ok: true })
  house.head = receipt.id
}

const acts = [
  constant(
    act('renew', async (model, house) => {
      await decideAs(house, 'renewed', model.nowEpochMs)
      Object.assign(model, { yes: true, untilEpochMs: model.nowEpochMs + 10 * dayMs })
    }),
  ),
  constant(
    act('pause', async (model, house) => {
      await decideAs(house, 'paused', model.nowEpochMs)
      model.yes = false
    }),
  ),
  constant(
    act('withdraw', async (model, house) => {
      await withdrawReceipt(house.store, { person: 'ada' })
      model.yes = false
    }),
  ),
  constant(
    act('send', async (model, house) => {
      house.sent += 1
      const change = { closedAtEpochMs: model.nowEpochMs, session: `s-${house.sent % 2}` }
      const batch = sampleBatch(house.enrolment, `batch-${String(house.sent).padStart(5, '0')}`, change)
      const request = await signedRequest(house.enrolment, JSON.stringify(batch), { atEpochMs: model.nowEpochMs })
      const { status } = await ingestBatch(house.ingest, request)
      const due = model.ended ? 401 : live(model) ? 200 : 403
      if (status !== due) throw new Error(`a batch got ${status}, a live yes is ${live(model)}, and the device has ended: ${model.ended}`)
      if (status === 200) model.kept += 1
    }),
  ),
  constant(
    act('erase all', async (model, house) => {
      await eraseData(house.store, { person: 'ada' })
      model.kept = 0
      model.ended = true
      model.nowEpochMs = house.clock.nowEpochMs += 1
    }),
  ),
  constant(
    act('erase each session', async (model, house) => {
      for (const session of ['s-0', 's-1']) await eraseData(house.store, { person: 'ada', session })
      model.kept = 0
      // What is recorded in this very millisecond counts as before.
      model.nowEpochMs = house.clock.nowEpochMs += 1
    }),
  ),
  integer({ min: 1, max: 6 }).map((days) =>
    act(`${days} days pass`, async (model, house) => {
      model.nowEpochMs = house.clock.nowEpochMs += days * dayMs
    }),
  ),
]

test('C28 whatever people do in whatever order, there is a permit exactly while their newest decision is a live yes, and only what was kept can be read', async () => {
  const run = asyncProperty(commands(acts, { maxCommands: 14 }), async (list) => {
    const folder = scratchFolder()
    const clock = { nowEpochMs: Date.now() }
    const store = await openStore(folder.dir, { nowEpochMs: () => clock.nowEpochMs })
    try {
      const manifest = await trustedManifest(store)
      const pair = await generateKeyPair()
      const enrolment = await enrolDevice(store, { person: 'ada', manifest, endpoint: '', expiresAtEpochMs: clock.nowEpochMs + 10 * dayMs })
      const house: House = {
        store,
        ingest: createIngest(store),
        manifest,
        enrolment,
        pair,
        permits: [],
        clock,
        head: enrolment.receipt.id,
        sent: 0,
      }
      const model: Model = { yes: true, untilEpochMs: clock.nowEpochMs + 10 * dayMs, nowEpochMs: clock.nowEpochMs, kept: 0, ended: false }
      await asyncModelRun(() => ({ model, real: house }), list)
    } finally {
      await store.close()
      folder.remove()
    }
  })
  await assert(run, { numRuns: 25 })
})
