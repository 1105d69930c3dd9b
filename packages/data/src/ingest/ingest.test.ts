import { statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'

import { generateKeyPair, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { trustKey, withdrawReceipt } from '../govern/consent.ts'
import { enrolDevice } from '../govern/enrol.ts'
import { eraseData } from '../govern/erase.ts'
import type { Enrolment } from '../govern/enrol.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { enrolledStore, fixtureOrigin, sampleBatch, scratchFolder, signedRequest, trustedManifest } from './fixture.ts'
import type { IngestAnswer } from './http.ts'
import { type Ingest, createIngest, ingestBatch } from './ingest.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store
let enrolment: Enrolment
let ingest: Ingest
let nowEpochMs: number

beforeEach(async () => {
  folder = scratchFolder()
  nowEpochMs = Date.now()
  ;({ store, enrolment } = await enrolledStore(folder.dir, { nowEpochMs: () => nowEpochMs }))
  ingest = createIngest(store)
})

afterEach(async () => {
  await store.close()
  folder.remove()
})

type Change = Parameters<typeof signedRequest>[2]

const post = async (body: unknown, change: Change = {}, sender = enrolment): Promise<IngestAnswer> =>
  ingestBatch(
    ingest,
    await signedRequest(sender, typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body), change),
  )

const logBytes = (): number => statSync(join(folder.dir, 'log', '00000001.seg')).size

async function stored(): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const permit of permitsFor(store, 'ground'))
    for await (const batch of store.batches(permit, { reader: 'test' })) batches.push(batch)
  return batches
}

/** Runs a request that must be refused, and holds that nothing of it was kept. */
async function refused(request: Promise<IngestAnswer>, status: number, reason: string): Promise<IngestAnswer> {
  const before = { bytes: logBytes(), rows: store.rows().length }
  const answer = await request
  expect({ status: answer.status, reason: answer.body['reason'] }).toEqual({ status, reason })
  expect(answer.body['code']).toMatch(/^OVT-13\d\d$/)
  expect({ bytes: logBytes(), rows: store.rows().length }).toEqual(before)
  const counters = ingest.counters()
  const refusals = Object.values(counters.refused).reduce((sum, count) => sum + count, 0)
  expect(counters.received).toBe(counters.acked + refusals + counters.inFlight)
  expect(counters.inFlight).toBe(0)
  return answer
}

describe('a batch that holds', () => {
  test('is acknowledged once it is on disk, and can be read by a permit', async () => {
    const answer = await post(sampleBatch(enrolment, 'batch-0001'))
    expect(answer).toMatchObject({ status: 200, body: { acked: 'batch-0001', duplicate: false } })
    expect(await stored()).toMatchObject([{ id: 'batch-0001', person: 'ada', count: 3 }])
  })

  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
    ['identity', (bytes: Buffer) => bytes],
  ] as const)('is taken with content-encoding %s', async (encoding, compress) => {
    const body = Buffer.from(JSON.stringify(sampleBatch(enrolment, 'batch-0001')))
    expect(await post(body, { encoding, sent: compress(body) })).toMatchObject({ status: 200 })
  })

  test('is a duplicate when it is sent again, with the same token or a new one, and is stored once', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    const request = await signedRequest(enrolment, JSON.stringify(batch))
    expect((await ingestBatch(ingest, request)).body).toEqual({ acked: 'batch-0001', duplicate: false })
    expect((await ingestBatch(ingest, request)).body).toEqual({ acked: 'batch-0001', duplicate: true })
    expect((await post(batch)).body).toEqual({ acked: 'batch-0001', duplicate: true })
    expect(await stored()).toHaveLength(1)
    expect(ingest.counters()).toMatchObject({ received: 3, acked: 3, stored: 1, deduplicated: 2, refused: {} })
  })

  test('is redacted again: what a device let through is masked and counted', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001', { note: 'write to ada.lovelace@example.com' })
    expect((await post(batch)).status).toBe(200)
    expect(JSON.stringify(await stored())).not.toContain('example.com')
    expect(ingest.counters().redacted).toBe(1)
  })

  test('brings no text along that no row holds', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    expect((await post({ ...batch, strings: [...batch.strings, 'smuggled'] })).status).toBe(200)
    expect(JSON.stringify(await stored())).not.toContain('smuggled')
  })

  test('is told to the listener after it is on disk', async () => {
    const heard: string[] = []
    ingest = createIngest(store, { onStored: (batch) => heard.push(`${batch.id} ${store.rows().length}`) })
    await post(sampleBatch(enrolment, 'batch-0001'))
    await post(sampleBatch(enrolment, 'batch-0001'))
    expect(heard).toEqual(['batch-0001 1'])
  })
})

