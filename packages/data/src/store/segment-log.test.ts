import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { type Disk, nodeDisk } from './disk.ts'
import { DataError } from './error.ts'
import type { LogRecord } from './record.ts'
import type { Committed, Position } from './segment.ts'
import { type LogOptions, type Rewriting, type SegmentLog, openSegmentLog } from './segment-log.ts'

let folder: string
let open: SegmentLog[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overt-log-'))
  open = []
})

afterEach(async () => {
  for (const log of open) await log.close()
  rmSync(folder, { recursive: true, force: true })
})

const record = (number: number, sizeBytes = 100): LogRecord => ({
  kind: 'batch',
  idHash: number.toString(16).padStart(64, '0'),
  contentHash: 'ab'.repeat(32),
  sealed: Buffer.alloc(sizeBytes, number),
})

async function openLog(change: Partial<LogOptions> = {}): Promise<{ log: SegmentLog; found: number[] }> {
  const found: number[] = []
  const onRecord = (one: LogRecord) => found.push(Number.parseInt(one.idHash, 16))
  const log = await openSegmentLog({
    disk: nodeDisk(),
    folder,
    segmentBytes: 1 << 20,
    committed: { segment: 0, toByte: 0 },
    onRecord,
    ...change,
  })
  open.push(log)
  return { log, found }
}

async function write(count: number, change: Partial<LogOptions> = {}): Promise<Committed> {
  const { log } = await openLog(change)
  for (let number = 1; number <= count; number += 1) await log.append([record(number)])
  return log.end()
}

const segment = (number = 1) => join(folder, `${String(number).padStart(8, '0')}.seg`)

async function damage(action: Promise<unknown>): Promise<DataError> {
  const error = await action.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(DataError)
  return error as DataError
}

test('what was appended is found again, in order, over several segments', async () => {
  await write(20, { segmentBytes: 500 })
  const { log, found } = await openLog({ segmentBytes: 500 })
  expect(found).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(log.report).toMatchObject({ records: 20, tornTails: 0 })
  expect(readdirSync(folder).length).toBeGreaterThan(3)
})

test('a record is read back by its position', async () => {
  const { log } = await openLog()
  const positions = await log.append([record(1), record(2, 5_000), record(3)])
  expect(Buffer.from((await log.read(() => positions[1]))!.sealed)).toEqual(Buffer.alloc(5_000, 2))
})

test('of a file no more is held at a time than a window, or a record that is larger, and the records are all found', async () => {
  const windowBytes = 1 << 20
  const reads: number[] = []
  const disk: Disk = {
    ...nodeDisk(),
    open: async (path) => {
      const file = await nodeDisk().open(path)
      return { ...file, read: (atByte, sizeBytes) => (reads.push(sizeBytes), file.read(atByte, sizeBytes)) }
    },
  }
  const options = { disk, segmentBytes: 16 * windowBytes }
  const small = Array.from({ length: 30 }, (_, at) => record(at + 1, 200_000))
  const positions = new Map<string, Position>()
  const onRecord = (one: LogRecord, position: Position): void => void positions.set(one.idHash, position)
  const reopen = async (): Promise<SegmentLog> => (await openLog({ ...options, onRecord })).log
  await (await reopen()).append(small)
  let log = await reopen()
  expect([positions.size, Math.max(...reads)]).toEqual([30, windowBytes])
  // One of a window to the byte, those next to it, and one of several.
  const large = [windowBytes - 1, windowBytes, windowBytes + 1, 5 * windowBytes].map((sizeBytes, at) => record(at + 31, sizeBytes - 81))
  await log.append(large)
  log = await reopen()
  const opened = await Promise.all([...positions.values()].map((position) => log.read(() => position)))
  expect(opened.map((one) => one?.sealed.length)).toEqual([...small, ...large].map(({ sealed }) => sealed.length))
  await log.seal()
  await log.rewrite(1, { isAlive: (idHash) => idHash !== record(2).idHash, onPlaced: (one) => onRecord(one.record, one.position) })
  const kept = await Promise.all([...positions.values()].map((position) => log.read(() => position)))
  expect(kept.map((one) => one?.sealed.length)).toEqual(opened.map((one, at) => (at === 1 ? 0 : one?.sealed.length)))
})

test('a tail cut off at any byte of the last record is removed and counted, and the log goes on', async () => {
  await write(3)
  const whole = readFileSync(segment())
  const recordBytes = (whole.length - 8) / 3
  for (const cut of [1, 11, 12, 76, recordBytes - 1]) {
    writeFileSync(segment(), whole.subarray(0, whole.length - recordBytes + cut))
    const { log, found } = await openLog()
    expect(found).toEqual([1, 2])
    expect(log.report).toMatchObject({ tornTails: 1, tornBytes: cut })
    expect(statSync(segment()).size).toBe(whole.length - recordBytes)
    await log.append([record(9)])
    expect((await openLog()).found).toEqual([1, 2, 9])
  }
})

