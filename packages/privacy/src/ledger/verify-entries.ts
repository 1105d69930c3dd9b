import type { Checkpoint } from './checkpoint.ts'
import { createFrontier } from './frontier.ts'
import type { Hash } from './hash.ts'
import { entryHash } from './leaf.ts'

/** One entry as it is stored: its canonical JSON, and the leaf hash kept apart from it. */
export interface StoredEntry {
  readonly line: string
  readonly leaf: Hash
}

/** What was found: `firstBad` is the first entry that is not what was appended, null where all are. */
export interface Verdict {
  readonly ok: boolean
  readonly size: number
  /** Root of the tree over the entries as they stand. */
  readonly root: Hash
  readonly firstBad: number | null
}

/**
 * Reads a whole ledger again: every line against its leaf hash and its place, the tree against the checkpoints (verified before).
 * An entry changed together with its leaf hash shows at the first checkpoint after it; the first entry that no earlier checkpoint vouches for is named.
 */
export async function verifyEntries(
  entries: Iterable<StoredEntry> | AsyncIterable<StoredEntry>,
  checkpoints: readonly Checkpoint[],
): Promise<Verdict> {
  const wanted = Map.groupBy(checkpoints, (checkpoint) => checkpoint.size)
  const frontier = createFrontier()
  let vouched = 0
  let firstBad = await rootFault(wanted.get(0), 0, frontier)
  for await (const { line, leaf } of entries) {
    const index = frontier.size
    const hash = await entryHash(line)
    if (hash !== leaf || indexOf(line) !== index) firstBad ??= index
    await frontier.add(hash)
    firstBad ??= await rootFault(wanted.get(frontier.size), vouched, frontier)
    if (wanted.has(frontier.size)) vouched = frontier.size
  }
  const { size } = frontier
  if (checkpoints.some((checkpoint) => checkpoint.size > size)) firstBad ??= size
  return { ok: firstBad === null, size, root: await frontier.root(), firstBad }
}

async function rootFault(
  checkpoints: readonly Checkpoint[] | undefined,
  vouched: number,
  frontier: { root(): Promise<Hash> },
): Promise<number | null> {
  if (checkpoints === undefined) return null
  const root = await frontier.root()
  return checkpoints.every((checkpoint) => checkpoint.root === root) ? null : vouched
}

/** The index that an entry itself states. */
function indexOf(line: string): unknown {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null && 'index' in entry ? entry.index : undefined
  } catch {
    return undefined
  }
}
