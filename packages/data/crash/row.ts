import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Disk } from '../src/store/disk.ts'
import type { Store } from '../src/store/store.ts'

/** A fault built in on purpose, by the layers of the tests alone: the row that it is planted in must turn red. */
export interface Plant {
  readonly disk?: (disk: Disk) => Disk
  readonly store?: (store: Store) => void
  /** For servers in a process of their own: what `fixtures/crash-server.ts` does wrong. */
  readonly server?: 'answers-early' | 'skips-dedupe' | 'takes-no-lock'
}

/** What a row found. */
export interface Outcome {
  acknowledged: number
  /** Acknowledged and not there, or not as it was sent. */
  lost: number
  /** There more than once, or taken as new though it was acknowledged before. */
  twice: number
  /** Whatever else is not as it must be, in words. */
  readonly wrong: string[]
}

/** One kind of crash. */
export interface Row {
  readonly name: string
  /** What is done, and what must hold beside "nothing lost, nothing twice". */
  readonly how: string
  /** Rounds in a short run and in a long one, each with a seed of its own. */
  readonly rounds: { readonly short: number; readonly long: number }
  /** Crashes of one round. */
  readonly crashes: number
  /** Runs one round; what it finds is added to `outcome`. */
  round(seed: number, outcome: Outcome, plant: Plant): Promise<void>
}

/** Memory, where there is such a folder: the device is the layer's own, and the real one would only be waited for. */
const memory = '/dev/shm'

/** A folder that is gone afterwards; `real`: on the machine's own disk. */
export async function inScratch<T>(use: (dir: string) => Promise<T>, real = false): Promise<T> {
  const dir = mkdtempSync(join(existsSync(memory) && !real ? memory : tmpdir(), 'overt-crash-'))
  try {
    return await use(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Copies a data folder as it lies. */
export function copyFolder(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.sock') && !path.endsWith('-shm') })
}