test('a byte flipped anywhere before the last record is damage: named by file and offset, and nothing is changed', async () => {
  await write(3)
  const whole = readFileSync(segment())
  const recordBytes = (whole.length - 8) / 3
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 8 + 2 * recordBytes - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const bytes = Buffer.from(whole)
      bytes[at] = bytes[at]! ^ mask
      // One flip makes of this version's head the one before, whose files are read as they are (below).
      fc.pre(!bytes.subarray(0, 8).equals(Buffer.from('OVTSEG01')))
      writeFileSync(segment(), bytes)
      const error = await damage(openLog())
      expect(error).toMatchObject({ code: 'OVT-1302', kind: 'damaged' })
      const begins = at < 8 ? 0 : 8 + Math.floor((at - 8) / recordBytes) * recordBytes
      expect(error.message).toContain(`${segment()} (${bytes.length} bytes) is damaged at byte ${begins}`)
      expect(readFileSync(segment())).toEqual(bytes)
    }),
    {
      numRuns: 60,
      examples: [
        [7, 3],
        [7, 1],
      ],
    },
  )
})

test('damage in the last record is not taken for a torn tail where it was acknowledged', async () => {
  const committed = await write(3)
  const bytes = readFileSync(segment())
  bytes[bytes.length - 5]! ^= 1
  writeFileSync(segment(), bytes)
  expect((await damage(openLog({ committed }))).code).toBe('OVT-1302')
  expect(readFileSync(segment())).toEqual(bytes)
})

test('a log that is shorter than what was acknowledged is damage', async () => {
  const committed = await write(3)
  truncateSync(segment(), 8)
  expect((await damage(openLog({ committed }))).code).toBe('OVT-1302')
})

test('a missing segment is damage', async () => {
  await write(20, { segmentBytes: 500 })
  rmSync(segment(2))
  expect((await damage(openLog())).message).toContain(segment(2))
})

test('a torn tail before the last segment is damage', async () => {
  await write(20, { segmentBytes: 500 })
  truncateSync(segment(1), statSync(segment(1)).size - 3)
  expect((await damage(openLog())).code).toBe('OVT-1302')
})

test('a segment whose head was half written when the machine stopped is begun again', async () => {
  await write(3)
  writeFileSync(segment(2), 'OVT')
  const { log, found } = await openLog()
  expect(found).toEqual([1, 2, 3])
  await log.append([record(4)])
  expect((await openLog()).found).toEqual([1, 2, 3, 4])
})

function failing(what: 'write' | 'sync', fail: () => boolean, keepBytes = 0): Disk {
  const disk = nodeDisk()
  return {
    ...disk,
    async open(path) {
      const file = await disk.open(path)
      return {
        ...file,
        async write(bytes, atByte) {
          if (what === 'write' && fail()) {
            await file.write(bytes.subarray(0, keepBytes), atByte)
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
          }
          await file.write(bytes, atByte)
        },
        async sync() {
          if (what === 'sync' && fail()) throw Object.assign(new Error('input/output error'), { code: 'EIO' })
          await file.sync()
        },
      }
    },
  }
}

test('a full disk refuses, keeps nothing of it, and takes the next once there is room', async () => {
  let full = false
  const { log } = await openLog({ disk: failing('write', () => full, 40) })
  await log.append([record(1)])
  full = true
  expect((await damage(log.append([record(2)]))).kind).toBe('diskFull')
  full = false
  await log.append([record(3)])
  expect((await openLog()).found).toEqual([1, 3])
})

test('a failed sync is final: it is not tried again, and nothing more is accepted', async () => {
  let syncs = 0
  const { log } = await openLog({ disk: failing('sync', () => (syncs += 1) === 3) })
  await log.append([record(1)])
  expect((await damage(log.append([record(2)]))).kind).toBe('sync')
  expect((await damage(log.append([record(3)]))).kind).toBe('sync')
  expect(syncs).toBe(3)
})

/** Where each record lies, as a store would know it. */
async function placed(count: number, change: Partial<LogOptions> = {}) {
  const at = new Map<string, Position>()
  const { log } = await openLog(change)
  for (let number = 1; number <= count; number += 1) {
    const one = record(number, 50 + number)
    const [position] = await log.append([one])
    if (position !== undefined) at.set(one.idHash, position)
  }
  const read = async (number: number) => (await log.read(() => at.get(record(number).idHash)))?.sealed
  return { log, at, read }
}

