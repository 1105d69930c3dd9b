import { join } from 'node:path'

import { type Enrolment, enrolDevice } from '../src/govern/enrol.ts'
import { trustedManifest } from '../src/ingest/fixture.ts'
import { type Ingest, createIngest } from '../src/ingest/ingest.ts'
import type { Disk } from '../src/store/disk.ts'
import { openStore } from '../src/store/open-store.ts'
import type { Store } from '../src/store/store.ts'
import { PowerDisk } from './power-disk.ts'
import { randomOf } from './random.ts'
import type { Outcome, Plant } from './row.ts'

/** Small, so that a round begins several files of the log. */
const segmentBytes = 4 * 1024

/** Where the clock of every round begins: 2026-11-02T10:00Z. */
export const startEpochMs = Date.UTC(2026, 10, 2, 10)

/** A clock that goes 5 ms on whenever it is read. */
export function tickingClock(fromEpochMs = startEpochMs): () => number {
  let nowEpochMs = fromEpochMs
  return () => (nowEpochMs += 5)
}

/** Opens a folder over a disk, with what is planted. */
export async function wake(dir: string, disk: Disk, plant: Plant, nowEpochMs: () => number): Promise<Ingest> {
  const store = await openStore(dir, { disk: plant.disk?.(disk) ?? disk, nowEpochMs, segmentBytes })
  plant.store?.(store)
  return createIngest(store, { quota: { burst: 1e9, perSecond: 1e9 } })
}

/** Makes a folder in which one person is enrolled; returns the enrolment. Nothing fails. */
export async function foundFolder(dir: string, nowEpochMs: () => number): Promise<Enrolment> {
  const { store } = await wake(dir, new PowerDisk(dir, randomOf(0)), {}, nowEpochMs)
  const enrolment = await enrol(store)
  await store.close()
  return enrolment
}

/** Enrols the person of the round, or another one. */
export async function enrol(store: Store, person = 'ada'): Promise<Enrolment> {
  return enrolDevice(store, { person, manifest: await trustedManifest(store), endpoint: '' })
}

/** Opens the folder on a disk that does not fail, and says so where that can't be done: then all that was acknowledged is lost. */
export async function wakeWhole(
  dir: string,
  outcome: Outcome,
  acknowledged: number,
  nowEpochMs: () => number,
  plant: Plant = {},
): Promise<Ingest | undefined> {
  try {
    return await wake(dir, new PowerDisk(dir, randomOf(0)), plant, nowEpochMs)
  } catch (error) {
    outcome.lost += acknowledged
    outcome.wrong.push(`the folder does not open: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** The folder of the `number`th life of a round. */
export function folderOf(scratch: string, number: number): string {
  return join(scratch, `life-${number}`)
}
