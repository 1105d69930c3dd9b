import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { tileWidth } from '@overt/privacy/ledger'
import type { LedgerEntry } from '@overt/schema'

import type { Disk, DiskFile } from './disk.ts'
import { DataError } from './error.ts'
import { Frontier } from './frontier.ts'
import { entryHashOf, parseEntry } from './ledger-entry.ts'
import { readLines } from './lines.ts'

/** Bytes of one leaf hash. */
export const leafBytes = 32

/** Names of the ledger's files. */
export function ledgerPaths(dir: string): {
  readonly entries: string
  readonly leaves: string
  readonly checkpoint: string
  readonly history: string
} {
  const folder = join(dir, 'ledger')
  return {
    entries: join(folder, 'entries.jsonl'),
    leaves: join(folder, 'leaves.sha256'),
    checkpoint: join(folder, 'checkpoint'),
    history: join(folder, 'checkpoints'),
  }
}

/** What a signed checkpoint says: the size of the tree, and its root in hexadecimal. */
export interface Checkpoint {
  readonly size: number
  readonly root: string
}

/** What a ledger's files hold, as found. */
export interface LedgerScan {
  readonly size: number
  readonly entriesEndByte: number
  readonly frontier: Frontier
  /** Where the first entry of each bundle begins, in bytes. */
  readonly bundleAtByte: readonly number[]
  /** The last entry that names what the log has on disk. */
  readonly lastStored: LedgerEntry | undefined
  /** False where lines and leaves contradict each other: nothing may be appended. */
  readonly sound: boolean
}

/**
 * Reads the ledger, repairing what a crash explains: a last line cut off, leaves not written yet. Anything else is left as it is and reported.
 * `signed`, the checkpoint, vouches for the lines, and so for leaves that are made from them; null where a crash kept it from being written whole.
 */
export async function scanLedger(dir: string, entries: DiskFile, leaves: DiskFile, signed: Checkpoint | null): Promise<LedgerScan> {
  const stored = Buffer.from(await leaves.read(0, await leaves.size()))
  const whole = Math.floor(stored.length / leafBytes)
  const frontier = new Frontier()
  const fresh: Buffer[] = []
  const bundleAtByte: number[] = []
  let endByte = 0
  let anchored = signed !== null
  let vouched = signed === null || holds(signed, frontier)
  let lastStored: LedgerEntry | undefined
  for await (const { bytes, ended } of readLines(ledgerPaths(dir).entries)) {
    if (!ended) break
    const leaf = entryHashOf(bytes)
    if (frontier.size % tileWidth === 0) bundleAtByte.push(endByte)
    if (frontier.size >= whole) fresh.push(leaf)
    if (frontier.size === whole - 1) anchored = leaf.equals(leafAt(stored, frontier.size))
    frontier.add(leaf)
    vouched ||= signed !== null && holds(signed, frontier)
    endByte += bytes.length + 1
    if (bytes.includes('"kind":"stored"')) lastStored = parseEntry(bytes) ?? lastStored
  }
  // Lines beyond the leaves are a crash's work only where the line before them is the leaf's: a line feed changed into or out of another byte is not.
  const sound = vouched && frontier.size >= whole && (fresh.length === 0 || anchored)
  if (sound) await repair(entries, leaves, endByte, whole, fresh)
  return { size: frontier.size, entriesEndByte: endByte, frontier, bundleAtByte, lastStored, sound }
}

function holds({ size, root }: Checkpoint, frontier: Frontier): boolean {
  return size === frontier.size && root === frontier.root().toString('hex')
}

async function repair(entries: DiskFile, leaves: DiskFile, endByte: number, whole: number, fresh: readonly Buffer[]): Promise<void> {
  if ((await entries.size()) > endByte) await entries.truncate(endByte)
  await leaves.truncate(whole * leafBytes)
  if (fresh.length > 0) await leaves.write(Buffer.concat(fresh), whole * leafBytes)
}

/** The stored hash of a leaf. */
export function leafAt(leaves: Buffer, index: number): Buffer {
  return leaves.subarray(index * leafBytes, (index + 1) * leafBytes)
}

/** Opens the two files that grow. */
export async function openLedgerFiles(dir: string, disk: Disk): Promise<{ readonly entries: DiskFile; readonly leaves: DiskFile }> {
  const paths = ledgerPaths(dir)
  await disk.list(join(dir, 'ledger'))
  return { entries: await disk.open(paths.entries), leaves: await disk.open(paths.leaves) }
}

/** The bytes of a file; none where there is no file. */
export async function readOrNone(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return Buffer.alloc(0)
    throw new DataError('damaged', `The file ${path} can't be read.`, cause)
  }
}
