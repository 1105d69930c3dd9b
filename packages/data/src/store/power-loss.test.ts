import { basename, dirname } from 'node:path'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Disk, DiskFile } from './disk.ts'
import { type LogRecord, encodeRecord } from './record.ts'
import { openSegmentLog } from './segment-log.ts'

interface Held {
  durable: Buffer
  pending: { atByte: number; bytes: Buffer }[]
  size: number
  /** The folder's entry for it lies on the device. */
  linked: boolean
}

/** A disk that forgets: what was not synced is dropped, kept in part or scrambled when the power goes, as `chance` (0-1) says. */
class ForgetfulDisk implements Disk {
  readonly #files = new Map<string, Held>()
  #powered = true

  async open(path: string): Promise<DiskFile> {
    const held = this.#files.get(path) ?? { durable: Buffer.alloc(0), pending: [], size: 0, linked: false }
    this.#files.set(path, held)
    const guard = (): void => {
      if (!this.#powered) throw new Error('the power is gone')
    }
    return {
      write: async (bytes, atByte) => {
        guard()
        held.pending.push({ atByte, bytes: Buffer.from(bytes) })
        held.size = Math.max(held.size, atByte + bytes.length)
      },
      read: async (atByte, sizeBytes) => this.#seen(held).subarray(atByte, atByte + sizeBytes),
      sync: async () => {
        guard()
        held.durable = this.#seen(held)
        held.pending = []
      },
      truncate: async (sizeBytes) => {
        guard()
        held.durable = this.#seen(held).subarray(0, sizeBytes)
        held.pending = []
        held.size = sizeBytes
      },
      size: async () => held.size,
      close: async () => {},
    }
  }

  async list(folder: string): Promise<readonly string[]> {
    return [...this.#files.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => basename(path))
      .sort()
  }

  async syncFolder(folder: string): Promise<void> {
    for (const [path, held] of this.#files) if (dirname(path) === folder) held.linked = true
  }

  lose(chance: () => number): void {
    this.#powered = false
    for (const [path, held] of this.#files) {
      if (!held.linked && chance() < 0.5) this.#files.delete(path)
      for (const write of held.pending) this.#maybeKeep(held, write, chance)
      held.pending = []
      held.size = held.durable.length
    }
    this.#powered = true
  }

  #maybeKeep(held: Held, { atByte, bytes }: { atByte: number; bytes: Buffer }, chance: () => number): void {
    const fate = chance()
    if (fate < 0.3) return
    const kept = Buffer.from(fate < 0.7 ? bytes.subarray(0, Math.floor(bytes.length * chance())) : bytes)
    if (fate > 0.85 && kept.length > 0) kept[Math.floor(kept.length * chance())]! ^= 0x55
    held.durable = over(held.durable, atByte, kept)
  }

  #seen(held: Held): Buffer {
    return held.pending.reduce((bytes, { atByte, bytes: more }) => over(bytes, atByte, more), held.durable)
  }
}

function over(bytes: Buffer, atByte: number, more: Buffer): Buffer {
  const out = Buffer.alloc(Math.max(bytes.length, atByte + more.length))
  bytes.copy(out)
  more.copy(out, atByte)
  return out
}

const record = (number: number): LogRecord => ({
  kind: 'batch',
  idHash: number.toString(16).padStart(64, '0'),
  contentHash: 'cd'.repeat(32),
  sealed: Buffer.alloc(20 + (number % 90), number),
})

test('whatever the disk forgets when the power goes, every acknowledged record is there once, and nothing that was never written', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.integer({ min: 1, max: 5 }),
      async (stream, losses) => {
        const chance = (): number => stream.next().value
        const disk = new ForgetfulDisk()
        const acked = new Set<number>()
        let number = 0
        for (let loss = 0; loss <= losses; loss += 1) {
          const found: number[] = []
          const options = { disk, folder: '/log', segmentBytes: 600, committed: { segment: 0, toByte: 0 } }
          const log = await openSegmentLog({ ...options, onRecord: (one) => found.push(Number.parseInt(one.idHash, 16)) })
          expect(new Set(found).size).toBe(found.length)
          expect([...acked].filter((one) => !found.includes(one))).toEqual([])
          expect(found.every((one) => one <= number)).toBe(true)
          for (let turn = 0; turn < 6; turn += 1) {
            const batch = Array.from({ length: 1 + Math.floor(chance() * 3) }, () => record((number += 1)))
            await log.append(batch)
            for (const one of batch) acked.add(Number.parseInt(one.idHash, 16))
          }
          // The last append is cut off between its write and its sync.
          const last = await disk.open(`/log/${String(log.end().segment).padStart(8, '0')}.seg`)
          const { toByte } = log.end()
          await last.write(Buffer.concat([record((number += 1)), record((number += 1))].map((one) => encodeRecord(one, toByte))), toByte)
          disk.lose(chance)
        }
      },
    ),
    { numRuns: 300 },
  )
})
