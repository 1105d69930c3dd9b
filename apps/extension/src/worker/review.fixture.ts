import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

import { IDBFactory } from 'fake-indexeddb'
import {
  decide,
  exportPrivateKey,
  generateKeyPair,
  grantReceipt,
  importPrivateKey,
  keyIdOf,
  sampleManifest,
  signManifest,
  type Permit,
} from '@overt/privacy'
import type { Batch, Event } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'
import { vi } from 'vitest'

import type { Enrolment } from '../talk/enrolment.ts'
import { endReview } from './end-review.ts'
import { keepDeviceKey } from './keys.ts'
import { remember } from './memory.ts'
import { openReview, type Review } from './review.ts'
import { openSpool, type Spool } from './spool.ts'
import { createRoads, upload } from './upload.ts'
import { openVault } from './vault.ts'

/** For tests: the worker's own vault with a clock to set, and a server that says what it got. */
export interface Desk {
  readonly spool: Spool
  readonly review: Review
  readonly permit: Permit
  /** Ids in order of arrival. */
  readonly got: string[]
  /** How the server answers, and what happens before it does. */
  server: { isThere: boolean; slowMs: number; agreement: 200 | 403; before: (id: string) => void }
  nowEpochMs: number
  put(id: string, change?: Partial<Batch>): Promise<void>
  upload(): Promise<unknown>
  /** As the alarm does. */
  endReview(): Promise<void>
  close(): void
}

const click: Event = {
  kind: 'click',
  seq: 0,
  gap: 0,
  observation: -1,
  node: -1,
  button: 0,
  count: 1,
  modifiers: '',
  x: 1,
  y: 1,
  cause: 'pointer',
}

/** For tests: opens an empty one, whose person has agreed. */
export async function openDesk(): Promise<Desk> {
  vi.stubGlobal('indexedDB', new IDBFactory())
  const server = createServer((request, reply) => {
    const bytes: Buffer[] = []
    request.on('data', (part: Buffer) => bytes.push(part))
    request.on('end', () => {
      if (request.url === '/v1/watch') return void reply.writeHead(desk.server.agreement).end()
      const { id }: Batch = JSON.parse(gunzipSync(Buffer.concat(bytes)).toString())
      desk.server.before(id)
      setTimeout(() => {
        if (desk.server.isThere) desk.got.push(id)
        reply.writeHead(desk.server.isThere ? 200 : 503).end()
      }, desk.server.slowMs)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const { permit, enrolment } = await agreed(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  await remember({ enrolment, stopped: '', findings: [] })
  const vault = await openVault()
  const pair = await generateKeyPair()
  await keepDeviceKey(vault, await importPrivateKey(await exportPrivateKey(pair.privateKey)))
  const now = (): number => desk.nowEpochMs
  const spool = openSpool(vault, now)
  let last = 0
  const desk: Desk = {
    spool,
    review: openReview(vault, now),
    permit,
    got: [],
    server: { isThere: true, slowMs: 0, agreement: 200, before: () => {} },
    nowEpochMs: Date.now(),
    put: async (id, change = {}) => {
      await spool.put(permit, batchOf(permit, id, { firstSeq: (last += 1), closedAtEpochMs: now(), ...change }), '1.0.')
    },
    upload: () => upload(permit, { vault, spool, enrolment, nowEpochMs: now, roadTo: createRoads(now) }),
    endReview: () => endReview(vault, spool, now),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return desk
}

async function agreed(endpoint: string): Promise<{ readonly permit: Permit; readonly enrolment: Enrolment }> {
  const [operator, person] = await Promise.all([generateKeyPair(), generateKeyPair()])
  const keyId = await keyIdOf(operator.publicKey)
  const nowEpochMs = Date.now()
  const sample = sampleManifest({ origin: 'http://127.0.0.1', nowEpochMs })
  const manifest = await signManifest(sample, { keyId, by: 'operator', privateKey: operator.privateKey })
  const given = { person: 'ada', manifest, purposes: ['ground'], modalities: ['actions'], assurance: 'local' } as const
  const receipt = await grantReceipt({ ...given, nowEpochMs, expiresAtEpochMs: nowEpochMs + 30 * 86_400_000 }, person)
  const keys = [{ keyId, by: 'operator', publicKey: operator.publicKey }] as const
  const decision = await decide(receipt, manifest, 'ground', nowEpochMs, { keys })
  if (!decision.ok) throw new Error(decision.reason)
  return { permit: decision.value, enrolment: { deviceId: 'device-1', endpoint, receipt, manifest, keys } }
}

function batchOf(permit: Permit, id: string, change: Partial<Batch>): Batch {
  return {
    v: 'overt.batch/2',
    id,
    person: 'ada',
    device: 'device-1',
    session: 'session-1',
    producer: 'page-1',
    receipt: permit.receipt,
    manifest: permit.manifest,
    purpose: 'ground',
    modalities: ['actions'],
    mode: 'ambient',
    origin: 'http://127.0.0.1',
    path: '/orders',
    closedAtEpochMs: 0,
    redaction: 2,
    ...encodeColumns([click], []),
    counters: {},
    ...change,
  }
}