describe('the sender', () => {
  test.each([undefined, '', 'Bearer abc', 'Device', 'Device abc', 'Device a.b', 'Device a.b.c', `Device ${'a'.repeat(5_000)}.b`])(
    'without a token is refused: %s',
    async (authorization) => {
      const request = await signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, 'batch-0001')))
      await refused(ingestBatch(ingest, { ...request, headers: { authorization } }), 401, 'token')
    },
  )

  test('with a key that is not the device’s is refused', async () => {
    const other = await enrolDevice(store, { person: 'bob', manifest: await trustedManifest(store), endpoint: '' })
    const forged = { ...enrolment, deviceKey: other.deviceKey }
    await refused(post(sampleBatch(enrolment, 'batch-0001'), {}, forged), 401, 'device')
  })

  test('that is unknown is refused', async () => {
    await refused(post(sampleBatch(enrolment, 'batch-0001'), {}, { ...enrolment, deviceId: 'dev-nobody' }), 401, 'device')
  })

  test.each([-5 * 60_000 - 1_000, 5 * 60_000 + 1_000])('whose clock is %i ms off is refused', async (offMs) => {
    await refused(post(sampleBatch(enrolment, 'batch-0001'), { atEpochMs: nowEpochMs + offMs }), 401, 'clock')
  })

  test('of a device that was revoked is refused at once, though it held a moment ago', async () => {
    expect((await post(sampleBatch(enrolment, 'batch-0001'))).status).toBe(200)
    store.control.prepare('UPDATE devices SET revoked_ms = ? WHERE id = ?').run(nowEpochMs, enrolment.deviceId)
    store.consent.change()
    await refused(post(sampleBatch(enrolment, 'batch-0002')), 401, 'device')
  })

  test('that signed another body is refused', async () => {
    const body = JSON.stringify(sampleBatch(enrolment, 'batch-0001'))
    await refused(post(body, { sent: Buffer.from(body.replace('hello', 'hullo')) }), 401, 'body-hash')
  })

  test('that uses a nonce for a second batch is refused', async () => {
    expect((await post(sampleBatch(enrolment, 'batch-0001'), { nonce: 'nonce-0001' })).status).toBe(200)
    await refused(post(sampleBatch(enrolment, 'batch-0002'), { nonce: 'nonce-0001' }), 401, 'replayed')
  })

  test('that sends more than its share is told when to come again', async () => {
    ingest = createIngest(store, { quota: { burst: 2, perSecond: 0.5 } })
    for (const id of ['batch-0001', 'batch-0002']) expect((await post(sampleBatch(enrolment, id))).status).toBe(200)
    const answer = await refused(post(sampleBatch(enrolment, 'batch-0003')), 429, 'quota')
    expect(answer.headers['retry-after']).toBe('2')
    nowEpochMs += 2_000
    expect((await post(sampleBatch(enrolment, 'batch-0003'))).status).toBe(200)
  })
})

