import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { assert, integer, property } from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { newKey, seal } from './cipher.ts'
import { openStore } from './open-store.ts'
import { permitsFor } from './permits.ts'
import { decodeRecord, encodeRecord, type LogRecord } from './record.ts'
import { segmentHead } from './segment.ts'

const canaries = ['walnut-harbour-7731', 'cobalt-meadow-2208'] as const
let folder: ReturnType<typeof scratchFolder>
const path = (...names: string[]): string => join(folder.dir, ...names)

beforeEach(async () => {
  folder = scratchFolder()
  const { store, enrolment } = await enrolledStore(path('data'), { person: 'ada-of-the-canaries' })
  const ingest = createIngest(store)
  for (const [place, note] of canaries.entries()) {
    const batch = sampleBatch(enrolment, `batch-000${place}`, { note, session: `session-${place}` })
    const { status } = await ingestBatch(ingest, await signedRequest(enrolment, JSON.stringify(batch)))
    if (status !== 200) throw new Error(`the batch was refused with ${status}`)
  }
  await store.close()
})
afterEach(() => folder.remove())

/** Everything that a folder gives out. */
async function readAll(dir: string): Promise<string> {
  const store = await openStore(dir)
  try {
    const texts: string[] = []
    for await (const permit of permitsFor(store, 'ground'))
      for await (const batch of store.batches(permit)) texts.push(JSON.stringify(batch))
    return texts.join('\n')
  } finally {
    await store.close()
  }
}

const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const holding = (dir: string, text: string): string[] => filesOf(dir).filter((file) => readFileSync(file).includes(text))

test('attack 40: the whole folder without the tenant’s key holds nothing that was recorded, and another key opens none of it', async () => {
  expect(await readAll(path('data'))).toContain(canaries[0])
  for (const canary of canaries) expect(holding(path('data'), canary)).toEqual([])
  const other = scratchFolder()
  await (await openStore(other.dir)).close()
  cpSync(path('data'), path('stolen'), { recursive: true })
  rmSync(path('stolen', 'tenant.key'))
  await expect(openStore(path('stolen'))).rejects.toMatchObject({ code: 'OVT-1307' })
  cpSync(join(other.dir, 'tenant.key'), path('stolen', 'tenant.key'))
  await expect(openStore(path('stolen'))).rejects.toMatchObject({ code: 'OVT-1307' })
  other.remove()
})

test('attack 40: the log alone names nobody; the keys alone hold nothing that was recorded, and make no folder', async () => {
  expect(holding(path('data', 'log'), 'ada-of-the-canaries')).toEqual([])
  expect(holding(path('data', 'ledger'), 'ada-of-the-canaries')).toEqual([])
  cpSync(path('data'), path('keys'), {
    recursive: true,
    filter: (file) => file === path('data') || /(tenant\.key|keys\.sqlite.*)$/.test(file),
  })
  for (const canary of canaries) expect(holding(path('keys'), canary)).toEqual([])
  await expect(openStore(path('keys'))).rejects.toMatchObject({ code: 'OVT-1302' })
})

const segmentFile = () => path('data', 'log', readdirSync(path('data', 'log')).find((name) => name.endsWith('.seg')) ?? '')

/** Rewrites the log's records, with checksums that fit: what is left to notice it is the encryption. */
function rewrite(change: (records: readonly LogRecord[]) => readonly LogRecord[]): void {
  const bytes = readFileSync(segmentFile())
  const records: LogRecord[] = []
  const writes: number[] = []
  for (let at = segmentHead.length; at < bytes.length;) {
    const found = decodeRecord(bytes, at)
    if (found.kind !== 'record') throw new Error(`no record at ${at}`)
    records.push({ ...found.record, sealed: Buffer.from(found.record.sealed) })
    writes.push(found.writeAtByte)
    at += found.sizeBytes
  }
  writeFileSync(
    segmentFile(),
    Buffer.concat([segmentHead, ...change(records).map((record, place) => encodeRecord(record, writes[place] ?? 0))]),
  )
}

test('attack 41: ciphertexts that change places in the log, checksums and all, are not opened as each other', async () => {
  rewrite(([one, two]) =>
    one === undefined || two === undefined
      ? []
      : [
          { ...one, sealed: two.sealed },
          { ...two, sealed: one.sealed },
        ],
  )
  await expect(readAll(path('data'))).rejects.toMatchObject({ code: 'OVT-1307' })
})

test('attack 41: a ciphertext with its first, last or any byte changed, or cut by one, is not opened', async () => {
  const whole = readFileSync(segmentFile())
  for (const [name, spoil] of Object.entries({
    nonce: (bytes: Buffer) => bytes.fill(bytes.readUInt8(0) ^ 1, 0, 1),
    body: (bytes: Buffer) => bytes.fill(bytes.readUInt8(40) ^ 1, 40, 41),
    tag: (bytes: Buffer) => bytes.fill(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1),
  })) {
    rewrite((records) => records.map((record) => ({ ...record, sealed: spoil(Buffer.from(record.sealed)) })))
    await expect(readAll(path('data')), name).rejects.toMatchObject({ code: 'OVT-1307' })
    writeFileSync(segmentFile(), whole)
  }
  expect(await readAll(path('data'))).toContain(canaries[1])
})

test('attack 41: a log that is cut anywhere is noticed: less than was acknowledged is never taken for all', async () => {
  const whole = readFileSync(segmentFile())
  for (const part of [0, 0.3, 0.6, 0.99]) {
    writeFileSync(segmentFile(), whole.subarray(0, Math.floor(whole.length * part)))
    await expect(readAll(path('data')), String(part)).rejects.toMatchObject({ code: 'OVT-1302' })
  }
  writeFileSync(segmentFile(), whole)
  expect(await readAll(path('data'))).toContain(canaries[1])
})

test('attack 41: no nonce is used twice, under one key or many', () => {
  assert(
    property(integer({ min: 1, max: 64 }), (bytes) => {
      const key = newKey()
      const nonces = Array.from({ length: 500 }, () => seal(key, Buffer.alloc(bytes), 'bound').subarray(0, 12).toString('hex'))
      expect(new Set(nonces).size).toBe(500)
    }),
    { numRuns: 20 },
  )
})
