import { consistencyProof, verifyCheckpoint, verifyConsistency } from '@overt/privacy/ledger'

import { leafAt } from './ledger-files.ts'

/** Why a ledger is not the continuation of a checkpoint that somebody kept. */
export interface CheckpointFault {
  readonly reason: 'malformed' | 'foreign' | 'bad-signature' | 'rolled-back' | 'rewritten'
  /** In words. */
  readonly problem: string
  /** First entry that is not as it was; null where the checkpoint alone can't tell. */
  readonly firstBad: number | null
}

/** Checks a kept checkpoint, a C2SP note, against a ledger whose lines fit their leaf hashes: by its signature, then by a consistency proof (RFC 9162). Null where it holds. */
export async function checkpointFault(
  note: string,
  ledger: { readonly size: number; readonly root: string; readonly leaves: Buffer; readonly publicKey: string },
): Promise<CheckpointFault | null> {
  const read = await verifyCheckpoint(note, ledger.publicKey)
  if (!read.ok) return unread[read.reason]
  const { size: oldSize, root: oldRoot } = read.value
  const { size, root, leaves } = ledger
  if (oldSize > size)
    return { reason: 'rolled-back', firstBad: size, problem: `the checkpoint is of ${oldSize} entries and only ${size} are left` }
  const hashes = Array.from({ length: size }, (_, index) => leafAt(leaves, index).toString('hex'))
  const claim = { oldSize, oldRoot, newSize: size, newRoot: root, proof: await consistencyProof(hashes, oldSize) }
  if (await verifyConsistency(claim)) return null
  return { reason: 'rewritten', firstBad: null, problem: `the first ${oldSize} entries are not those that the checkpoint was signed for` }
}

const unread = {
  malformed: { reason: 'malformed', firstBad: null, problem: 'the checkpoint is no signed note' },
  unsigned: { reason: 'foreign', firstBad: null, problem: "the checkpoint is another ledger's: the key of this one did not sign it" },
  'bad-signature': { reason: 'bad-signature', firstBad: null, problem: 'the checkpoint was changed after it was signed' },
} as const satisfies Readonly<Record<string, CheckpointFault>>
