import { hash } from 'node:crypto'

import { DigestTable } from './digest-table.ts'

/** Nonces of a quarter of the window: they are forgotten together. */
interface Quarter {
  readonly fromEpochMs: number
  readonly bodies: DigestTable
}

/** Nonces that were used, for as long as their tokens could still pass. A retry of the same body may repeat its own. */
export class Nonces {
  readonly #windowMs: number
  /** Newest first. */
  #quarters: readonly Quarter[] = []

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Takes a nonce; false where it was used for another body. `body`: its SHA-256, in hexadecimal. */
  take(device: string, nonce: string, body: string, nowEpochMs: number): boolean {
    const newest = this.#turn(nowEpochMs)
    const key = firstOf(hash('sha256', `${device} ${nonce}`)) || 1n
    for (const { bodies } of this.#quarters) {
      const known = bodies.get(key)
      if (known !== undefined) return known === firstOf(body)
    }
    newest.bodies.put(key, firstOf(body))
    return true
  }

  /** The quarter that is being filled. */
  #turn(nowEpochMs: number): Quarter {
    const [newest] = this.#quarters
    const quarterMs = this.#windowMs / 4
    if (newest !== undefined && nowEpochMs < newest.fromEpochMs + quarterMs) return newest
    const next = { fromEpochMs: nowEpochMs, bodies: new DigestTable() }
    const kept = this.#quarters.filter(({ fromEpochMs }) => nowEpochMs < fromEpochMs + quarterMs + this.#windowMs)
    this.#quarters = [next, ...kept]
    return next
  }
}

/** The first 64 bits of a digest in hexadecimal. */
function firstOf(digest: string): bigint {
  return BigInt(`0x${digest.slice(0, 16)}`)
}
