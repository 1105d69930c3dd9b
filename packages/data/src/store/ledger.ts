import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parseTilePath, printVerifierKey, signCheckpoint, tileWidth, verifyCheckpoint } from '@overt/privacy/ledger'
import type { LedgerEntry } from '@overt/schema'

import { type Disk, type DiskFile, isFull } from './disk.ts'
import { sha256Hex } from './cipher.ts'
import { DataError } from './error.ts'
import type { Frontier } from './frontier.ts'
import { Group } from './group.ts'
import type { SigningKey } from './key-file.ts'
import { entryBytes, entryHashOf, parseEntry } from './ledger-entry.ts'
import {
  type Checkpoint,
  type LedgerFiles,
  type LedgerScan,
  closeLedgerFiles,
  leafBytes,
  ledgerPaths,
  openLedgerFiles,
  readOrNone,
  scanLedger,
  wholeNotes,
} from './ledger-files.ts'
import { Tiles } from './ledger-tiles.ts'
import { readLines } from './lines.ts'
import { type LedgerVerdict, verifyLedger } from './ledger-verify.ts'
import { undoAll } from './undo.ts'

/** Checkpoints kept for good: one at least every so many leaves. */
const historyEvery = 256

interface Draft {
  readonly kind: string
  readonly body: Readonly<Record<string, unknown>>
  readonly who: string | null
  /** Of an act that is done already, which owes it: forgets that. */
  readonly entered?: () => void
}

/** Options of a ledger. */
export interface LedgerOptions {
  readonly dir: string
  readonly disk: Disk
  readonly tenant: string
  readonly key: SigningKey
  readonly nowEpochMs: () => number
  /** The person's salt: leaves name a person by it alone. */
  readonly salt: (person: string) => Uint8Array
}

/** Opens the folder's ledger; throws `DataError` (`damaged`) where its files contradict each other in a way that no crash explains. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const signed = await signedCheckpoint(options)
  const files = await openLedgerFiles(options.dir, options.disk)
  const scan = await scanLedger(options.dir, files.entries, files.leaves, signed)
  if (!scan.sound) {
    await closeLedgerFiles(files)
    throw new DataError(
      'damaged',
      `The ledger in ${options.dir} is damaged: its lines, its leaf hashes and its signed checkpoint do not fit together. Nothing was changed. ` +
        '`overt ledger verify` names the first bad entry; restore the ledger folder from a backup.',
    )
  }
  const notes = await keptNotes(options)
  if ((await files.history.size()) > notes.endByte) await files.history.truncate(notes.endByte)
  const ledger = new Ledger(options, files, { ...scan, historyEndByte: notes.endByte })
  await ledger.checkpoint()
  await options.disk.syncFolder(join(options.dir, 'ledger'))
  return ledger
}

/** The checkpoint that was written last; where the power went before it was on the device the file is empty, and the last of those kept for good stands for it. Null in a new ledger. */
async function signedCheckpoint({ dir, key }: Pick<LedgerOptions, 'dir' | 'key'>): Promise<Checkpoint | null> {
  const { checkpoint } = ledgerPaths(dir)
  const latest = (await readOrNone(checkpoint)).toString('utf8')
  const note = /^\0*$/.test(latest) ? (await keptNotes({ dir, key })).last : latest
  if (note === null) return null
  const read = await verifyCheckpoint(note, key.publicKey)
  if (read.ok) return read.value
  if (read.reason === 'unsigned')
    throw new DataError('key', `${join(dir, 'ledger.key')} is not the key that signed ${checkpoint}: a checkpoint by it would not hold.`)
  throw new DataError('damaged', `${checkpoint} is not as this ledger signed it (${read.reason}). Nothing was changed.`)
}

async function keptNotes({ dir, key }: Pick<LedgerOptions, 'dir' | 'key'>): ReturnType<typeof wholeNotes> {
  const bytes = await readOrNone(ledgerPaths(dir).history)
  return wholeNotes(bytes, async (note) => (await verifyCheckpoint(note, key.publicKey)).ok)
}

/** The append-only record of consent, reads, exports and erasures; every entry is on the device before `append` returns. */
export class Ledger {
  readonly #options: LedgerOptions
  readonly #files: LedgerFiles
  readonly #frontier: Frontier
  readonly #group: Group<Draft, number>
  readonly #bundleAtByte: number[]
  readonly #tiles: Tiles
  readonly lastStored: LedgerEntry | undefined
  #endByte: number
  #historyEndByte: number
  #historyAt = -1
  #signed = 0
  /** What the disk refused and acts owe: it goes ahead of whatever is appended next. */
  #owed: readonly Draft[] = []
  /** What is entered, and could not be forgotten yet. */
  #entered: readonly (() => void)[] = []
  #broken: DataError | undefined

