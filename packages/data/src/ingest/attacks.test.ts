import { createHmac } from 'node:crypto'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'

import type { Batch } from '@overt/schema'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { type Enrolment, enrolDevice } from '../govern/enrol.ts'
import type { Store } from '../store/store.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest, trustedManifest } from './fixture.ts'
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
  // Whatever was tried, nothing of it was kept, and every request was counted once.
  const { received, acked, stored, inFlight, refused } = ingest.counters()
  const apart = Object.values(refused).reduce((sum, count) => sum + count, acked)
  if (stored !== store.rows().length || inFlight !== 0 || received !== apart)
    throw new Error(`${JSON.stringify(ingest.counters())} do not fit together`)
  await store.close()
  folder.remove()
})

type Change = Parameters<typeof signedRequest>[2]

async function answerTo(body: unknown, change: Change = {}, sender = enrolment): Promise<[number, unknown]> {
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  return said(await ingestBatch(ingest, await signedRequest(sender, sent, change)))
}

const said = ({ status, body }: IngestAnswer): [number, unknown] => [status, body['reason'] ?? body['acked']]

async function withToken(authorization: string): Promise<[number, unknown]> {
  const request = await signedRequest(enrolment, JSON.stringify(sampleBatch(enrolment, 'batch-0001')))
  return said(await ingestBatch(ingest, { ...request, headers: { ...request.headers, authorization } }))
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('attack 3: a direct POST', () => {
  const withTag = (tag: string): Batch => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    return { ...batch, strings: batch.strings.map((text) => (text === 'button' ? tag : text)) }
  }

  test.each(['script', 'SCRIPT', 'style', 'template', 'meta', 'base', 'link', 'noscript'])(
    'of a row that is a %s is refused',
    async (tag) => {
      expect(await answerTo(withTag(tag))).toEqual([400, 'schema'])
      expect(ingest.counters().refused).toEqual({ schema: 1 })
    },
  )

  test('of a DOM in place of a table of rows is refused, whatever its nodes are', async () => {
    const script = {
      type: 2,
      tagName: 'script',
      attributes: { src: '//evil.example/x.js' },
      childNodes: [{ type: 3, textContent: 'run()' }],
    }
    const batch = sampleBatch(enrolment, 'batch-0001')
    for (const body of [
      { ...batch, snapshot: script },
      { ...batch, observations: { ...batch.observations, html: '<script>run()</script>' } },
      {
        ...batch,
        observations: { ...batch.observations, cells: { ...batch.observations.cells, attributes: batch.observations.cells.tag } },
      },
      { ...batch, observations: { ...batch.observations, sights: [script] } },
      { ...batch, observations: [script] },
    ])
      expect(await answerTo(body)).toEqual([400, 'schema'])
  })

  test('of a word that is the name of such an element is taken: pages speak of them', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    expect(await answerTo({ ...batch, strings: batch.strings.map((text) => (text === 'Save' ? 'script' : text)) })).toEqual([
      200,
      'batch-0001',
    ])
  })
})

describe('attack 6: a bomb', () => {
  const bomb = Buffer.alloc(64 * 1024 * 1024, 0x20)
  test.each<[string, string, () => Uint8Array, number, string]>([
    ['of gzip', 'gzip', () => gzipSync(bomb), 413, 'too-large'],
    ['of zstd', 'zstd', () => zstdCompressSync(bomb), 413, 'too-large'],
    ['of brotli', 'br', () => brotliCompressSync(bomb), 400, 'encoding'],
    ['of gzip in gzip, told as one', 'gzip', () => gzipSync(gzipSync(bomb)), 401, 'body-hash'],
    ['of gzip in gzip, told as two', 'gzip, gzip', () => gzipSync(gzipSync(bomb)), 400, 'encoding'],
    [
      'of many gzip members',
      'gzip',
      () => Buffer.concat(Array.from({ length: 64 }, () => gzipSync(bomb.subarray(0, 1024 * 1024)))),
      413,
      'too-large',
    ],
    ['of zstd with a window of 2 GB', 'zstd', () => Buffer.from('28b52ffd00a8010000', 'hex'), 400, 'encoding'],
  ])('%s is refused, and never held whole', async (_, encoding, made, status, reason) => {
    const sent = made()
    const before = process.memoryUsage()
    expect(await answerTo('{}', { encoding, sent })).toEqual([status, reason])
    const { external, heapUsed } = process.memoryUsage()
    expect(external + heapUsed - before.external - before.heapUsed).toBeLessThan(64 * 1024 * 1024)
  })

  test('that says by its length that it is too large is refused before a byte is read', () => {
    expect(ingest.head({ 'content-length': String(9 * 1024 * 1024) })).toMatchObject({ status: 413 })
  })
})

