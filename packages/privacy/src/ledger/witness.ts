import type { KeyPair } from '../consent/keys.ts'
import { verifyCheckpoint, type Checkpoint } from './checkpoint.ts'
import { verifyConsistency } from './consistency.ts'
import { cosign } from './cosignature.ts'
import type { Hash } from './hash.ts'
import { tiledTree, type ReadTile } from './tiled-tree.ts'
import type { VerifierKey } from './verifier-key.ts'

/** What a witness keeps of a log. */
export interface WitnessMemory {
  readonly log: VerifierKey
  /** null before the first checkpoint. */
  readonly last: { readonly size: number; readonly root: Hash } | null
}

/** A cosigned note and what to keep, or why there is none. A refusal changes nothing that is kept. */
export type Witnessing =
  | { readonly ok: true; readonly note: string; readonly memory: WitnessMemory }
  | {
      readonly ok: false
      readonly reason: 'malformed' | 'unsigned' | 'bad-signature' | 'rolled-back' | 'forked' | 'withheld'
      readonly problem: string
    }

/** Signs a log's checkpoint as a witness does (C2SP tlog-witness): only one that its own key signed, and only after a proof that it is the continuation of the last. */
export async function witnessCheckpoint(
  memory: WitnessMemory,
  shown: { readonly note: string; readonly readTile: ReadTile; readonly nowEpochMs: number },
  witness: { readonly name: string; readonly keyPair: KeyPair },
): Promise<Witnessing> {
  const read = await verifyCheckpoint(shown.note, memory.log.publicKey)
  if (!read.ok) return { ok: false, reason: read.reason, problem: `the checkpoint is not one that this log signed (${read.reason})` }
  if (read.value.origin !== memory.log.name)
    return { ok: false, reason: 'unsigned', problem: `the checkpoint is of ${read.value.origin}, not of ${memory.log.name}` }
  const fault = await continuationFault(memory.last, read.value, shown.readTile)
  if (fault !== null) return fault
  const { size, root } = read.value
  return { ok: true, note: await cosign(shown.note, witness, shown.nowEpochMs), memory: { log: memory.log, last: { size, root } } }
}

async function continuationFault(
  last: WitnessMemory['last'],
  { size, root }: Checkpoint,
  readTile: ReadTile,
): Promise<Extract<Witnessing, { ok: false }> | null> {
  if (last === null) return null
  if (size < last.size)
    return { ok: false, reason: 'rolled-back', problem: `the log had ${last.size} entries when it was witnessed last, and shows ${size}` }
  try {
    const proof = await tiledTree(size, readTile).consistency(last.size)
    const grown = await verifyConsistency({ oldSize: last.size, oldRoot: last.root, newSize: size, newRoot: root, proof })
    if (grown) return null
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      ok: false,
      reason: 'withheld',
      problem: `the log does not show the tiles that prove its growth from ${last.size} to ${size}: ${why}`,
    }
  }
  return {
    ok: false,
    reason: 'forked',
    problem: `the ${size} entries of the log do not begin with the ${last.size} that were witnessed last: it was written anew, or shows two histories`,
  }
}
