import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { generateKeyPair, importPrivateKey, keyIdOf, redactionVersion, sampleManifest, signBytes, signManifest } from '@overt/privacy'
import type { Batch, Event, Manifest, Observation, Purpose, Receipt } from '@overt/schema'
import { canonicalJson, decodeColumns, encodeColumns } from '@overt/schema/words'

import { trustKey } from '../govern/consent.ts'
import { type Enrolment, enrolDevice } from '../govern/enrol.ts'
import { sha256Hex } from '../store/cipher.ts'
import { type StoreOptions, openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import type { IngestRequest } from './http.ts'

/** Where the fixture's work is recorded. */
export const fixtureOrigin = 'http://127.0.0.1:4748'

/** An empty folder and its undo. */
export function scratchFolder(): { readonly dir: string; readonly remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'overt-store-'))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** A signed sample manifest that the store trusts. */
export async function trustedManifest(store: Store, purposes: readonly Purpose[] = ['ground'], origin = fixtureOrigin): Promise<Manifest> {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
  const manifest = sampleManifest({ origin, purposes, nowEpochMs: store.nowEpochMs() })
  return signManifest(manifest, { keyId, by: 'operator', privateKey: pair.privateKey })
}

/** A store with one enrolled person. */
export async function enrolledStore(
  dir: string,
  options: StoreOptions & { readonly person?: string } = {},
): Promise<{ readonly store: Store; readonly enrolment: Enrolment; readonly manifest: Manifest }> {
  const store = await openStore(dir, options)
  const manifest = await trustedManifest(store)
  const enrolment = await enrolDevice(store, { person: options.person ?? 'ada', manifest, endpoint: 'http://127.0.0.1:4747' })
  return { store, enrolment, manifest }
}

const observation: Observation = {
  id: 0,
  url: `${fixtureOrigin}/orders`,
  title: 'Orders',
  viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
  status: 'fresh',
  nodes: [
    {
      id: 1,
      parent: -1,
      tag: 'button',
      inputType: '',
      role: 'button',
      name: 'Save',
      value: '',
      states: [],
      box: [1, 2, 30, 10],
      options: [],
      look: '',
      keys: '',
    },
    {
      id: 2,
      parent: -1,
      tag: 'input',
      inputType: 'text',
      role: 'textbox',
      name: 'Note',
      value: '',
      states: [],
      box: [1, 20, 30, 10],
      options: [],
      look: '',
      keys: '',
    },
  ],
}

/** A small batch: a task begins, a note is typed, Save is clicked, as soon as its person has agreed. */
export function sampleBatch(enrolment: Enrolment, id: string, change: Partial<Batch> & { readonly note?: string } = {}): Batch {
  const { note = 'hello', ...fields } = change
  const { origin = fixtureOrigin, path = '/orders' } = fields
  const base = { gap: 0, observation: 0 }
  const events: readonly Event[] = [
    {
      kind: 'task',
      seq: 0,
      ...base,
      node: -1,
      phase: 'start',
      goal: 'write hello',
      template: '',
      seed: '',
      outcome: 'unknown',
      by: 'none',
    },
    { kind: 'text', seq: 1, ...base, node: 2, before: '', after: note, cause: 'typed', secret: false },
    { kind: 'click', seq: 2, ...base, node: 1, button: 0, count: 1, modifiers: '', x: 5, y: 5, cause: 'pointer' },
  ]
  const { receipt } = enrolment
  return {
    v: 'overt.batch/2',
    id,
    person: receipt.person,
    device: enrolment.deviceId,
    session: 'session-1',
    producer: 'page-1',
    receipt: receipt.id,
    manifest: receipt.manifestSha256,
    purpose: 'ground',
    modalities: ['actions', 'text', 'structure'],
    mode: 'task',
    origin,
    path,
    closedAtEpochMs: receipt.decidedAtEpochMs,
    redaction: redactionVersion,
    ...encodeColumns(events, [{ ...observation, url: origin + path }]),
    counters: {},
    ...fields,
  }
}

/** A batch of nobody, for what looks at its contents alone. A second observation keeps rows of the first. */
export function madeBatch(): Batch {
  const enrolment = {
    deviceId: 'made',
    deviceKey: '',
    receipt: { id: 'made', person: 'made', manifestSha256: 'made', decidedAtEpochMs: Date.now() } as Receipt,
    manifest: {} as Manifest,
    endpoint: '',
  } // as: a batch takes three names and a time from it
  const batch = sampleBatch(enrolment, 'made-batch')
  const later = {
    ...observation,
    id: 1,
    nodes: observation.nodes.map((node) => (node.id === 1 ? node : { ...node, value: 'hello', options: ['one', 'two'] })),
  }
  return { ...batch, ...encodeColumns(decodeColumns(batch).events, [observation, later]) }
}

/** Signs a request as a device does. */
export async function signedRequest(
  enrolment: Enrolment,
  body: string | Uint8Array,
  change: { readonly nonce?: string; readonly atEpochMs?: number; readonly sent?: Uint8Array; readonly encoding?: string } = {},
): Promise<IngestRequest> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const token = {
    body: sha256Hex(bytes),
    device: enrolment.deviceId,
    iat: change.atEpochMs ?? Date.now(),
    nonce: change.nonce ?? crypto.randomUUID(),
  }
  const head = Buffer.from(canonicalJson(token)).toString('base64url')
  const signature = await signBytes(await importPrivateKey(enrolment.deviceKey), new TextEncoder().encode(head))
  const encoding = change.encoding === undefined ? {} : { 'content-encoding': change.encoding }
  return {
    headers: { authorization: `Device ${head}.${signature}`, 'content-type': 'application/json', ...encoding },
    body: change.sent ?? bytes,
  }
}