test.each(['{"__proto__":{"a":1}}', '{"\\u005f_proto__":1}', '{"counters":{"__proto__":1}}', '[{"__proto__":[]}]'])(
  'attack 9: __proto__ is refused, wherever it stands and however it is spelled: %s',
  async (body) => {
    expect(await answerTo(body)).toEqual([400, 'malformed'])
    expect(Reflect.get({}, 'a')).toBeUndefined()
  },
)

test.each(['constructor', 'toString', '__defineGetter__', 'hasOwnProperty'])(
  'attack 9: a column or counter named %s is refused',
  async (name) => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    const events = batch.events.map((table) => ({ ...table, columns: { ...table.columns, [name]: [1] } }))
    expect(await answerTo({ ...batch, events })).toEqual([400, 'schema'])
    expect(await answerTo({ ...batch, kind: name, [name]: 1 })).toEqual([400, 'schema'])
  },
)

describe('attack 10', () => {
  const long = 'k'.repeat(7_000_000)
  test.each<[string, string]>([
    ['a hundred thousand arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a hundred thousand objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['a key of megabytes', `{"${long}":1}`],
    ['a key of megabytes of escapes', `{"${'\\u006b'.repeat(1_000_000)}":1}`],
    ['NaN', '{"a":NaN}'],
    ['Infinity', '{"a":-Infinity}'],
    ['a key twice', '{"a":1,"b":{"c":1,"c":2}}'],
    ['a key twice, deep in an array', '[[{"a":1},{"b":1,"b":1}]]'],
    ['a key twice, spelled otherwise', '{"a":1,"\\u0061":1}'],
    ['objects after numbers in one array', '[1,{"a":1,"a":2}]'],
    ['a string that never ends', `{"a":"${long}`],
    ['a backslash at the end', '{"a":"b\\'],
    ['more closed than opened', `{}${'}'.repeat(1_000_000)}`],
  ])('%s is malformed', async (_, body) => {
    expect(await answerTo(body)).toEqual([400, 'malformed'])
  })

  test('millions of values in a few bytes each are too large before they are made', async () => {
    expect(await answerTo(`[${'1,'.repeat(1_000_001)}1]`)).toEqual([413, 'too-large'])
  })

  test.each<[string, (text: string) => string]>([
    ['half a surrogate pair in a text', (text) => text.replace('"hello"', '"\\ud800"')],
    ['half a surrogate pair in a path', (text) => text.replace('"/orders"', '"/\\udfff"')],
    ['a number beyond all numbers', (text) => text.replace('"gap":0', '"gap":1e999')],
    ['a million events that are not there', (text) => text.replace('"count":3', '"count":1000000')],
  ])('%s does not fit the schema', async (_, change) => {
    const text = JSON.stringify(sampleBatch(enrolment, 'batch-0001'))
    expect(change(text)).not.toBe(text)
    expect(await answerTo(change(text))).toEqual([400, 'schema'])
  })
})

describe('attack 14: tenant A in tenant B', () => {
  test('a device, person, receipt, manifest or batch of one folder opens nothing in another', async () => {
    const other = scratchFolder()
    const { store: foreign, enrolment: theirs } = await enrolledStore(other.dir, { person: 'eve' })
    expect(await answerTo(sampleBatch(theirs, 'batch-0001'), {}, theirs)).toEqual([401, 'device'])
    expect(await answerTo(sampleBatch(enrolment, 'batch-0001'), {}, { ...theirs, deviceId: enrolment.deviceId })).toEqual([401, 'device'])
    const { receipt, deviceId } = theirs
    for (const [change, reason] of [
      [{ person: receipt.person }, 'person'],
      [{ device: deviceId }, 'person'],
      [{ receipt: receipt.id }, 'receipt'],
      [{ manifest: receipt.manifestSha256 }, 'receipt'],
    ] as const)
      expect(await answerTo(sampleBatch(enrolment, 'batch-0001', change))).toEqual([403, reason])
    expect(
      said(await ingestBatch(createIngest(foreign), await signedRequest(theirs, JSON.stringify(sampleBatch(theirs, 'batch-0001'))))),
    ).toEqual([200, 'batch-0001'])
    // An id that the other folder has is free here: nothing tells that it is taken there.
    expect(await answerTo(sampleBatch(enrolment, 'batch-0001'))).toEqual([200, 'batch-0001'])
    await foreign.close()
    other.remove()
  })
})

test.each<[string, Record<string, unknown>]>([
  ['a field of the store', { receivedAtEpochMs: 1 }],
  ['a tenant', { tenant: 'other' }],
  ['that it was redacted', { redacted: true }],
  ['an assurance', { assurance: 'device' }],
])('attack 16: a batch that brings %s is refused', async (_, more) => {
  expect(await answerTo({ ...sampleBatch(enrolment, 'batch-0001'), ...more })).toEqual([400, 'schema'])
})

describe('attack 18', () => {
  const claims = (): object => ({ body: 'a'.repeat(64), device: enrolment.deviceId, iat: nowEpochMs, nonce: 'nonce-0001' })

  test('a token without an algorithm or a signature is refused', async () => {
    const jwt = `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claims())}.`
    for (const authorization of [`Bearer ${jwt}`, `Device ${jwt}`]) expect(await withToken(authorization)).toEqual([401, 'token'])
    expect(await withToken(`Device ${base64url({ ...claims(), alg: 'none' })}.`)).toEqual([401, 'device'])
  })

  test('a hash under the public key is no signature', async () => {
    const head = base64url({ ...claims(), alg: 'HS256' })
    const key = Buffer.from(enrolment.receipt.publicKey, 'base64url')
    for (const algorithm of ['sha256', 'sha512'])
      expect(await withToken(`Device ${head}.${createHmac(algorithm, key).update(head).digest('base64url')}`)).toEqual([401, 'device'])
  })

  test.each(['../../../etc/passwd', '/dev/null', "' OR 1=1 --", 'file:///key', 'a\u0000b', ''])(
    'a key named %j is looked for nowhere',
    async (device) => {
      expect(await withToken(`Device ${base64url({ ...claims(), device })}.AAAA`)).toEqual([401, 'token'])
    },
  )

  test('a token for another audience is refused: that of another body, or of another server', async () => {
    const other = JSON.stringify({ fromEpochMs: 1, untilEpochMs: 2 })
    const { headers } = await signedRequest(enrolment, other)
    const body = Buffer.from(JSON.stringify(sampleBatch(enrolment, 'batch-0001')))
    expect(said(await ingestBatch(ingest, { headers, body }))).toEqual([401, 'body-hash'])
    const elsewhere = scratchFolder()
    const foreign = await enrolledStore(elsewhere.dir)
    expect(await answerTo(sampleBatch(foreign.enrolment, 'batch-0001'), {}, foreign.enrolment)).toEqual([401, 'device'])
    await foreign.store.close()
    elsewhere.remove()
  })
})

describe('attack 19', () => {
  test('a proof is good for its own body alone: again it is a duplicate, for another it is refused, and once it is old it is refused', async () => {
    const batch = sampleBatch(enrolment, 'batch-0001')
    const request = await signedRequest(enrolment, JSON.stringify(batch))
    expect(said(await ingestBatch(ingest, request))).toEqual([200, 'batch-0001'])
    expect((await ingestBatch(ingest, request)).body).toEqual({ acked: 'batch-0001', duplicate: true })
    expect(said(await ingestBatch(ingest, { ...request, body: Buffer.from(JSON.stringify({ ...batch, id: 'batch-0002' })) }))).toEqual([
      401,
      'body-hash',
    ])
    nowEpochMs += 5 * 60_000 + 2_000
    expect(said(await ingestBatch(ingest, request))).toEqual([401, 'clock'])
  })

  test('a foreign proof is refused: another device’s signature, and another device’s name', async () => {
    const bob = await enrolDevice(store, { person: 'bob', manifest: await trustedManifest(store), endpoint: '' })
    const batch: Batch = sampleBatch(enrolment, 'batch-0001')
    expect(await answerTo(batch, {}, { ...enrolment, deviceKey: bob.deviceKey })).toEqual([401, 'device'])
    expect(await answerTo(batch, {}, bob)).toEqual([403, 'person'])
  })
})

test('a device that makes up a new field for every batch fills neither the ledger nor the memory, and is told of all the same', async () => {
  const before = store.ledger.size
  for (let number = 0; number < 110; number += 1) {
    const batch = sampleBatch(enrolment, `batch-${1_000 + number}`)
    const word = `made${String.fromCharCode(97 + (number % 26), 97 + Math.floor(number / 26))}`
    const events = batch.events.map((rows) => ({ ...rows, columns: { ...rows.columns, [word]: 1 } }))
    const request = await signedRequest(enrolment, JSON.stringify({ ...batch, events }), { atEpochMs: nowEpochMs })
    expect((await ingestBatch(ingest, request)).status).toBe(400)
  }
  expect(store.ledger.size - before).toBe(100)
  const told = (await Array.fromAsync(store.ledger.entries(before))).map(({ body }) => body['beyond'])
  expect([told[0], told.at(-1)]).toEqual([expect.arrayContaining(['click.madeaa']), ['more than is told one by one']])
})

describe('attack 47: more than fits', () => {
  const head = async (bytes: number): Promise<Record<string, string>> => {
    const { headers } = await signedRequest(enrolment, 'x')
    return { authorization: String(headers['authorization']), 'content-length': String(bytes) }
  }

  test('is turned away with a time to come again, counted, and let in once there is room', async () => {
    ingest = createIngest(store, { roomBytes: 1_000_000 })
    const first = ingest.head(await head(600_000))
    expect(first).toBeTypeOf('function')
    expect(ingest.head(await head(600_000))).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
    expect(ingest.counters().refused).toEqual({ unavailable: 1 })
    if (typeof first === 'function') for (const give of [first, first]) give()
    expect(ingest.head(await head(1_000_000))).toBeTypeOf('function')
    expect(ingest.head(await head(1))).toMatchObject({ status: 503 })
  })

  test('a stranger has no room for a body of any size, nor for one that does not say how large it is', async () => {
    const forged = { ...(await head(262_144)), authorization: 'Device a.b' }
    for (const headers of [{ 'content-length': '300000' }, { 'content-length': '1' }, {}, forged])
      for (let n = 0; n < 300; n += 1) expect(ingest.head(headers)).toMatchObject({ status: 401 })
    expect(ingest.head(await head(8 * 1024 * 1024))).toBeTypeOf('function')
  })

  test('one person has no more than a share, with however many devices, and a body that was let go of takes none', async () => {
    const manifest = await trustedManifest(store)
    const enrol = (person: string) => enrolDevice(store, { person, manifest, endpoint: '' })
    const unsaid = async (device: Enrolment) => {
      const { headers } = await signedRequest(device, 'x')
      return ingest.head({ authorization: headers['authorization'] })
    }
    const [second, third, other] = [await enrol('ada'), await enrol('ada'), await enrol('bob')]
    const [first] = [await unsaid(enrolment), await unsaid(second)]
    expect([await unsaid(third), await unsaid(enrolment)]).toMatchObject([{ status: 503 }, { status: 503 }])
    expect(await unsaid(other)).toBeTypeOf('function')
    if (typeof first === 'function') first()
    expect(await unsaid(third)).toBeTypeOf('function')
  })
})
