/** Digests of 64 bits, each by another; 0 is no key. Open addressing in one array: 32 bytes an entry, of which a `Map` of strings takes seven hundred. */
export class DigestTable {
  /** Key and value by turns. */
  #slots = new BigUint64Array(2 * 1_024)
  #count = 0

  get(key: bigint): bigint | undefined {
    const at = this.#place(key)
    return this.#slots[at] === key ? this.#slots[at + 1] : undefined
  }

  /** Puts what is not there yet. */
  put(key: bigint, value: bigint): void {
    if (4 * (this.#count + 1) > this.#slots.length) this.#grow()
    const at = this.#place(key)
    this.#slots[at] = key
    this.#slots[at + 1] = value
    this.#count += 1
  }

  /** Where a key stands, or would. */
  #place(key: bigint): number {
    const mask = this.#slots.length - 1
    let at = (Number(key & 0xffffffffn) * 2) & mask
    while (this.#slots[at] !== 0n && this.#slots[at] !== key) at = (at + 2) & mask
    return at
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new BigUint64Array(2 * before.length)
    this.#count = 0
    for (let at = 0; at < before.length; at += 2) {
      const [key = 0n, value = 0n] = before.subarray(at, at + 2)
      if (key !== 0n) this.put(key, value)
    }
  }
}
