import { createHash, randomUUID } from 'node:crypto'

import { decide, generateKeyPair, grantReceipt, signBytes } from '@overt/privacy'
import {
  askOwn,
  beginMemory,
  checkOwn,
  sentOf,
  witnessCheckpoint,
  type Finding,
  type Own,
  type OwnMemory,
  type Sent,
  type WitnessMemory,
} from '@overt/privacy/ledger'
import type { Batch, Event, Manifest, Modality, Observation, Receipt } from '@overt/schema'
import { canonicalJson, encodeColumns } from '@overt/schema/words'
import { registerDevice } from '@overt/data'

import type { House } from './operator-house.fixture.ts'

const origin = 'https://office.example'
const row = { inputType: '', value: '', states: [], options: [], look: '', keys: '', parent: -1 }
const page: Observation = {
  id: 0,
  url: `${origin}/orders`,
  title: 'Orders',
  viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
  status: 'fresh',
  nodes: [
    { ...row, id: 1, tag: 'button', role: 'button', name: 'Refund', box: [10, 10, 80, 30] },
    { ...row, id: 2, tag: 'input', inputType: 'text', role: 'textbox', name: 'Note', box: [10, 60, 200, 30] },
  ],
}

/** What a recorder saw: a task, a note typed, a button pressed. */
function eventsOf(note: string): readonly Event[] {
  const base = { gap: 0, observation: 0 }
  const task = { template: '', seed: '', outcome: 'unknown', by: 'none' } as const
  return [
    { kind: 'task', seq: 0, ...base, node: -1, phase: 'start', goal: 'refund it', ...task },
    { kind: 'text', seq: 1, ...base, node: 2, before: '', after: note, cause: 'typed', secret: false },
    { kind: 'click', seq: 2, ...base, node: 1, button: 0, count: 1, modifiers: '', x: 20, y: 20, cause: 'pointer' },
  ]
}

/** A person, with a client of their own that no operator made: it keeps what left the device and checks the deployment. */
export interface Person {
  readonly name: string
  readonly deviceId: string
  own: Own
  memory: OwnMemory
  /** The person's clock beside the true one, in ms. */
  driftMs: number
  receipt(): Receipt
  agree(change?: { readonly purposes?: readonly ['ground']; readonly modalities?: readonly Modality[] }): Promise<Receipt>
  /** Records and sends; true once the server has acknowledged it. */
  send(change?: {
    readonly note?: string
    readonly batch?: Partial<Batch>
    /** The answer does not arrive. */ readonly lost?: boolean
  }): Promise<boolean>
  /** Sends again, the same bytes, what was never acknowledged. */
  retry(): Promise<void>
  /** Looks at the person's own recordings. Of the signed-in person alone. */
  look(): Promise<void>
  withdraw(): Promise<void>
  /** Erases one session, or all; '' where nothing was acknowledged. */
  erase(what: { readonly session: string } | { readonly all: true }): Promise<void>
  check(witnesses?: readonly Witness[]): Promise<readonly Finding[]>
}

