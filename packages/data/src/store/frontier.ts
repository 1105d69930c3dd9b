import { createHash } from 'node:crypto'

/** The roots of the perfect subtrees of a growing Merkle tree (RFC 9162, section 2.1): its root after every append, without reading the leaves again. */
export class Frontier {
  readonly #roots: { readonly leaves: number; readonly hash: Buffer }[] = []
  #size = 0

  /** Leaves so far. */
  get size(): number {
    return this.#size
  }

  /** Adds the hash of one leaf. */
  add(leaf: Uint8Array): void {
    let hash: Buffer = Buffer.from(leaf)
    let leaves = 1
    for (let last = this.#roots.at(-1); last?.leaves === leaves; last = this.#roots.at(-1)) {
      hash = parent(last.hash, hash)
      leaves *= 2
      this.#roots.pop()
    }
    this.#roots.push({ leaves, hash })
    this.#size += 1
  }

  /** Root of the tree; the hash of nothing where it is empty. */
  root(): Buffer {
    const [first, ...rest] = this.#roots.map((root) => root.hash).reverse()
    if (first === undefined) return createHash('sha256').digest()
    return rest.reduce((right, left) => parent(left, right), first)
  }
}

/** Hash of a leaf: SHA-256 of a zero byte and the leaf. */
export function leafHashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(0)).update(bytes).digest()
}

function parent(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest()
}
