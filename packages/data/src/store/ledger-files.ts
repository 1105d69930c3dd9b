import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { tileWidth } from '@overt/privacy/ledger'
import type { LedgerEntry } from '@overt/schema'

import type { Disk, DiskFile } from './disk.ts'
import { DataError } from './error.ts'
import { Frontier } from './frontier.ts'
import { entryHashOf, isEntryAt, parseEntry } from './ledger-entry.ts'
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
 * Reads the ledger, repairing what a crash explains: last lines cut off or torn, leaves not written yet or torn. Anything else is left as it is and reported.
 * `signed`, the checkpoint, vouches for the lines, and so for leaves that are made from them; null where a crash kept it from being written whole.
 */
export async function scanLedger(dir: string, entries: DiskFile, leaves: DiskFile, signed: Checkpoint | null): Promise<LedgerScan> {
  const stored = await leaves.read(0, await leaves.size())
  let whole = Math.floor(stored.length / leafBytes)
  const frontier = new Frontier()
  const fresh: Buffer[] = []
  const bundleAtByte: number[] = []
  let endByte = 0
  let anchored = signed !== null
  let matched = anchored
  let vouched = signed === null || holds(signed, frontier)
  let lastStored: LedgerEntry | undefined
  for await (const { bytes, ended } of readLines(ledgerPaths(dir).entries)) {
    if (!ended) break
    const place = frontier.size
    // Leaves are written once their lines are on the device: a line that has none was never acknowledged, and may be torn.
    if (place >= whole && !isEntryAt(place, bytes)) break
    const leaf = entryHashOf(bytes)
    const matches = leaf.equals(leafAt(stored, place))
    // A leaf beyond the checkpoint that is not its line's was being written when the power went.
    if (place < whole && !matches && place >= (signed?.size ?? 0) && isEntryAt(place, bytes)) whole = place
    if (place === whole) anchored = matched
    matched = matches
    if (place % tileWidth === 0) bundleAtByte.push(endByte)
    if (place >= whole) fresh.push(leaf)
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

/** Returns once the mended files lie on the device: the next checkpoint is signed over them. */
async function repair(entries: DiskFile, leaves: DiskFile, endByte: number, whole: number, fresh: readonly Buffer[]): Promise<void> {
  const [torn, worn] = [(await entries.size()) > endByte, (await leaves.size()) !== whole * leafBytes]
  if (torn) await entries.truncate(endByte)
  if (torn) await entries.sync()
  if (worn) await leaves.truncate(whole * leafBytes)
  if (fresh.length > 0) await leaves.write(Buffer.concat(fresh), whole * leafBytes)
  if (worn || fresh.length > 0) await leaves.sync()
}

/** The stored hash of a leaf. */
export function leafAt(leaves: Buffer, index: number): Buffer {
  return leaves.subarray(index * leafBytes, (index + 1) * leafBytes)
}

/** The ledger's files that grow: lines, their leaf hashes, and the checkpoints that are kept for good. */
export interface LedgerFiles {
  readonly entries: DiskFile
  readonly leaves: DiskFile
  readonly history: DiskFile
}

/** Opens the files that grow, in their order: the name of a new one lies on the device before the next is made. */
export async function openLedgerFiles(dir: string, disk: Disk): Promise<LedgerFiles> {
  const { entries, leaves, history } = ledgerPaths(dir)
  const there = await disk.list(dirname(entries))
  const open = async (path: string): Promise<DiskFile> => {
    const file = await disk.open(path)
    if (!there.includes(basename(path))) await disk.syncFolder(dirname(path))
    return file
  }
  return { entries: await open(entries), leaves: await open(leaves), history: await open(history) }
}

/** Closes them. */
export async function closeLedgerFiles({ entries, leaves, history }: LedgerFiles): Promise<void> {
  await entries.close()
  await leaves.close()
  await history.close()
}

/** The notes of a history: signed, one a line, the last of which a crash may have torn, in its middle too. `endByte` is where the whole ones end. */
export async function wholeNotes(
  bytes: Buffer,
  isSigned: (note: string) => Promise<boolean>,
): Promise<{ readonly last: string | null; readonly endByte: number }> {
  const text = bytes.toString('latin1')
  const lines = text.split('\n').slice(0, -1)
  const note = noteOf(lines.at(-1) ?? '')
  const torn = lines.length > 0 && !(note !== null && (await isSigned(note)))
  const whole = torn ? lines.slice(0, -1) : lines
  return { last: noteOf(whole.at(-1) ?? ''), endByte: whole.reduce((sum, line) => sum + line.length + 1, 0) }
}

/** The note of a line; null where it is none. */
export function noteOf(line: string): string | null {
  try {
    const note: unknown = JSON.parse(Buffer.from(line, 'latin1').toString('utf8'))
    return typeof note === 'string' ? note : null
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
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
