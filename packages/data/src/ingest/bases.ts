import type { Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import { type Base, heardBase } from '@overt/schema/words'

import type { LiveConsent } from '../store/live-consent.ts'
import { unpack } from '../store/pack.ts'

/** What names a batch and its document. `device`: as it is enrolled here. */
export type BaseNames = Pick<Batch, 'id' | 'device' | 'session' | 'producer'>

interface Kept {
  readonly person: string
  readonly document: string
  readonly packed: Uint8Array
}

/**
 * The last batch of each document as it was stored, packed and in memory only: what its next one may be told by.
 * The oldest go where there are too many bytes of them; all of a person's go when their consent ends or work of theirs is erased.
 */
export class Bases {
  readonly #consent: LiveConsent
  readonly #limitBytes: number
  /** By device and batch, the one that came last at the end. */
  readonly #kept = new Map<string, Kept>()
  /** By document: the key of its batch. */
  readonly #newest = new Map<string, string>()
  readonly #watched = new Set<string>()
  #bytes = 0

  constructor(consent: LiveConsent, limitBytes: number) {
    this.#consent = consent
    this.#limitBytes = limitBytes
  }

  /** `packed`: what the device has, byte for byte. */
  keep(permit: Permit, { id, device, session, producer }: BaseNames, packed: Uint8Array): void {
    if (permit.signal.aborted) return
    const document = JSON.stringify([device, session, producer])
    this.#drop(this.#newest.get(document))
    this.#watch(permit.person)
    const key = keyOf(device, id)
    this.#kept.set(key, { person: permit.person, document, packed })
    this.#newest.set(document, key)
    this.#bytes += packed.length
    for (const oldest of this.#kept.keys()) if (this.#bytes > this.#limitBytes) this.#drop(oldest)
  }

  /** The batch of this device and id, with its observations; undefined where it is not here, or no longer. */
  find(device: string, id: string): Base | undefined {
    const kept = this.#kept.get(keyOf(device, id))
    if (kept === undefined) return undefined
    return heardBase(JSON.parse(unpack(kept.packed).toString('utf8')) as Batch) // as: checked when it was stored
  }

  has(device: string, id: string): boolean {
    return this.#kept.has(keyOf(device, id))
  }

  #watch(person: string): void {
    if (this.#watched.has(person)) return
    this.#watched.add(person)
    const forget = (): void => {
      this.#watched.delete(person)
      for (const [key, kept] of this.#kept) if (kept.person === person) this.#drop(key)
    }
    this.#consent.signal(person).addEventListener('abort', forget, { once: true })
  }

  #drop(key: string | undefined): void {
    const kept = key === undefined ? undefined : this.#kept.get(key)
    if (key === undefined || kept === undefined) return
    this.#bytes -= kept.packed.length
    this.#kept.delete(key)
    this.#newest.delete(kept.document)
  }
}

function keyOf(device: string, id: string): string {
  return JSON.stringify([device, id])
}