describe('consent', () => {
  test('another person’s batch is refused', async () => {
    await refused(post(sampleBatch(enrolment, 'batch-0001', { person: 'bob' })), 403, 'person')
    await refused(post(sampleBatch(enrolment, 'batch-0001', { device: 'dev-other' })), 403, 'person')
  })

  test('another person’s receipt is refused', async () => {
    const other = await enrolDevice(store, { person: 'bob', manifest: await trustedManifest(store), endpoint: '' })
    await refused(
      post(sampleBatch(enrolment, 'batch-0001', { receipt: other.receipt.id, manifest: other.receipt.manifestSha256 })),
      403,
      'receipt',
    )
  })

  test('a receipt that is not known is refused', async () => {
    await refused(post(sampleBatch(enrolment, 'batch-0001', { receipt: 'nothing' })), 403, 'receipt')
    await refused(post(sampleBatch(enrolment, 'batch-0001', { manifest: 'ab'.repeat(32) })), 403, 'receipt')
  })

  test('an expired receipt is refused, though it held a moment ago', async () => {
    expect((await post(sampleBatch(enrolment, 'batch-0001'))).status).toBe(200)
    nowEpochMs = enrolment.receipt.expiresAtEpochMs + 1
    await refused(post(sampleBatch(enrolment, 'batch-0002'), { atEpochMs: nowEpochMs }), 403, 'receipt')
  })

  test('a withdrawn receipt is refused at once', async () => {
    expect((await post(sampleBatch(enrolment, 'batch-0001'))).status).toBe(200)
    await withdrawReceipt(store, { id: enrolment.receipt.id })
    const answer = await refused(post(sampleBatch(enrolment, 'batch-0002')), 403, 'receipt')
    expect(answer.body['explain']).toContain('withdrawn')
  })

  test('a purpose that was not given is refused', async () => {
    await refused(post(sampleBatch(enrolment, 'batch-0001', { purpose: 'share' })), 403, 'receipt')
  })

  test('a place that the manifest does not name is refused', async () => {
    await refused(post(sampleBatch(enrolment, 'batch-0001', { origin: 'http://127.0.0.1:9999' })), 403, 'place')
  })

  test('observations of another origin are refused', async () => {
    const { strings, ...rest } = sampleBatch(enrolment, 'batch-0001')
    const moved = strings.map((text) => text.replace('http://127.0.0.1:4748', 'https://mail.example'))
    await refused(post({ ...rest, strings: moved }), 403, 'place')
  })

  test('a modality that was not agreed to is refused, and so are observations without their modality', async () => {
    await refused(post(sampleBatch(enrolment, 'batch-0001', { modalities: ['actions', 'pixels'] })), 403, 'modality')
    await refused(post(sampleBatch(enrolment, 'batch-0001', { modalities: ['actions'] })), 403, 'modality')
  })

  test('what the batch holds counts and not what it declares: texts and goals are refused from one who agreed to actions', async () => {
    const manifest = await trustedManifest(store)
    const careful = await enrolDevice(store, { person: 'cyd', manifest, endpoint: '', modalities: ['actions'] })
    const base = { gap: 0, observation: -1, node: -1 }
    const task = { kind: 'task', seq: 0, ...base, phase: 'start', template: '', seed: '', outcome: 'unknown', by: 'none' } as const
    const typed = { kind: 'text', seq: 0, ...base, before: '', cause: 'typed', secret: false } as const
    for (const modalities of [['actions'], []] as const)
      for (const event of [
        { ...typed, after: 'dear diary' },
        { ...task, goal: 'dear diary' },
      ]) {
        const batch = sampleBatch(careful, 'batch-0001', { modalities: [...modalities], ...encodeColumns([event], []) })
        await refused(post(batch, {}, careful), 403, 'modality')
      }
    const honest = encodeColumns(
      [
        { ...typed, after: '' },
        { ...task, seq: 1, goal: '' },
      ],
      [],
    )
    expect((await post(sampleBatch(careful, 'batch-0002', { modalities: ['actions'], ...honest }), {}, careful)).status).toBe(200)
    await refused(post(sampleBatch(careful, 'batch-0003', { modalities: [], ...honest }), {}, careful), 403, 'modality')
  })

  test('a text is refused that the person agreed to elsewhere, and not at this place', async () => {
    const pair = await generateKeyPair()
    const keyId = await keyIdOf(pair.publicKey)
    await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
    const sample = sampleManifest({ origin: fixtureOrigin, purposes: ['ground'], nowEpochMs })
    const apps = sample.apps.flatMap((app) => [
      { ...app, paths: ['/orders/**'], modalities: ['actions' as const] },
      { ...app, paths: ['/notes/**'] },
    ])
    const manifest = await signManifest({ ...sample, apps }, { keyId, by: 'operator', privateKey: pair.privateKey })
    const dee = await enrolDevice(store, { person: 'dee', manifest, endpoint: '', purposes: ['ground'] })
    await refused(post(sampleBatch(dee, 'batch-0001', { path: '/orders/7' }), {}, dee), 403, 'modality')
    expect((await post(sampleBatch(dee, 'batch-0002', { path: '/notes/7' }), {}, dee)).status).toBe(200)
    await refused(post(sampleBatch(dee, 'batch-0003', { path: '/orders/7' }), {}, dee), 403, 'modality')
  })

  test('what was erased is refused when it comes late, and what is recorded later is taken', async () => {
    const late = sampleBatch(enrolment, 'batch-late', { closedAtEpochMs: nowEpochMs })
    nowEpochMs += 1_000
    await eraseData(store, { person: 'ada', lastMs: 60_000 })
    await refused(post(late), 403, 'erased')
    expect((await post(sampleBatch(enrolment, 'batch-new', { closedAtEpochMs: nowEpochMs + 1 }))).status).toBe(200)
  })
})