const rewriting = (at: Map<string, Position>, alive: (number: number) => boolean): Rewriting => ({
  isAlive: (idHash) => alive(Number.parseInt(idHash, 16)),
  onPlaced: ({ record: { kind, idHash }, position }) => (kind === 'gone' ? at.delete(idHash) : at.set(idHash, position)),
})

test('a rewritten segment has no ciphertext of the dead, all of the others’ bytes, and says that the dead were there', async () => {
  const { log, at, read } = await placed(12)
  const before = await read(2)
  await log.seal()
  const sizeBefore = statSync(segment()).size
  const done = await log.rewrite(
    1,
    rewriting(at, (number) => number % 2 === 0),
  )
  expect(done).toEqual({ removed: 6, freedBytes: sizeBefore - statSync(segment()).size })
  expect([await read(1), await read(2)]).toEqual([undefined, before])
  expect(Buffer.from(before ?? [])).toEqual(Buffer.alloc(52, 2))
  expect(readFileSync(segment()).includes(Buffer.alloc(51, 1))).toBe(false)
  const again: string[] = []
  await openLog({ onRecord: ({ kind, idHash }) => again.push(`${Number.parseInt(idHash, 16)} ${kind}`) })
  expect(again.slice(0, 4)).toEqual(['1 gone', '2 batch', '3 gone', '4 batch'])
  expect(again).toHaveLength(12)
  // Once more there is nothing to remove.
  expect(
    await log.rewrite(
      1,
      rewriting(at, (number) => number % 2 === 0),
    ),
  ).toEqual({ removed: 0, freedBytes: 0 })
})

test('what is read while its segment is rewritten is that record and no other, and appends go on', async () => {
  const { log, at, read } = await placed(40)
  await log.seal()
  let over = false
  const reading = (async () => {
    for (let turn = 0; !over; turn += 1) {
      const number = 2 * (1 + (turn % 10))
      expect(Buffer.from((await read(number)) ?? [])).toEqual(Buffer.alloc(50 + number, number))
    }
  })()
  for (let keep = 0; keep < 8; keep += 1)
    await Promise.all([
      log.rewrite(
        1,
        rewriting(at, (number) => number % 2 === 0),
      ),
      log.append([record(100 + keep)]),
    ])
  over = true
  await reading
  expect((await openLog()).log.report.records).toBe(28)
})

test('what a crash left of a segment that was being rewritten is removed, and the segment is as it was', async () => {
  await write(3)
  writeFileSync(`${segment()}.new`, readFileSync(segment()).subarray(0, 60))
  expect((await openLog()).found).toEqual([1, 2, 3])
  expect(readdirSync(folder)).toEqual(['00000001.seg'])
})

test('a rewriting that finds no room, or a record that does not read, changes nothing', async () => {
  let room = true
  const full: Disk = {
    ...nodeDisk(),
    open: async (path) => {
      const file = await nodeDisk().open(path)
      const write = (bytes: Uint8Array, atByte: number) =>
        room || !path.endsWith('.new') ? file.write(bytes, atByte) : Promise.reject(new Error('ENOSPC'))
      return { ...file, write }
    },
  }
  const { log, at, read } = await placed(6, { disk: full })
  await log.seal()
  const before = readFileSync(segment())
  room = false
  await expect(
    log.rewrite(
      1,
      rewriting(at, () => false),
    ),
  ).rejects.toMatchObject({ code: 'OVT-1304' })
  room = true
  expect([readFileSync(segment()).equals(before), readdirSync(folder).length]).toEqual([true, 2])
  const bytes = Buffer.from(before)
  bytes[before.length - 5]! ^= 1
  writeFileSync(segment(), bytes)
  await expect(
    log.rewrite(
      1,
      rewriting(at, () => false),
    ),
  ).rejects.toMatchObject({ code: 'OVT-1302' })
  expect([readFileSync(segment()).equals(bytes), readdirSync(folder).length]).toEqual([true, 2])
  writeFileSync(segment(), before.subarray(0, before.length - 5))
  await expect(
    log.rewrite(
      1,
      rewriting(at, () => false),
    ),
  ).rejects.toMatchObject({ code: 'OVT-1302' })
  expect(await read(1)).toBeDefined()
})

test('a segment of version 1 is read as it is', async () => {
  await write(3)
  const bytes = readFileSync(segment())
  bytes.write('OVTSEG01', 0)
  writeFileSync(segment(), bytes)
  expect((await openLog()).found).toEqual([1, 2, 3])
})
