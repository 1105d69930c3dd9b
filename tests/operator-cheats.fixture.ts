import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { buildDataset, datasetContext, exportFrom, permitsFor, putReceipt } from '@overt/data'
import { generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Finding } from '@overt/privacy/ledger'
import type { Batch, Modality } from '@overt/schema'

import { openStage } from '../packages/capture/chromium.ts'
import { startTrial } from '../packages/capture/trial.ts'
import { openHouse, type House } from './operator-house.fixture.ts'
import { openPerson, openWitness, type Person, type Witness } from './operator-person.fixture.ts'

/** A deployment with the two that watch it. */
export interface Scenario {
  readonly house: House
  readonly ada: Person
  readonly witness: Witness
}

/** One way to cheat. */
export interface Cheat {
  readonly name: string
  /** What the operator does, in words. */
  readonly how: string
  /** What is found. */
  readonly finds: Finding['kind']
  /** What the person agreed to, where it matters. */
  readonly modalities?: readonly Modality[]
  readonly plant: (scenario: Scenario) => Promise<void>
  /** What goes on at every minute after. */
  readonly goesOn?: (scenario: Scenario) => Promise<void>
}

/** Who noticed what first, and how long after. */
export interface Caught {
  readonly by: 'client' | 'witness' | 'both' | null
  readonly kinds: readonly string[]
  readonly problem: string
  /** Also where something was found before anything was done. */
  readonly early: boolean
  readonly afterMs: number
}

const minuteMs = 60_000
const withinMs = 5 * minuteMs

/** The twelve of trust.md. */
export const cheats: readonly Cheat[] = [
  {
    name: 'forged receipt',
    finds: 'forged-receipt',
    how: 'signs a receipt in the person’s name with a key of its own, and keeps it',
    plant: async ({ house }) => {
      const pair = await generateKeyPair()
      const { nowEpochMs } = house.clock
      const expiresAtEpochMs = nowEpochMs + 86_400_000
      const grant = { person: 'ada', manifest: house.manifest, purposes: ['ground'], modalities: ['actions', 'text', 'structure'] } as const
      await putReceipt(house.store, await grantReceipt({ ...grant, nowEpochMs, expiresAtEpochMs, assurance: 'device' }, pair))
    },
  },
  {
    name: 'hidden or covered indicator',
    finds: 'indicator',
    how: 'serves pages that cover the sign of recording again and again; the built recorder runs in Chromium',
    plant: async ({ ada }) => {
      const stage = await openStage()
      try {
        const trial = await startTrial(stage, '<p>Orders</p>')
        await trial.page.evaluate(
          `const over = document.createElement('div'); over.popover = 'manual'; over.style.cssText = 'position:fixed;inset:0;width:auto;height:auto;background:#fff'; document.body.append(over); over.showPopover(); setInterval(() => { over.hidePopover(); over.showPopover() }, 20)`,
        )
        const deadline = Date.now() + 30_000
        while (trial.states.at(-1)?.state !== 'stopped' && Date.now() < deadline) await trial.page.waitForTimeout(50)
        ada.own = { ...ada.own, stopped: trial.states.flatMap((one) => (one.state === 'stopped' ? [one.reason] : [])) }
      } finally {
        await stage.close()
      }
    },
  },
  {
    name: 'one field more than the manifest',
    finds: 'beyond-manifest',
    how: 'ships a recorder that takes typed texts along, which the person did not agree to, and stores them without asking',
    modalities: ['actions', 'structure'],
    plant: async ({ house, ada }) => {
      house.front = storeUnasked(house)
      await ada.send()
    },
  },
  {
    name: 'forked ledger',
    finds: 'forked',
    how: 'runs two copies of the folder under one key: one for the person, one for everybody else',
    plant: async ({ house }) => {
      const copy = mkdtempSync(join(tmpdir(), 'overt-fork-'))
      const { dir } = house
      await house.restart(dir)
      await house.server.close()
      await house.store.close()
      cpSync(dir, copy, { recursive: true })
      const twin = await openHouse({ ...house, dir: copy })
      await house.restart(dir).catch(() => undefined)
      const { close } = house
      house.front = async (path, init) => (new Headers(init.headers).get('x-person') === 'ada' ? fetch(twin.server.url + path, init) : null)
      house.close = async () => {
        await twin.close()
        await close()
        rmSync(copy, { recursive: true, force: true })
      }
      await twin.store.ledger.append('key', { keyId: 'for-ada', by: 'operator' })
      await house.store.ledger.append('key', { keyId: 'for-others', by: 'operator' })
    },
    goesOn: async ({ ada }) => void (await ada.send()),
  },
  {
    name: 'rolled-back ledger',
    finds: 'rolled-back',
    how: 'puts an older copy of the folder in the place of the newer',
    plant: async ({ house, ada, witness }) => {
      const copy = mkdtempSync(join(tmpdir(), 'overt-back-'))
      await house.restart()
      cpSync(house.dir, copy, { recursive: true, filter: (path) => !path.endsWith('lock') && !path.endsWith('.sock') })
      await ada.send()
      await witness.look()
      await ada.check([witness])
      await house.restart(copy)
      const { close } = house
      house.close = async () => {
        await close()
        rmSync(copy, { recursive: true, force: true })
      }
    },
  },
  {
    name: 'withheld ledger',
    finds: 'withheld',
    how: 'goes on storing, and shows the checkpoint of yesterday',
    plant: async ({ house, ada }) => {
      const note = await house.store.ledger.latest()
      house.front = async (path) => (path === '/checkpoint' ? new Response(note) : null)
      await ada.send()
    },
  },
  {
    name: 'weaker redaction',
    finds: 'weak-redaction',
    how: 'ships a recorder that masks nothing',
    plant: async ({ ada }) => void (await ada.send({ note: 'write to jane.roe@example.com, card 4111 1111 1111 1111' })),
  },
  {
    name: 'segment kept after erasure',
    finds: 'kept',
    how: 'answers an erasure, enters it, and destroys no key',
    plant: async ({ house, ada }) => {
      house.store.keys.destroyRecords = () => undefined
      house.store.keys.destroyPerson = () => undefined
      await ada.erase({ session: 'session-1' })
    },
  },
  {
    name: 'clock moved',
    finds: 'clock',
    how: 'sets the ledger’s clock back by an hour, and nothing else’s',
    plant: async ({ house, ada }) => {
      house.offMs = -3_600_000
      Object.assign(house.store, { nowEpochMs: () => house.clock.nowEpochMs })
      await ada.send()
    },
  },
  {
    name: 'read without a leaf',
    finds: 'unrecorded-read',
    how: 'keeps reads out of the ledger',
    plant: async ({ house, ada }) => {
      const append = house.store.ledger.append.bind(house.store.ledger)
      house.store.ledger.append = async (kind, body, person) => (kind === 'read' ? 0 : append(kind, body, person))
      await ada.look()
    },
  },
  {
    name: 'widened manifest for one person',
    finds: 'other-manifest',
    how: 'asks one person, and nobody else, about a manifest with one purpose more',
    plant: async ({ house }) => {
      const wider = await house.papers.sign({ ...house.manifest, purposes: [...house.manifest.purposes, 'automate'], signatures: [] })
      house.front = async (path, init) =>
        path === '/v1/consent' && new Headers(init.headers).get('x-person') === 'ada'
          ? Response.json({ manifest: wider, keys: house.papers.keys })
          : null
    },
  },
  {
    name: 'exported after withdrawal',
    finds: 'not-withdrawn',
    how: 'answers a withdrawal, does not enter it, and exports',
    plant: async ({ house, ada }) => {
      const out = mkdtempSync(join(tmpdir(), 'overt-export-'))
      house.front = async (path) => (path === '/v1/mine/withdrawals' ? Response.json({ withdrawn: 1 }) : null)
      await ada.withdraw()
      const spec = { name: 'notes', purpose: 'ground', splits: { by: 'episode', validation01: 0, test01: 0 } } as const
      await buildDataset(datasetContext(house.store), spec, join(out, 'release'))
      await exportFrom(house.store, join(out, 'release'), 'jsonl', join(out, 'lines'))
      rmSync(out, { recursive: true, force: true })
    },
  },
]