describe('a body', () => {
  test('of the same id with other content is a conflict, by the hash of the decompressed bytes', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    expect((await post(batch)).status).toBe(200)
    await refused(post(JSON.stringify(batch, null, 1)), 409, 'conflict')
  })

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['NaN', '{"v":NaN}'],
    ['an unfinished object', '{"v":"overt.batch/1"'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['a hundred thousand brackets, closed', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a key twice', '{"v":1,"v":2}'],
    ['a key twice, spelled otherwise', '{"v":1,"\\u0076":2}'],
    ['__proto__', '{"__proto__":{"polluted":true}}'],
    ['__proto__, spelled otherwise', '{"\\u005f_proto__":{"polluted":true}}'],
    ['a key of ten megabytes, cut to fit', `{"${'k'.repeat(7_000_000)}":1}`],
  ])('that is %s is malformed', async (_, body) => {
    await refused(post(body), 400, 'malformed')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test.each<[string, (batch: Batch) => unknown]>([
    ['null', () => null],
    ['an array', (batch) => [batch]],
    ['of another version', (batch) => ({ ...batch, v: 'overt.batch/9' })],
    ['with a field more', (batch) => ({ ...batch, typingRhythm: [1, 2] })],
    ['without a field', (batch) => ({ ...batch, person: undefined })],
    ['with an infinite number', (batch) => JSON.stringify(batch).replace(/"closedAtEpochMs":[\d.]+/, '"closedAtEpochMs":1e999')],
    ['with half a surrogate pair', (batch) => JSON.stringify(batch).replace('hello', '\\ud800')],
    ['whose count is wrong', (batch) => ({ ...batch, count: 7 })],
    ['whose order names no kind', (batch) => ({ ...batch, order: [0, 1, 9] })],
    ['with an event of no known kind', (batch) => ({ ...batch, events: batch.events.map((rows) => ({ ...rows, kind: 'keystroke' })) })],
    [
      'with a column that no event has',
      (batch) => ({ ...batch, events: batch.events.map((rows) => ({ ...rows, columns: { ...rows.columns, rhythm: [1] } })) }),
    ],
    [
      'with a column named like a method',
      (batch) => ({ ...batch, events: batch.events.map((rows) => ({ ...rows, columns: { ...rows.columns, constructor: [1] } })) }),
    ],
    [
      'with a cell too few',
      (batch) => ({ ...batch, events: batch.events.map((rows) => ({ ...rows, columns: { ...rows.columns, gap: [] } })) }),
    ],
    [
      'with a cell of another type',
      (batch) => ({ ...batch, events: batch.events.map((rows) => ({ ...rows, columns: { ...rows.columns, gap: 'x' } })) }),
    ],
    [
      'with a string that is not there',
      ({ observations, ...batch }) => ({ ...batch, observations: { ...observations, cells: { ...observations.cells, tag: [999] } } }),
    ],
    ['with rows that do not fit together', ({ observations, ...batch }) => ({ ...batch, observations: { ...observations, ids: [] } })],
    ['with a counter that says something', (batch) => ({ ...batch, counters: { 'ada typed this': 1 } })],
    ['with an id that is none', (batch) => ({ ...batch, id: '../../x' })],
  ])('%s does not fit the schema', async (_, change) => {
    await refused(post(change(sampleBatch(enrolment, 'batch-0001'))), 400, 'schema')
  })

  test('of an unknown, nested or wrong content-encoding is refused', async () => {
    const body = Buffer.from(JSON.stringify(sampleBatch(enrolment, 'batch-0001')))
    for (const encoding of ['br', 'gzip, gzip', 'deflate']) await refused(post(body, { encoding }), 400, 'encoding')
    await refused(post(body, { encoding: 'gzip' }), 400, 'encoding')
    await refused(post(body, { encoding: 'zstd' }), 400, 'encoding')
    await refused(post(body, { encoding: 'gzip', sent: gzipSync(body).subarray(0, 100) }), 400, 'encoding')
  })

  test('over 8 MB is too large, compressed or not', async () => {
    const body = Buffer.from(
      JSON.stringify({ filler: Array.from({ length: 900_000 }, (_, index) => (index * 2_654_435_761) % 4_294_967_296) }),
    )
    expect(body.length).toBeGreaterThan(8 * 1024 * 1024)
    await refused(post(body), 413, 'too-large')
    await refused(post(body, { encoding: 'gzip', sent: gzipSync(body) }), 413, 'too-large')
    await refused(post(body, { encoding: 'zstd', sent: zstdCompressSync(body) }), 413, 'too-large')
  })

  test('that is a bomb is too large, and is never held whole', async () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024)
    const bodies = [
      { encoding: 'gzip', sent: gzipSync(bomb) },
      { encoding: 'zstd', sent: zstdCompressSync(bomb) },
      { encoding: 'gzip', sent: gzipSync(bomb.subarray(0, 1024 * 1024)) },
    ]
    for (const { encoding, sent } of bodies) {
      const before = process.memoryUsage()
      await refused(post('{}', { encoding, sent }), 413, 'too-large')
      const grown = process.memoryUsage()
      expect(grown.external + grown.heapUsed - before.external - before.heapUsed).toBeLessThan(64 * 1024 * 1024)
    }
  })

  test('whose few bytes would become millions of rows or labels is too large', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    const { observations } = batch
    // One observation more keeps every row of the one before it, in four bytes.
    const rows = Array.from({ length: 20_000 }, () => 0)
    const many = { ...observations, ids: [...observations.ids, ...rows], told: [...observations.told, ...rows] }
    const bomb = [[0, 0, 0, 2 + rows.length], ...Array.from({ length: 20 }, () => [0])]
    await refused(post({ ...batch, observations: { ...many, sights: bomb } }), 413, 'too-large')
    const strings = [...batch.strings, '\u001f'.repeat(5_000)]
    const wide = { ...observations.cells, options: [strings.length] }
    await refused(post({ ...batch, strings, observations: { ...observations, cells: wide } }), 413, 'too-large')
  })

  test('with free text where only words of ours belong is kept without it', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    const events = batch.events.map((rows) =>
      rows.kind === 'click' ? { ...rows, columns: { ...rows.columns, modifiers: ['“my secret”'] } } : rows,
    )
    expect((await post({ ...batch, events })).status).toBe(200)
    expect(JSON.stringify(await stored())).not.toContain('my secret')
    expect(ingest.counters().redacted).toBe(1)
  })
})

