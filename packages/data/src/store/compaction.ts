import type { KeyStore } from './keys.ts'
import type { Ledger } from './ledger.ts'
import type { RecordIndex } from './record-index.ts'
import type { SegmentLog } from './segment-log.ts'

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
  readonly index: RecordIndex
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
      onPlaced: ({ record, position }) => void index.put(record, position),
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
  const alive = new Map<number, number>()
  for (const idHash of keys.names()) {
    const position = index.position(idHash)
    if (position !== undefined) alive.set(position.segment, (alive.get(position.segment) ?? 0) + position.sizeBytes)
  }
  const segments = [...index.bytesBySegment()].map(([number, bytes]) => ({ number, bytes, deadBytes: bytes - (alive.get(number) ?? 0) }))
  const due = segments.filter(({ bytes, deadBytes }) => deadBytes > 0 && deadBytes / bytes >= least01)
  return due.map(({ number }) => number).toSorted((left, right) => left - right)
}

/** The ledger says up to where the log was written: only what lies before the segment that it names may get shorter. */
async function sealDue({ log, ledger }: CompactionParts, due: readonly number[]): Promise<void> {
  if (due.includes(log.end().segment)) await log.seal()
  await ledger.append('stored', { ...log.end(), records: 0 })
}