/** An ingest that asks for no consent: it keeps whatever arrives. */
function storeUnasked(house: House): House['front'] {
  return async (path, init) => {
    if (path !== '/v1/batches') return null
    const body = typeof init.body === 'string' ? init.body : ''
    const batch: Batch = JSON.parse(body)
    for await (const permit of permitsFor(house.store, 'ground', { persons: [batch.person] }))
      await house.store.append(permit, Buffer.from(body), {
        kind: 'batch',
        id: batch.id,
        contentSha256: createHash('sha256').update(body).digest('hex'),
        form: batch.v,
        person: batch.person,
        session: batch.session,
        device: batch.device,
        mode: batch.mode,
        origin: batch.origin,
        receipt: batch.receipt,
        atEpochMs: batch.closedAtEpochMs,
        events: 3,
        observations: 1,
        tasks: 1,
      })
    return Response.json({ acked: batch.id, duplicate: false })
  }
}

/** Runs a deployment: an honest quarter of an hour, then the cheat (none in a control), then a look by both at every minute for five. */
export async function runCheat(cheat: Cheat | null): Promise<Caught> {
  const house = await openHouse()
  try {
    const scenario = { house, ada: await openPerson(house, 'ada', cheat?.modalities), witness: await openWitness(house) }
    const { ada } = scenario
    for (let minute = 0; minute < 15; minute += 5) {
      house.clock.nowEpochMs += 5 * minuteMs
      if (cheat?.modalities === undefined) await ada.send()
      if (minute === 5) await ada.look()
      const early = await looks(scenario)
      if (early !== null) return { ...early, early: true, afterMs: 0 }
    }
    await cheat?.plant(scenario)
    for (let afterMs = minuteMs; afterMs <= withinMs; afterMs += minuteMs) {
      house.clock.nowEpochMs += minuteMs
      const caught = await looks(scenario)
      if (caught !== null) return { ...caught, early: false, afterMs }
      await cheat?.goesOn?.(scenario)
    }
    return { by: null, kinds: [], problem: '', early: false, afterMs: 0 }
  } finally {
    await house.close()
  }
}

async function looks({ ada, witness }: Scenario): Promise<Pick<Caught, 'by' | 'kinds' | 'problem'> | null> {
  const refused = await witness.look()
  const findings = await ada.check([witness])
  if (findings.length === 0 && refused === null) return null
  const by = refused === null ? 'client' : findings.length === 0 ? 'witness' : 'both'
  return {
    by,
    kinds: [...new Set([...findings.map(({ kind }) => kind), ...(refused === null ? [] : [refused])])],
    problem: findings[0]?.problem ?? '',
  }
}