test('an empty batch holds: a session may have nothing to say', async () => {
  expect((await post(sampleBatch(enrolment, 'batch-0001', encodeColumns([], [])))).status).toBe(200)
})

test('while many send at once, the counters fit together at every moment', async () => {
  const requests = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, `batch-${1_000 + (index % 20)}`, { note: 'same' }))),
    ),
  )
  let looks = 0
  const look = (): void => {
    const { received, acked, stored: kept, deduplicated, refused: no, inFlight } = ingest.counters()
    expect(acked).toBe(kept + deduplicated)
    expect(received).toBe(acked + inFlight + Object.values(no).reduce((sum, count) => sum + count, 0))
    looks += 1
  }
  await Promise.all(
    requests.map(async (request) => {
      look()
      await ingestBatch(ingest, request)
      look()
    }),
  )
  expect(looks).toBe(80)
  expect(ingest.counters()).toMatchObject({ received: 40, inFlight: 0 })
  expect((await stored()).length).toBe(ingest.counters().stored)
})

test('a device may be named by the receipt that its key signed, in the token and in the batch', async () => {
  const named: Enrolment = { ...enrolment, deviceId: enrolment.receipt.id }
  expect(await post(sampleBatch(named, 'batch-0001'), {}, named)).toMatchObject({ status: 200 })
  expect(await post(sampleBatch(enrolment, 'batch-0002'), {}, named)).toMatchObject({ status: 200 })
  const other = await enrolDevice(store, { person: 'bob', manifest: await trustedManifest(store), endpoint: 'x' })
  const stranger: Enrolment = { ...other, deviceId: enrolment.receipt.id }
  await refused(post(sampleBatch(named, 'batch-0003'), {}, stranger), 401, 'device')
  await refused(post(sampleBatch(enrolment, 'batch-0004'), {}, { ...other, deviceId: other.receipt.id }), 403, 'person')
})