  constructor(options: LedgerOptions, files: LedgerFiles, scan: LedgerScan & { readonly historyEndByte: number }) {
    this.#options = options
    this.#files = files
    this.#frontier = scan.frontier
    this.#endByte = scan.entriesEndByte
    this.#bundleAtByte = [...scan.bundleAtByte]
    this.#tiles = new Tiles({ ...files, size: () => this.size, bundleAtByte: (index) => this.#bundleAtByte[index] ?? this.#endByte })
    this.#historyEndByte = scan.historyEndByte
    this.lastStored = scan.lastStored
    this.#group = new Group((drafts) => this.#commit(drafts), 1_000)
  }

  /** Number of entries. */
  get size(): number {
    return this.#frontier.size
  }

  /** Entries that the checkpoint on the disk does not cover: more than none only while one can't be written. */
  get unsigned(): number {
    return this.size - this.#signed
  }

  /** Acts whose entries stand and that the tables could not forget: more than none only while these can't be written. */
  get unforgotten(): number {
    return this.#entered.length
  }

  /** Appends an entry and returns its index. A person is named by a salted hash alone, so keep ids of theirs out of `body`. */
  append(kind: string, body: Readonly<Record<string, unknown>>, person?: string): Promise<number> {
    return this.appendAs(kind, body, person === undefined ? null : this.whoIs(person))
  }

  /** Appends an entry about a person by the name that `whoIs` gave: an erasure knows it from before the salt went. */
  appendAs(kind: string, body: Readonly<Record<string, unknown>>, who: string | null): Promise<number> {
    return this.#group.add({ kind, body, who })
  }

  /** Appends the entry of an act that is done already. Where it can't be written this throws, and it is owed: it goes ahead of whatever is appended next. `entered` is called once it is on the device. */
  appendOwed(draft: Required<Draft>): Promise<number> {
    return this.#group.add(draft)
  }

