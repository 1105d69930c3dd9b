import { join } from 'node:path'

import { verifyCheckpoint, verifyEntries } from '@overt/privacy/ledger'

import { lossOf, lostPart } from './folder-parts.ts'
import { checkpointFault, type CheckpointFault } from './ledger-consistency.ts'
import { leafAt, leafBytes, ledgerPaths, noteOf, readOrNone } from './ledger-files.ts'
import { readLines } from './lines.ts'

/** Whether a ledger holds: `firstBad` is the first entry that does not, null where all do or where only a signature is at fault. */
export interface LedgerVerdict {
  readonly ok: boolean
  readonly size: number
  /** Root of the tree over the lines as they stand, hexadecimal. */
  readonly root: string
  readonly firstBad: number | null
  /** What does not hold, as a slug; null where all does. */
  readonly reason: 'missing' | 'entry' | 'signature' | CheckpointFault['reason'] | null
  /** The same in words. */
  readonly problem: string | null
}

/**
 * Checks a folder's ledger without opening the folder: takes no lock and changes nothing. For a folder in use, ask its process.
 * With `kept`, a checkpoint that somebody put away, also that the ledger only grew since: its own files alone can't tell that they were replaced.
 */
export async function verifyLedger(dir: string, kept?: string): Promise<LedgerVerdict> {
  const paths = ledgerPaths(dir)
  const publicKey = (await readOrNone(join(dir, 'ledger.key'))).toString('utf8').split('.')[0] ?? ''
  const notes = historyNotes((await readOrNone(paths.history)).toString('latin1'))
  const latest = (await readOrNone(paths.checkpoint)).toString('utf8')
  // After the checkpoints: beside a running server the leaves may have grown since, never shrunk.
  const leaves = await readOrNone(paths.leaves)
  const read = await Promise.all([...notes, latest].map((note) => verifyCheckpoint(note, publicKey)))
  const checkpoints = read.filter((one) => one.ok).map((one) => one.value)
  const verdict = await verifyEntries(storedEntries(paths.entries, leaves), checkpoints)
  const missing = verdict.size < wholeLeaves(leaves) ? verdict.size : null
  const own = withLoss(dir, judge({ ...verdict, firstBad: verdict.firstBad ?? missing }, checkpoints.length < read.length))
  const fault = own.ok && kept !== undefined ? await checkpointFault(kept, { ...own, leaves, publicKey }) : null
  return fault === null ? own : { ...own, ok: false, ...fault }
}

function judge(verdict: Pick<LedgerVerdict, 'size' | 'root' | 'firstBad'>, forged: boolean): LedgerVerdict {
  const { size, root, firstBad } = verdict
  const found = { size, root, firstBad }
  if (firstBad !== null) return { ok: false, ...found, reason: 'entry', problem: `entry ${firstBad} is not what was appended` }
  if (!forged) return { ok: true, ...found, reason: null, problem: null }
  return { ok: false, ...found, reason: 'signature', problem: 'a checkpoint does not carry a valid signature of this ledger' }
}

/** A file that is gone explains best what else does not hold. */
function withLoss(dir: string, verdict: LedgerVerdict): LedgerVerdict {
  const lost = lostPart(dir, false, 'ledger')
  return lost === undefined ? verdict : { ...verdict, ok: false, reason: 'missing', problem: lossOf(dir, lost) }
}

/** Lines that have no leaf yet are what a crash left behind: opening the folder takes them in. */
async function* storedEntries(path: string, leaves: Buffer): AsyncGenerator<{ line: string; leaf: string }> {
  let index = 0
  for await (const { bytes, ended } of readLines(path)) {
    if (index === wholeLeaves(leaves)) return
    yield { line: bytes.toString('utf8'), leaf: ended ? leafAt(leaves, index).toString('hex') : '' }
    index += 1
  }
}

function wholeLeaves(leaves: Buffer): number {
  return Math.floor(leaves.length / leafBytes)
}

function historyNotes(text: string): string[] {
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => noteOf(line) ?? '')
}
