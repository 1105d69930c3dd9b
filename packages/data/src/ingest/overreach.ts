import { Batch, parser } from '@overt/schema'
import { capturedFields, recordedFields } from '@overt/schema/words'

import { selectManifest } from '../store/documents.ts'
import type { Store } from '../store/store.ts'
import type { Refusal } from './refusal.ts'

const dayMs = 86_400_000
/** Things of one day that are entered: a device that makes up new ones fills neither the ledger nor the memory. */
const mostADay = 100
const parseBatch = parser(Batch)
const known: ReadonlySet<string> = new Set(recordedFields())
/** What a field may be called in the ledger: a device says it, and an entry stays for ever. */
const plainName = /^[a-z]{1,12}\.[a-zA-Z]{1,16}$/

/** Enters in the ledger that a recorder sent more than it may, though nothing of it was kept: once a day for each manifest and thing, up to a hundred, and without whose it was. */
export class Overreach {
  readonly #store: Store
  readonly #entered = new Set<string>()
  #day = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** `document`: what an enrolled device signed; `refusal`: why it was not kept. */
  async note(document: unknown, refusal: Refusal): Promise<void> {
    const beyond = refusal.beyond ?? strangeFields(document)
    if (beyond.length === 0) return
    const manifest = this.#manifestOf(document)
    if (!this.#isNew(JSON.stringify([manifest, beyond]))) return
    // The last of a day stands for all that come after it.
    const told = this.#entered.size < mostADay ? beyond : ['more than is told one by one']
    await this.#store.ledger.append('overreach', { manifest, beyond: told })
  }

  #isNew(thing: string): boolean {
    const day = Math.floor(this.#store.nowEpochMs() / dayMs)
    if (day !== this.#day) this.#entered.clear()
    this.#day = day
    if (this.#entered.has(thing) || this.#entered.size >= mostADay) return false
    this.#entered.add(thing)
    return true
  }

  #manifestOf(document: unknown): string | null {
    const named = typeof document === 'object' && document !== null && 'manifest' in document ? document.manifest : null
    return typeof named === 'string' && selectManifest(this.#store.control, named) !== undefined ? named : null
  }
}

/** Fields that no recorder has, in what is a batch but for them. */
function strangeFields(document: unknown): readonly string[] {
  const batch = parseBatch(document)
  if (!batch.ok) return []
  const strange = [...capturedFields(batch.value)].filter((field) => !known.has(field))
  return [...new Set(strange.map((field) => (plainName.test(field) ? field : 'an unnamed field')))]
}