  /** Enters what is owed; throws where the disk does not take it still. */
  settle(): Promise<void> {
    return this.#group.between(async () => {
      if (this.#owed.length > 0) await this.#commit([])
    })
  }

  /** The name under which a person's leaves stand; changes with the person's key. */
  whoIs(person: string): string {
    return sha256Hex(Buffer.concat([this.#options.salt(person), Buffer.from(person)]))
  }

  /** Entries in order from an index on. */
  async *entries(fromIndex = 0): AsyncGenerator<LedgerEntry> {
    await this.#group.idle()
    for await (const { bytes } of readLines(ledgerPaths(this.#options.dir).entries)) {
      const entry = parseEntry(bytes)
      if (entry !== undefined && entry.index >= fromIndex) yield entry
    }
  }

  /** Entries about one person. */
  of(person: string): AsyncGenerator<LedgerEntry> {
    return this.named([this.whoIs(person)])
  }

  /** Entries under names that `whoIs` gave, from an index on. */
  async *named(names: readonly string[], fromIndex = 0): AsyncGenerator<LedgerEntry> {
    for await (const entry of this.entries(fromIndex)) if (entry.who !== null && names.includes(entry.who)) yield entry
  }

  /** The newest signed checkpoint, a C2SP note; it is written out before it is returned. */
  async checkpoint(): Promise<string> {
    await this.#group.idle()
    await this.#keepCheckpoint()
    return readFile(ledgerPaths(this.#options.dir).checkpoint, 'utf8')
  }

  /** The checkpoint of an act's receipt: the newest. One that there is no room for is owed as any other, and the act stands: it is the one before then. */
  async receipt(): Promise<string> {
    await this.#group.idle()
    await this.#group.between(() => this.#signOver(true))
    return this.latest()
  }

  /** The checkpoint that was signed last, as it lies on the disk: what the log serves at `checkpoint`. */
  latest(): Promise<string> {
    return readFile(ledgerPaths(this.#options.dir).checkpoint, 'utf8')
  }

  /** What a log serves at a path (C2SP tlog-tiles): `tile/0/000`, `tile/entries/000.p/7`; undefined where there is nothing. */
  async tile(path: string): Promise<Uint8Array | undefined> {
    const tile = parseTilePath(path)
    return tile === undefined ? undefined : this.#tiles.read(tile)
  }

  /** The name and public key that checkpoints are signed with (C2SP vkey). */
  verifierKey(): Promise<string> {
    return printVerifierKey({ name: `overt/${this.#options.tenant}`, publicKey: this.#options.key.publicKey })
  }

  /** Reads everything again and compares: every line with its leaf, the leaves with the signed checkpoints. */
  async verify(): Promise<LedgerVerdict> {
    await this.#group.idle()
    return verifyLedger(this.#options.dir)
  }

  async close(): Promise<void> {
    await this.#group.idle()
    await undoAll([() => this.#group.between(() => this.#signOver(true)), () => closeLedgerFiles(this.#files)])
  }

  async #commit(drafts: readonly Draft[]): Promise<readonly number[]> {
    const atEpochMs = this.#options.nowEpochMs()
    const first = this.size
    const own = first + this.#owed.length
    const all = [...this.#owed, ...drafts]
    this.#owed = all.filter(({ entered }) => entered !== undefined)
    const lines = all.map(({ kind, body, who }, place) => entryBytes({ v: 2, index: first + place, atEpochMs, kind, body, who }))
    const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(10)]))
    const beginByte = this.#endByte
    await this.#writeEntries(text)
    const leaves = lines.map(entryHashOf)
    await this.#writeLeaves(Buffer.concat(leaves), first)
    this.#markBundles(lines, first, beginByte)
    for (const leaf of leaves) this.#frontier.add(leaf)
    this.#forgetOwed()
    await this.#signOver(this.size - this.#historyAt >= historyEvery)
    return drafts.map((_, place) => own + place)
  }

  /** What can't be forgotten, since the disk is full under the tables too, is counted and tried again with the next commit; the next opening finds its entry. */
  #forgetOwed(): void {
    const entered = [...this.#entered, ...this.#owed.flatMap((draft) => draft.entered ?? [])]
    this.#owed = []
    this.#entered = entered.filter((forget) => {
      try {
        forget()
        return false
      } catch {
        return true
      }
    })
  }

  #markBundles(lines: readonly Buffer[], first: number, beginByte: number): void {
    let atByte = beginByte
    for (const [place, line] of lines.entries()) {
      if ((first + place) % tileWidth === 0) this.#bundleAtByte.push(atByte)
      atByte += line.length + 1
    }
  }

  async #writeEntries(text: Buffer): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken
    try {
      await this.#files.entries.write(text, this.#endByte)
    } catch (cause) {
      if (!isFull(cause)) throw this.#fail(cause)
      await this.#files.entries.truncate(this.#endByte)
      throw new DataError(
        'diskFull',
        `Writing the ledger in ${this.#options.dir} failed: nothing of it was kept. Make room, then try again.`,
        cause,
      )
    }
    await this.#sync(this.#files.entries)
    this.#endByte += text.length
  }

  /** After a failed sync nobody knows what lies on the device: it is final. */
  async #sync(file: DiskFile): Promise<void> {
    try {
      await file.sync()
    } catch (cause) {
      throw this.#fail(cause)
    }
  }

  /** Nothing more is entered. What was written and not acknowledged is found, or cut off, at the next opening. */
  #fail(cause: unknown): DataError {
    const text = `The disk under the ledger in ${this.#options.dir} failed. Stop this process and check the disk.`
    this.#broken = new DataError('sync', text, cause)
    return this.#broken
  }

  /** The lines are on the device by now: only a new start can bring lines and leaves together again. */
  async #writeLeaves(bytes: Buffer, first: number): Promise<void> {
    try {
      await this.#files.leaves.write(bytes, first * leafBytes)
      await this.#files.leaves.sync()
    } catch (cause) {
      this.#broken = new DataError(
        'sync',
        `Writing the ledger's leaves in ${this.#options.dir} failed. Stop this process, make room or check the disk, start again.`,
        cause,
      )
      throw this.#broken
    }
  }

  /** The entries are on the device and count by now: a checkpoint that there is no room for is owed, and comes with the next commit or opening. A disk that failed is final still. */
  async #signOver(keep: boolean): Promise<void> {
    try {
      await this.#writeCheckpoint(keep)
    } catch (cause) {
      if (!(cause instanceof DataError && cause.kind === 'diskFull')) throw cause
    }
  }

  /** In its turn, as a commit is: two at once would lie at one place among those kept for good. */
  #keepCheckpoint(): Promise<void> {
    return this.#group.between(() => this.#writeCheckpoint(true))
  }

  async #writeCheckpoint(keep: boolean): Promise<void> {
    const { dir, disk, key, tenant } = this.#options
    const paths = ledgerPaths(dir)
    const note = await signCheckpoint({ origin: `overt/${tenant}`, size: this.size, root: this.#frontier.root().toString('hex') }, key)
    await this.#unlessFull(() => disk.replace(paths.checkpoint, Buffer.from(note)))
    this.#signed = this.size
    if (!keep || this.#historyAt === this.size) return
    const line = Buffer.from(`${JSON.stringify(note)}\n`)
    await this.#unlessFull(() => this.#files.history.write(line, this.#historyEndByte))
    await this.#sync(this.#files.history)
    this.#historyEndByte += line.length
    this.#historyAt = this.size
  }

  async #unlessFull(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (cause) {
      if (!isFull(cause)) throw this.#fail(cause)
      const text = `Writing the checkpoint of the ledger in ${this.#options.dir} failed: its ${this.size} entries are kept. Make room, then try again.`
      throw new DataError('diskFull', text, cause)
    }
  }
}
