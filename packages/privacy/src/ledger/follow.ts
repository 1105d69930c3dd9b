import { bytesOf } from '../consent/encoding.ts'
import { verifyCheckpoint, type Checkpoint } from './checkpoint.ts'
import { verifyConsistency } from './consistency.ts'
import { cosignedAt } from './cosignature.ts'
import { finding, type Finding } from './finding.ts'
import { createFrontier } from './frontier.ts'
import { leafHash, type Hash } from './hash.ts'
import { decodeBundle, tileHashes, tilePath, tileWidth } from './tile.ts'
import { tiledTree, type ReadTile } from './tiled-tree.ts'
import type { VerifierKey } from './verifier-key.ts'

/** How far a log was followed: what has to be kept, so that the next look begins there. */
export interface Followed {
  readonly log: VerifierKey
  readonly size: number
  readonly root: Hash
  readonly peaks: readonly Hash[]
}

/** A checkpoint that a witness has signed, from the witness itself and not from the log. Asked for before the log's own. */
export interface Witnessed {
  readonly note: string
  readonly witness: VerifierKey
}

/** A leaf of the log; `leaf` is null where the log shows its hash alone. */
export interface FollowedLeaf {
  readonly index: number
  readonly hash: Hash
  readonly leaf: string | null
}

/** The log as far as it is now, or why it is not the continuation of what was seen. */
export type Following =
  | { readonly ok: true; readonly followed: Followed; readonly leaves: readonly FollowedLeaf[] }
  | { readonly ok: false; readonly finding: Finding }

/** Where following begins: before the first entry. */
export async function beginFollowing(log: VerifierKey): Promise<Followed> {
  return { log, size: 0, root: await createFrontier().root(), peaks: [] }
}

/** Reads every leaf that a log has had since, and proves that it only grew: the leaves, added to the tree that was seen before, have to make the root of the new checkpoint, and that of every witness on the way. */
export async function follow(
  before: Followed,
  shown: { readonly note: string; readonly readTile: ReadTile; readonly witnessed: readonly Witnessed[] },
): Promise<Following> {
  const read = await verifyCheckpoint(shown.note, before.log.publicKey)
  if (!read.ok || read.value.origin !== before.log.name)
    return bad('unsigned', `the checkpoint is not this log's (${read.ok ? 'another name' : read.reason})`)
  const now = read.value
  if (now.size < before.size) return bad('rolled-back', `the log had ${before.size} entries and shows ${now.size}`)
  const seen = await Promise.all(shown.witnessed.map((one) => witnessedCheckpoint(one, before.log)))
  const witnessed = seen.filter((one) => one !== null)
  const larger = witnessed.find(({ size }) => size > now.size)
  if (larger !== undefined) return bad('rolled-back', `a witness has seen ${larger.size} entries, and the log shows ${now.size}`)
  try {
    return (await passedFault(witnessed, before, now, shown.readTile)) ?? (await replay(before, now, witnessed, shown.readTile))
  } catch (error) {
    return bad(
      'withheld',
      `the log has a checkpoint of ${now.size} entries and not its tiles: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** What a witness vouches for; null where the note is not by both. */
async function witnessedCheckpoint({ note, witness }: Witnessed, log: VerifierKey): Promise<Checkpoint | null> {
  const read = await verifyCheckpoint(note, log.publicKey)
  return read.ok && read.value.origin === log.name && (await cosignedAt(note, witness)) !== null ? read.value : null
}

/** A witness that is behind: its tree has to be the beginning of the one that is shown. */
async function passedFault(
  witnessed: readonly Checkpoint[],
  before: Followed,
  now: Checkpoint,
  readTile: ReadTile,
): Promise<Following | null> {
  for (const { size: oldSize, root: oldRoot } of witnessed) {
    if (oldSize >= before.size) continue
    const proof = await tiledTree(now.size, readTile).consistency(oldSize)
    if (!(await verifyConsistency({ oldSize, oldRoot, newSize: now.size, newRoot: now.root, proof }))) return split(oldSize)
  }
  return null
}

async function replay(before: Followed, now: Checkpoint, witnessed: readonly Checkpoint[], readTile: ReadTile): Promise<Following> {
  const frontier = createFrontier(before)
  const wanted = Map.groupBy(witnessed, ({ size }) => size)
  const parted = async (): Promise<boolean> => {
    const here = wanted.get(frontier.size)
    if (here === undefined) return false
    const root = await frontier.root()
    return here.some((one) => one.root !== root)
  }
  if (await parted()) return split(frontier.size)
  const leaves: FollowedLeaf[] = []
  for (let index = Math.floor(before.size / tileWidth); index * tileWidth < now.size; index += 1) {
    const width = Math.min(tileWidth, now.size - index * tileWidth)
    const bundle = await readBundle(index, width, readTile)
    for (const { hash, leaf } of bundle.slice(Math.max(0, before.size - index * tileWidth))) {
      leaves.push({ index: frontier.size, hash, leaf })
      await frontier.add(hash)
      if (await parted()) return split(frontier.size)
    }
  }
  const root = await frontier.root()
  if (root !== now.root) return bad('forked', `the first ${now.size} entries do not go on from the ${before.size} that were seen before`)
  return { ok: true, leaves, followed: { log: before.log, size: now.size, root, peaks: frontier.peaks } }
}

/** Entries, or their hashes where the log shows no more. */
async function readBundle(index: number, width: number, readTile: ReadTile): Promise<readonly Omit<FollowedLeaf, 'index'>[]> {
  const bytes = await readTile(tilePath({ level: 'entries', index, width })).catch(() => null)
  const leaves = bytes === null ? undefined : decodeBundle(bytes, width)
  if (leaves !== undefined) return Promise.all(leaves.map(async (leaf) => ({ leaf, hash: await leafHash(bytesOf(leaf)) })))
  const hashes = tileHashes(await readTile(tilePath({ level: 0, index, width })), width)
  if (hashes === undefined) throw new TypeError(`tile ${index} is not one`)
  return hashes.map((hash) => ({ hash, leaf: null }))
}

function split(size: number): Following {
  return bad('forked', `the log that a witness has seen is another one: they part before entry ${size}`)
}

function bad(kind: Finding['kind'], problem: string): Following {
  return { ok: false, finding: finding(kind, problem) }
}
