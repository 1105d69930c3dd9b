import type { KeyStore } from './keys.ts'
import type { Ledger } from './ledger.ts'
import type { SegmentLog } from './segment-log.ts'
import type { Indexed } from './store.ts'

/** Options of a compaction. */
export interface CompactionOptions {
  /** A segment is rewritten where at least this share (0-1) of its bytes is of records whose keys are gone; without it, where there is any. */
  readonly least01?: number
  readonly onProgress?: (progress: CompactionProgress) => void
  /** Ends it after the segment that is being rewritten. */
  readonly signal?: AbortSignal
}

/** How far a compaction is. */
export interface CompactionProgress {
  readonly done: number
  readonly of: number
  readonly freedBytes: number
}

/** What a compaction did. */
export interface CompactionReport {
  readonly segments: number
  readonly rewritten: number
  /** Ciphertexts that are gone from the disk. */
  readonly removed: number
  readonly freedBytes: number
}

/** What a compaction works on. */
export interface CompactionParts {
  readonly log: SegmentLog
  readonly keys: KeyStore
  readonly ledger: Ledger
  readonly index: Map<string, Indexed>
  /** Runs a step while nothing is appended. */
  readonly between: <T>(step: () => Promise<T>) => Promise<T>
}

/**
 * Removes from the log the ciphertexts whose keys are gone. Of each it leaves two keyed hashes, so that what was erased or has ended is not taken anew;
 * every other record stays as it is, to the byte. What is read and appended meanwhile goes on.
 */
export async function compactLog(parts: CompactionParts, options: CompactionOptions = {}): Promise<CompactionReport> {
  const { log, keys, ledger, index } = parts
  const due = dueSegments(parts, options.least01 ?? 0)
  let [rewritten, removed, freedBytes] = [0, 0, 0]
  if (due.length > 0) await parts.between(() => sealDue(parts, due))
  for (const number of due) {
    if (options.signal?.aborted === true) break
    const done = await log.rewrite(number, {
      isAlive: (idHash) => keys.hasRecord(idHash),
      onPlaced: ({ record: { kind, idHash, contentHash }, position }) =>
        index.set(idHash, { contentHash, position: kind === 'gone' ? null : position }),
    })
    rewritten += 1
    removed += done.removed
    freedBytes += done.freedBytes
    options.onProgress?.({ done: rewritten, of: due.length, freedBytes })
  }
  // No count of records: it would tell how much was erased.
  if (rewritten > 0) await ledger.append('compaction', { segments: rewritten })
  return { segments: log.end().segment, rewritten, removed, freedBytes }
}

/** Segments that hold enough of what is dead, in order. */
function dueSegments({ keys, index }: CompactionParts, least01: number): readonly number[] {
  const alive = keys.names()
  const bytes = new Map<number, { all: number; dead: number }>()
  for (const [idHash, { position }] of index) {
    if (position === null) continue
    const sum = bytes.get(position.segment) ?? { all: 0, dead: 0 }
    bytes.set(position.segment, sum)
    sum.all += position.sizeBytes
    if (!alive.has(idHash)) sum.dead += position.sizeBytes
  }
  const due = [...bytes].filter(([, { all, dead }]) => dead > 0 && dead / all >= least01)
  return due.map(([number]) => number).toSorted((left, right) => left - right)
}

/** The ledger says up to where the log was written: only what lies before the segment that it names may get shorter. */
async function sealDue({ log, ledger }: CompactionParts, due: readonly number[]): Promise<void> {
  if (due.includes(log.end().segment)) await log.seal()
  await ledger.append('stored', { ...log.end(), records: 0 })
}
