import fc from 'fast-check'

import { type Reader, readersOf } from './readers.ts'
import { inScratch } from './row.ts'

/** A reader that takes longer for one input hangs. */
const longestMs = 20_000

/** What the fuzzing of one reader came to. */
export interface Fuzzed {
  readonly name: string
  readonly seed: number
  readonly inputs: number
  /** Inputs that were taken all the same: what was changed did not matter, or could be mended. */
  readonly taken: number
  /** The shortest input that made it fail, in words; null where none did. */
  readonly fault: string | null
}

/** Gives every reader inputs near real ones, for so long in all. None may throw what is no refusal of its own, or hang. */
export function fuzz(seed: number, forMs: number): Promise<readonly Fuzzed[]> {
  return inScratch(async (dir) => {
    const readers = await readersOf(dir)
    const fuzzed: Fuzzed[] = []
    for (const reader of readers) fuzzed.push(await fuzzOne(reader, seed, forMs / readers.length))
    return fuzzed
  })
}

/** The same for one reader. */
export async function fuzzOne(reader: Pick<Reader, 'name' | 'property'>, seed: number, forMs: number): Promise<Fuzzed> {
  let [inputs, taken] = [0, 0]
  const seen = (was: boolean): void => {
    inputs += 1
    if (was) taken += 1
  }
  const options = { seed, numRuns: 1e8, interruptAfterTimeLimit: forMs, timeout: longestMs, maxSkipsPerRun: 0 }
  const found = await fc.check(reader.property(seen), options)
  const fault = found.failed ? `${JSON.stringify(found.counterexample)?.slice(0, 2_000)} ${String(found.errorInstance)}` : null
  return { name: reader.name, seed, inputs, taken, fault }
}
