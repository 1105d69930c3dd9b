/** Nonces that were used, for as long as their tokens could still pass. A retry of the same body may repeat its own. */
export class Nonces {
  readonly #windowMs: number
  readonly #seen = new Map<string, { readonly body: string; readonly untilEpochMs: number }>()

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Takes a nonce; false where it was used for another body. */
  take(device: string, nonce: string, body: string, nowEpochMs: number): boolean {
    this.#forget(nowEpochMs)
    const key = `${device} ${nonce}`
    const known = this.#seen.get(key)
    if (known !== undefined) return known.body === body
    this.#seen.set(key, { body, untilEpochMs: nowEpochMs + this.#windowMs })
    return true
  }

  /** Entries stand in the order of their end, since all live equally long. */
  #forget(nowEpochMs: number): void {
    for (const [key, { untilEpochMs }] of this.#seen) {
      if (untilEpochMs > nowEpochMs) return
      this.#seen.delete(key)
    }
  }
}