/** Enrols a person with a key made on their device. */
export async function openPerson(
  house: House,
  name: string,
  modalities: readonly Modality[] = ['actions', 'text', 'structure'],
): Promise<Person> {
  let pair = await generateKeyPair()
  const now = (): number => house.clock.nowEpochMs + person.driftMs
  const grant = (follows: string | null, status: Receipt['status'], kinds: readonly Modality[]) =>
    grantReceipt(
      {
        person: name,
        manifest: house.manifest,
        purposes: ['ground'],
        modalities: kinds,
        nowEpochMs: now(),
        expiresAtEpochMs: now() + 90 * 86_400_000,
        assurance: 'device',
        follows,
        status,
      },
      pair,
    )
  const signed = async (path: string, document: object): Promise<Response | null> => {
    const body = JSON.stringify(document)
    const claim = { body: createHash('sha256').update(body).digest('hex'), device: person.deviceId, iat: now(), nonce: randomUUID() }
    const head = Buffer.from(canonicalJson(claim)).toString('base64url')
    const authorization = `Device ${head}.${await signBytes(pair.privateKey, new TextEncoder().encode(head))}`
    const headers = { authorization, 'content-type': 'application/json', 'x-person': name }
    return house.request(path, { method: 'POST', headers, body }).catch(() => null)
  }
  const mine = async (path: string, body?: object): Promise<Response | null> => {
    const link = await fetch(house.server.signInLink())
    const cookie = (link.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const headers = { cookie, origin: house.server.url, 'content-type': 'application/json' }
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    return house.request(path, init).catch(() => null)
  }
  const sessions = new Map<string, string>()
  const unheard = new Map<string, Batch>()
  let hasEnded = false
  const person: Person = {
    name,
    deviceId: '',
    own: { receipts: [], withdrawn: [], devices: [], sent: [], erased: [], looked: [], manifests: [house.manifest], stopped: [] },
    memory: await beginMemory(house.log, house.clock.nowEpochMs),
    driftMs: 0,
    receipt: () => person.own.receipts.at(-1) ?? fail('no receipt'),
    async agree(change = {}) {
      // With a device its key has ended.
      if (hasEnded) pair = await generateKeyPair()
      hasEnded = false
      const receipt = await grant(null, 'given', change.modalities ?? modalities)
      const { deviceId } = await registerDevice(house.store, { person: name, publicKey: pair.publicKey, receipt })
      Object.assign(person, { deviceId })
      add({ receipts: [...person.own.receipts, receipt], devices: [...person.own.devices, deviceId] })
      return receipt
    },
    async send({ note = 'ring back', batch: change = {}, lost = false } = {}) {
      const receipt = person.receipt()
      const events = eventsOf(note)
      const batch: Batch = {
        ...batchOf(house.manifest, receipt, person.deviceId),
        closedAtEpochMs: now(),
        ...encodeColumns(events, [page]),
        ...change,
      }
      const body = JSON.stringify(batch)
      const sent = await judge(house, receipt, { batch, events, observations: [page], body, nowEpochMs: now() })
      const before = person.own.sent
      const answer = await signed('/v1/batches', batch)
      const acked = answer?.status === 200 && !lost
      if (lost) unheard.set(batch.id, batch)
      sessions.set(batch.id, batch.session)
      add({ sent: [...before, { ...sent, ackedAtEpochMs: acked ? now() : null }] })
      return acked
    },
    async retry() {
      for (const [id, batch] of unheard) {
        const answer = await signed('/v1/batches', batch)
        if (answer !== null) unheard.delete(id)
        if (answer?.status !== 200) continue
        const ackedAtEpochMs = now()
        add({ sent: person.own.sent.map((one) => (one.batch === id ? { ...one, ackedAtEpochMs } : one)) })
      }
    },
    async look() {
      const lookedAt = now()
      if ((await mine('/v1/mine/sessions'))?.status === 200) add({ looked: [...person.own.looked, lookedAt] })
    },
    async withdraw() {
      const atEpochMs = now()
      const open = person.own.receipts.filter(({ id }) => !person.own.withdrawn.some(({ receipt }) => receipt === id))
      add({ withdrawn: [...person.own.withdrawn, ...open.map(({ id }) => ({ receipt: id, atEpochMs }))] })
      for (const { id } of open) await mine('/v1/mine/withdrawals', { id })
    },
    async erase(what) {
      const answer = await mine('/v1/mine/erasures', what)
      if (answer?.status !== 200) return
      if ('all' in what) hasEnded = true
      const gone = person.own.sent.map(({ batch }) => batch).filter((id) => 'all' in what || sessions.get(id) === what.session)
      add({ erased: [...person.own.erased, ...gone] })
    },
    async check(witnesses = []) {
      const shown = await askOwn(person.memory, person.own, {
        nowEpochMs: now,
        read: async (path) => bytesOf(await house.request(`/${path}`, { headers: { 'x-person': name } }).catch(() => null)),
        own: async (request) => {
          const answer = await signed('/v1/ledger', request)
          return answer?.status === 200 ? ((await answer.json()) as { who: string | null; lines: string[]; opened: string[] }) : null
        },
        witnesses: witnesses.map(({ key, note }) => ({ witness: key, note: async () => note() })),
        offered: async () => {
          const answer = await house.request('/v1/consent', { headers: { 'x-person': name } }).catch(() => null)
          return answer?.status === 200 ? ((await answer.json()) as { manifest: Manifest }).manifest : null
        },
      })
      const { findings, memory } = await checkOwn(person.memory, shown, person.own)
      person.memory = memory
      return findings
    },
  }
  const add = (change: Partial<Own>): void => {
    person.own = { ...person.own, ...change }
  }
  await person.agree()
  return person
}

/** What the person's client keeps of a batch, whatever recorder made it. */
async function judge(
  house: House,
  receipt: Receipt,
  given: {
    readonly batch: Batch
    readonly events: readonly Event[]
    readonly observations: readonly Observation[]
    readonly body: string
    readonly nowEpochMs: number
  },
): Promise<Sent> {
  const decision = await decide(receipt, house.manifest, 'ground', given.nowEpochMs, { keys: house.papers.keys, secure: true })
  if (!decision.ok) return fail(decision.reason)
  return sentOf(decision.value, { ...given, contentSha256: createHash('sha256').update(given.body).digest('hex') })
}

function batchOf(
  manifest: Manifest,
  receipt: Receipt,
  device: string,
): Omit<Batch, 'firstSeq' | 'count' | 'strings' | 'observations' | 'events' | 'order'> {
  return {
    v: 'overt.batch/2',
    id: `batch-${randomUUID()}`,
    person: receipt.person,
    device,
    session: 'session-1',
    producer: randomUUID(),
    receipt: receipt.id,
    manifest: receipt.manifestSha256,
    purpose: 'ground',
    modalities: receipt.modalities,
    mode: 'task',
    origin,
    path: '/orders',
    closedAtEpochMs: 0,
    redaction: manifest.redaction,
    counters: {},
  }
}

async function bytesOf(answer: Response | null): Promise<Uint8Array | null> {
  return answer?.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : null
}

function fail(why: string): never {
  throw new Error(why)
}

/** A witness that looks at a deployment from outside, as `overt ledger witness` does. */
export interface Witness {
  readonly key: { readonly name: string; readonly publicKey: string }
  /** What it has signed last. */
  note(): string | null
  /** Why it does not sign; null where it does. */
  look(): Promise<string | null>
}

/** Opens a witness. */
export async function openWitness(house: House): Promise<Witness> {
  const keyPair = await generateKeyPair()
  const name = 'witness.example/w'
  let memory: WitnessMemory = { log: house.log, last: null }
  let signed: string | null = null
  return {
    key: { name, publicKey: keyPair.publicKey },
    note: () => signed,
    async look() {
      const read = async (path: string): Promise<Uint8Array | null> => bytesOf(await house.request(`/${path}`).catch(() => null))
      const note = await read('checkpoint')
      if (note === null) return null
      const readTile = async (path: string) => (await read(path)) ?? fail(`nothing at ${path}`)
      const looked = await witnessCheckpoint(
        memory,
        { note: new TextDecoder().decode(note), readTile, nowEpochMs: house.clock.nowEpochMs },
        { name, keyPair },
      )
      if (!looked.ok) return looked.reason
      memory = looked.memory
      signed = looked.note
      return null
    },
  }
}
