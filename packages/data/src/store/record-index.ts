import type { LogRecord } from './record.ts'
import type { Position } from './segment.ts'

/** An entry in words of 32 bits: 128 bits of the record's name, 64 of its content's, then where it lies. */
const [contentAt, segmentAt, offsetAt, sizeAt, entryWords] = [4, 6, 7, 8, 9]
const wordBytes = 4
const chunkEntries = 4_096

/**
 * What the log holds and where, by names of records: made from the log at every start, and kept nowhere else.
 * 44 to 52 bytes a record, of which a `Map` of objects takes 260: entries in the order of the log, and a table (open addressing) of their places.
 * Names are keyed hashes: 128 bits of them tell any two records apart, and nobody without the key can make two that share them.
 */
export class RecordIndex {
  readonly #chunks: Uint32Array[] = []
  /** One more than the place of an entry; 0 where there is none. */
  #slots = new Uint32Array(2_048)
  #size = 0
  /** The hashes of the record that is asked for, as an entry has them. */
  readonly #asked = new Uint32Array(segmentAt)
  readonly #askedBytes = Buffer.from(this.#asked.buffer)

  /** Whether the log has a record of this name, its ciphertext or no more than that it was there. */
  has(idHash: string): boolean {
    return this.#entry(idHash) !== undefined
  }

  /** What a record would be beside the one that has its name: undefined where none has. */
  compare({ idHash, contentHash }: Pick<LogRecord, 'idHash' | 'contentHash'>): 'duplicate' | 'conflict' | undefined {
    const entry = this.#entry(idHash)
    if (entry === undefined) return undefined
    this.#ask(contentHash, contentAt, segmentAt)
    return this.#isAsked(entry, contentAt, segmentAt) ? 'duplicate' : 'conflict'
  }

  /** Where a record's ciphertext lies; undefined where it is gone, or never was. */
  position(idHash: string): Position | undefined {
    const entry = this.#entry(idHash)
    return entry === undefined || this.#word(entry, sizeAt) === 0 ? undefined : this.#positionOf(entry)
  }

  /** Notes where a record lies now; false where the name was known already. */
  put({ kind, idHash, contentHash }: Omit<LogRecord, 'sealed'>, { segment, atByte, sizeBytes }: Position): boolean {
    const known = this.#entry(idHash)
    const entry = known ?? this.#add()
    const [chunk, from] = [this.#chunks[Math.floor(entry / chunkEntries)], (entry % chunkEntries) * entryWords]
    this.#ask(contentHash, contentAt, segmentAt)
    chunk?.set(this.#asked, from)
    chunk?.set([segment, atByte, kind === 'gone' ? 0 : sizeBytes], from + segmentAt)
    return known === undefined
  }

  /** How many bytes of each segment are of records that have their ciphertext. */
  bytesBySegment(): ReadonlyMap<number, number> {
    const sums = new Map<number, number>()
    for (let entry = 0; entry < this.#size; entry += 1) {
      const { segment, sizeBytes } = this.#positionOf(entry)
      if (sizeBytes > 0) sums.set(segment, (sums.get(segment) ?? 0) + sizeBytes)
    }
    return sums
  }

  #ask(hash: string, fromWord: number, toWord: number): void {
    this.#askedBytes.write(hash, fromWord * wordBytes, (toWord - fromWord) * wordBytes, 'hex')
  }

  #entry(idHash: string): number | undefined {
    this.#ask(idHash, 0, contentAt)
    const found = this.#slots[this.#slot()] ?? 0
    return found === 0 ? undefined : found - 1
  }

  /** Where in the table the name that is asked for is, or would be. */
  #slot(): number {
    const mask = this.#slots.length - 1
    let at = (this.#asked[0] ?? 0) & mask
    for (let found = this.#slots[at] ?? 0; found !== 0 && !this.#isAsked(found - 1, 0, contentAt); found = this.#slots[at] ?? 0)
      at = (at + 1) & mask
    return at
  }

  #isAsked(entry: number, fromWord: number, toWord: number): boolean {
    for (let at = fromWord; at < toWord; at += 1) if (this.#word(entry, at) !== this.#asked[at]) return false
    return true
  }

  #word(entry: number, at: number): number {
    return this.#chunks[Math.floor(entry / chunkEntries)]?.[(entry % chunkEntries) * entryWords + at] ?? 0
  }

  #positionOf(entry: number): Position {
    return { segment: this.#word(entry, segmentAt), atByte: this.#word(entry, offsetAt), sizeBytes: this.#word(entry, sizeAt) }
  }

  #add(): number {
    const entry = this.#size
    if (2 * (entry + 1) > this.#slots.length) this.#grow()
    if (entry % chunkEntries === 0) this.#chunks.push(new Uint32Array(chunkEntries * entryWords))
    this.#slots[this.#slot()] = entry + 1
    this.#size += 1
    return entry
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length)
    const mask = this.#slots.length - 1
    for (let entry = 0; entry < this.#size; entry += 1) {
      let at = this.#word(entry, 0) & mask
      while (this.#slots[at] !== 0) at = (at + 1) & mask
      this.#slots[at] = entry + 1
    }
  }
}
