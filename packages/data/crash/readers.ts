import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'

import { checkManifest, verifyReceipt } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import fc from 'fast-check'

import { enrolledStore, sampleBatch } from '../src/ingest/fixture.ts'
import { decodeRows, shapeBatch } from '../src/ingest/decode.ts'
import { scanBatch } from '../src/ingest/scan.ts'
import { inflate } from '../src/ingest/inflate.ts'
import { parseJson } from '../src/ingest/json.ts'
import { nodeDisk } from '../src/store/disk.ts'
import { selectTrustedKeys } from '../src/store/documents.ts'
import { DataError } from '../src/store/error.ts'
import { openLedgerKey } from '../src/store/key-file.ts'
import { openLedger } from '../src/store/ledger.ts'
import { ledgerPaths } from '../src/store/ledger-files.ts'
import { verifyLedger } from '../src/store/ledger-verify.ts'
import { openSegmentLog } from '../src/store/segment-log.ts'
import { nearBytes, nearDocument } from './near.ts'

/** Something that reads what came from outside, or from a disk. */
export interface Reader {
  readonly name: string
  /** Reads one input; false where it was refused in the words of the reader. Anything thrown is a fault. */
  readonly property: (seen: (taken: boolean) => void) => fc.IAsyncProperty<unknown>
}

/** Every reader, over real documents and files that are made in `dir`. */
export async function readersOf(dir: string): Promise<readonly Reader[]> {
  const { store, enrolment, manifest } = await enrolledStore(join(dir, 'data'))
  const keys = selectTrustedKeys(store.control)
  for (let entry = 0; entry < 20; entry += 1) await store.ledger.append('export', { entry, text: 'x'.repeat(entry * 7) })
  await store.close()
  const batch = sampleBatch(enrolment, 'batch-0001')
  const text = Buffer.from(JSON.stringify(batch))
  return [
    reader('batch, as bytes', fc.oneof(...[text, gzipSync(text), zstdCompressSync(text)].map(nearBytes)), readBody),
    reader('batch, as a document', fc.oneof(nearDocument(batch), nearDocument(firstBatch(batch))), async (document) => isBatch(document)),
    reader('manifest', nearDocument(manifest), async (document) => (await checkManifest(document, keys, Date.now())).ok),
    reader('receipt', nearDocument(enrolment.receipt), async (document) => (await verifyReceipt(document)).ok),
    reader('segment', nearBytes(await segmentIn(join(dir, 'log'))), (bytes) => readSegment(join(dir, 'log'), bytes)),
    await ledgerReader(join(dir, 'data')),
  ]
}

/** The same in version 1, with the rows that one of its recorders told. */
function firstBatch(batch: Batch): object {
  const recorded = JSON.parse(readFileSync(new URL('../../schema/fixtures/batch-1.json', import.meta.url), 'utf8')) as { columns: object } // as: written by a recorder
  return { ...batch, ...recorded.columns, v: 'overt.batch/1' }
}

function reader<T>(name: string, input: fc.Arbitrary<T>, read: (input: T) => Promise<boolean>): Reader {
  return { name, property: (seen) => fc.asyncProperty(input, async (one) => seen(await read(one))) }
}

/** As the ingest reads it: by its columns, and by its rows. What the columns take the rows take too. */
function isBatch(document: unknown): boolean {
  const shaped = shapeBatch(document)
  if (!shaped.ok) return false
  const { batch, told } = shaped.value
  const scanned = scanBatch(batch, told) !== undefined
  const { ok } = decodeRows(batch)
  if (scanned && !ok) throw new RangeError('the columns took what the rows refuse')
  return ok
}

async function readBody(bytes: Buffer): Promise<boolean> {
  for (const encoding of ['identity', 'gzip', 'zstd']) {
    const body = await inflate(bytes, encoding)
    const document = body.ok ? parseJson(body.value.bytes) : body
    if (document.ok && isBatch(document.value.document)) return true
  }
  return false
}

const logOptions = (folder: string) => ({
  disk: nodeDisk(),
  folder,
  segmentBytes: 1 << 20,
  committed: { segment: 0, toByte: 0 },
  onRecord: () => {},
})

async function segmentIn(folder: string): Promise<Buffer> {
  const log = await openSegmentLog(logOptions(folder))
  for (let size = 1; size < 20; size += 1)
    await log.append([{ kind: 'batch', idHash: 'ab'.repeat(32), contentHash: 'cd'.repeat(32), sealed: Buffer.alloc(size * 30, size) }])
  await log.close()
  return readFileSync(join(folder, '00000001.seg'))
}

async function readSegment(folder: string, bytes: Buffer): Promise<boolean> {
  const path = join(folder, '00000001.seg')
  writeFileSync(path, bytes)
  return unlessDamaged(
    async () => {
      const log = await openSegmentLog(logOptions(folder))
      await log.close()
    },
    () => {
      if (!readFileSync(path).equals(bytes)) throw new Error('a damaged segment was changed')
    },
  )
}

async function ledgerReader(dir: string): Promise<Reader> {
  const paths = Object.values(ledgerPaths(dir))
  const whole = new Map(paths.map((path) => [path, readFileSync(path)]))
  const options = {
    dir,
    disk: nodeDisk(),
    tenant: 'fuzz',
    key: await openLedgerKey(dir),
    nowEpochMs: Date.now,
    salt: () => Buffer.alloc(32),
  }
  const input = fc.oneof(...paths.map((path) => nearBytes(whole.get(path) ?? Buffer.alloc(0)).map((bytes) => ({ path, bytes }))))
  return reader('ledger', input, async ({ path, bytes }) => {
    for (const [name, text] of whole) writeFileSync(name, text)
    writeFileSync(path, bytes)
    const { ok } = await verifyLedger(dir)
    const opens = await unlessDamaged(async () => {
      const ledger = await openLedger(options)
      await ledger.close()
    })
    return ok && opens
  })
}

/** True where it was read; false where it was refused as damaged, or as of another key. */
async function unlessDamaged(read: () => Promise<void>, refused: () => void = () => {}): Promise<boolean> {
  try {
    await read()
    return true
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    refused()
    return false
  }
}
