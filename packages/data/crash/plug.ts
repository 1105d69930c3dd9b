import type { Ingest } from '../src/ingest/ingest.ts'
import { folderOf, wake, wakeWhole } from './life.ts'
import { PowerDisk } from './power-disk.ts'
import { type Random, below } from './random.ts'
import type { Outcome, Plant } from './row.ts'

/** The power goes before step `at`: the image is taken, and what the store does after it no longer counts. */
export class Plug {
  readonly disk: PowerDisk
  lost = false

  constructor(dir: string, into: string, at: number, random: Random) {
    this.disk = new PowerDisk(dir, random, ({ number }) => {
      if (number !== at) return undefined
      this.lost = true
      this.disk.image(into)
      return { code: 'EIO', partial: 0 }
    })
  }
}

/** Runs what may be cut off; an error counts only where the power was there. */
async function untilLost(plug: Plug, body: () => Promise<void>): Promise<void> {
  try {
    await body()
  } catch (error) {
    if (!plug.lost) throw error
  }
}

/** Opens a folder over a disk that is unplugged at some step, and closes it again. */
export async function live(
  plug: Plug,
  dir: string,
  plant: Plant,
  clock: () => number,
  body: (ingest: Ingest) => Promise<void>,
): Promise<void> {
  await untilLost(plug, async () => {
    const ingest = await wake(dir, plug.disk, plant, clock)
    try {
      await body(ingest)
    } finally {
      await ingest.store.close()
    }
  })
}

/** A folder, `life-0` in the scratch, that lives through power losses. */
export interface Lives {
  readonly scratch: string
  readonly random: Random
  readonly clock: () => number
  readonly plant: Plant
  readonly outcome: Outcome
  readonly count: number
  /** A life ends at one of so many steps. */
  readonly mostSteps: number
  readonly acknowledged: () => number
}

/** Lives them, each in what the one before left, and opens what is left at last; undefined where all is lost, which the outcome says. */
export async function throughLosses(lives: Lives, body: (ingest: Ingest, plug: Plug) => Promise<void>): Promise<Ingest | undefined> {
  const { scratch, random, clock, plant, outcome } = lives
  for (let life = 0; life < lives.count; life += 1) {
    const dir = folderOf(scratch, life)
    const plug = new Plug(dir, folderOf(scratch, life + 1), 1 + below(random, lives.mostSteps), random)
    try {
      await live(plug, dir, plant, clock, (ingest) => body(ingest, plug))
    } catch (error) {
      outcome.lost += lives.acknowledged()
      outcome.wrong.push(`life ${life}: ${String(error)}`)
      return undefined
    }
  }
  outcome.acknowledged += lives.acknowledged()
  return wakeWhole(folderOf(scratch, lives.count), outcome, lives.acknowledged(), clock)
}

/** What is found while the power is already gone. */
export function spare(): Outcome {
  return { acknowledged: 0, lost: 0, twice: 0, wrong: [] }
}
