import { type Random, below } from './random.ts'

/** What a device writes whole or not at all. */
const sectorBytes = 512

type Change =
  | { readonly kind: 'write'; readonly atByte: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly sizeBytes: number }

/** One file as the device has it, and what was done to it since the last sync. */
export class HeldFile {
  #durable: Buffer
  #pending: Change[] = []
  /** Its name lies on the device: a folder sync came after it was made. */
  named: boolean

  constructor(durable: Buffer, named: boolean) {
    this.#durable = durable
    this.named = named
  }

  write(bytes: Uint8Array, atByte: number): void {
    this.#pending.push({ kind: 'write', atByte, bytes: Buffer.from(bytes) })
  }

  truncate(sizeBytes: number): void {
    this.#pending.push({ kind: 'truncate', sizeBytes })
  }

  sync(): void {
    this.#durable = this.#versions().at(-1) ?? this.#durable
    this.#pending = []
  }

  /** A sync that failed: some of what waited is gone for good, and the next sync will not say so. */
  failSync(random: Random): void {
    this.#durable = this.afterLoss(random)
    this.#pending = []
  }

  /**
   * One of the states that the device may be in when the power goes: every sector is as any of the writes since the last sync left it, or as it was before,
   * whatever the order of the writes; the size likewise; a sector that was being written may hold anything where it was written to.
   */
  afterLoss(random: Random): Buffer {
    const versions = this.#versions()
    if (versions.length === 1) return this.#durable
    const sizeBytes = pick(versions, random).length
    const kept = Buffer.alloc(sizeBytes)
    const mood = random()
    for (let at = 0; at < sizeBytes; at += sectorBytes) {
      const version = mood < 0.2 ? versions[0] : mood < 0.4 ? versions.at(-1) : pick(versions, random)
      version?.subarray(at, Math.min(at + sectorBytes, sizeBytes)).copy(kept, at)
    }
    if (mood > 0.8) this.#scramble(kept, random)
    return kept
  }

  /** The file after none, one, two, ... of the changes. */
  #versions(): readonly Buffer[] {
    const versions = [this.#durable]
    for (const change of this.#pending) versions.push(changed(versions.at(-1) ?? this.#durable, change))
    return versions
  }

  #scramble(kept: Buffer, random: Random): void {
    const writes = this.#pending.filter((change) => change.kind === 'write')
    const write = writes[below(random, writes.length)]
    if (write === undefined) return
    const from = write.atByte + below(random, write.bytes.length)
    for (let at = from; at < Math.min(from + 16, write.atByte + write.bytes.length, kept.length); at += 1) kept[at] = below(random, 256)
  }
}

function pick(versions: readonly Buffer[], random: Random): Buffer {
  return versions[below(random, versions.length)] ?? Buffer.alloc(0)
}

function changed(bytes: Buffer, change: Change): Buffer {
  const sizeBytes = change.kind === 'truncate' ? change.sizeBytes : Math.max(bytes.length, change.atByte + change.bytes.length)
  const out = Buffer.alloc(sizeBytes)
  bytes.copy(out)
  if (change.kind === 'write') change.bytes.copy(out, change.atByte)
  return out
}
