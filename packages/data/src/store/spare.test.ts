import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { type Disk, nodeDisk } from './disk.ts'
import type { LogRecord } from './record.ts'
import type { Committed } from './segment.ts'
import { type SegmentLog, openSegmentLog } from './segment-log.ts'

const segmentBytes = 20_000

let folder: string
let open: SegmentLog[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overt-spare-'))
  open = []
})

afterEach(async () => {
  for (const log of open) await log.close()
  rmSync(folder, { recursive: true, force: true })
})

const record = (number: number, sizeBytes = 200): LogRecord => ({
  kind: 'batch',
  idHash: number.toString(16).padStart(64, '0'),
  contentHash: 'ab'.repeat(32),
  sealed: Buffer.alloc(sizeBytes, number),
})

const path = (number: number): string => join(folder, `${String(number).padStart(8, '0')}.seg`)
const spare = (): string => join(folder, 'next.new')

async function openLog(disk: Disk = nodeDisk(), committed: Committed = { segment: 0, toByte: 0 }) {
  const found: number[] = []
  const onRecord = (one: LogRecord): void => void found.push(Number.parseInt(one.idHash, 16))
  const log = await openSegmentLog({ disk, folder, segmentBytes, committed, onRecord })
  open.push(log)
  return { log, found }
}

/** Appends until the log writes into a file that was made ahead; returns how many. */
async function untilAllocated(log: SegmentLog): Promise<number> {
  let count = 0
  await vi.waitUntil(
    async () => {
      await log.append([record((count += 1))])
      return log.end().segment > 1
    },
    { timeout: 20_000, interval: 1 },
  )
  return count
}

async function close(log: SegmentLog): Promise<void> {
  open = open.filter((one) => one !== log)
  await log.close()
}

test('a log that is in use goes on in a file that has its size already, and no append changes that size', async () => {
  const { log } = await openLog()
  const count = await untilAllocated(log)
  const { segment } = log.end()
  for (let more = 1; more <= 10; more += 1) {
    expect(statSync(path(segment)).size).toBe(segmentBytes)
    await log.append([record(count + more)])
  }
  await close(log)
  const { log: again, found } = await openLog(nodeDisk(), { segment, toByte: log.end().toByte })
  expect(found).toEqual(Array.from({ length: count + 10 }, (_, index) => index + 1))
  expect(again.report).toMatchObject({ tornTails: 0, tornBytes: 0 })
  expect(again.end()).toEqual(log.end())
  expect(statSync(path(segment)).size).toBe(segmentBytes)
})

test('a folder that hardly records takes no room ahead, and a log that is closed leaves none', async () => {
  const { log } = await openLog()
  await log.append([record(1, 20)])
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(readdirSync(folder)).toEqual(['00000001.seg'])
  const count = await untilAllocated(log)
  await close(log)
  expect([count > 0, existsSync(spare())]).toEqual([true, false])
})

test('a record that a crash tore in the middle of a file made ahead is cut off and told from the zeros behind it', async () => {
  const { log } = await openLog()
  const count = await untilAllocated(log)
  const { segment, toByte } = log.end()
  await close(log)
  const whole = readFileSync(path(segment))
  const sizeBytes = toByte - 8
  for (const cut of [1, 11, 13, 90, sizeBytes - 1]) {
    const torn = Buffer.from(whole)
    torn.fill(0, 8 + cut)
    writeFileSync(path(segment), torn)
    const { log: again, found } = await openLog()
    expect([cut, found.length, again.report.tornTails]).toEqual([cut, count - 1, 1])
    expect(again.report.tornBytes).toBeLessThanOrEqual(cut)
    expect(statSync(path(segment)).size).toBe(8)
    await again.append([record(count)])
    await close(again)
    expect((await openLog()).found.at(-1)).toBe(count)
  }
})

test('zeros where an acknowledged record should be are damage, in the last file and in one before it', async () => {
  const { log } = await openLog()
  await untilAllocated(log)
  const committed = log.end()
  await close(log)
  const whole = readFileSync(path(committed.segment))
  writeFileSync(path(committed.segment), Buffer.from(whole).fill(0, committed.toByte - 100))
  await expect(openLog(nodeDisk(), committed)).rejects.toMatchObject({ code: 'OVT-1302' })
  writeFileSync(path(committed.segment), whole)
  const before = readFileSync(path(1))
  writeFileSync(path(1), Buffer.from(before).fill(0, before.length - 281))
  await expect(openLog()).rejects.toMatchObject({ code: 'OVT-1302' })
})

test('a file that is sealed early keeps no room behind its last record', async () => {
  const { log } = await openLog()
  await untilAllocated(log)
  const { segment, toByte } = log.end()
  await log.seal()
  expect([log.end().segment, statSync(path(segment)).size]).toEqual([segment + 1, toByte])
})

test('where there is no room to make one ahead, appends go on and what was begun is removed', async () => {
  let tries = 0
  const full: Disk = {
    ...nodeDisk(),
    open: async (name) => {
      const file = await nodeDisk().open(name)
      const write = async (): Promise<void> => {
        tries += 1
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      }
      return name === spare() ? { ...file, write } : file
    },
  }
  const { log } = await openLog(full)
  for (let number = 1; number <= 150; number += 1) await log.append([record(number)])
  await vi.waitUntil(() => tries > 0 && !existsSync(spare()))
  // Not at every append.
  expect(tries).toBeLessThan(140)
  await close(log)
  expect((await openLog()).found).toHaveLength(150)
})

test('a file that was made ahead and could not be synced ends the log', async () => {
  const broken: Disk = {
    ...nodeDisk(),
    open: async (name) => {
      const file = await nodeDisk().open(name)
      return name === spare() ? { ...file, sync: () => Promise.reject(new Error('EIO')) } : file
    },
  }
  const { log } = await openLog(broken)
  const ended = vi.waitUntil(async () => {
    const error = await log.append([record(1)]).catch((cause: unknown) => cause)
    return error instanceof Error ? error : undefined
  })
  expect(await ended).toMatchObject({ code: 'OVT-1305' })
})
