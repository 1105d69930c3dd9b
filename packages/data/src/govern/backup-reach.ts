import { existsSync, readdirSync, rmdirSync } from 'node:fs'

import { newKey } from '../store/cipher.ts'
import { KeyStore } from '../store/keys.ts'
import { replayErasures } from '../store/replay.ts'
import type { Store } from '../store/store.ts'
import { type KeyCopy, isKeyCopyThere, keepKeyCopies, keyCopiesOf, keyCopyDays, keysIn, removeKeyCopy } from './key-copy.ts'
import { tellSince } from './since.ts'

/** Carries erasures and withdrawals into every copy of the keys, and deletes those that are too old. Returns in words what it could not reach. */
export function reachBackups(store: Store): string[] {
  const left: string[] = []
  const known = keyCopiesOf(store.control)
  const kept = known.filter((copy) => {
    try {
      return reachCopy(store, copy)
    } catch (cause) {
      const until = new Date(copy.atEpochMs + keyCopyDays * dayMs).toISOString().slice(0, 10)
      left.push(
        `the copy of the keys at ${copy.path}: ${cause instanceof Error ? cause.message : String(cause)}; it is refused after ${until}`,
      )
      return true
    }
  })
  if (kept.length < known.length) keepKeyCopies(store.control, kept)
  return left
}

/** How many copies of the keys an act could not be carried into, as its entry says it; nothing where it reached all. */
export function missedBackups(left: readonly string[]): { readonly missedBackups?: number } {
  return left.length === 0 ? {} : { missedBackups: left.length }
}

const dayMs = 86_400_000

/** False where the copy is no more. */
function reachCopy(store: Store, copy: KeyCopy): boolean {
  const isThere = isKeyCopyThere(store.control, copy)
  if (isExpired(store, copy)) {
    if (isThere) endCopy(store, copy)
    return false
  }
  if (!isThere || !existsSync(keysIn(copy))) throw new Error('it is not there')
  tellSince(store.control, copy, store.nowEpochMs())
  // It opens nothing, so any key will do.
  const keys = new KeyStore(keysIn(copy), '', newKey())
  try {
    replayErasures(keys, store.tombstones, (...name) => store.hash(...name), copy.atEpochMs)
  } finally {
    keys.close()
  }
  return true
}

function endCopy(store: Store, copy: KeyCopy): void {
  removeKeyCopy(store.dir, copy)
  if (readdirSync(copy.path).length === 0) rmdirSync(copy.path)
}

function isExpired(store: Store, { atEpochMs }: KeyCopy): boolean {
  return store.nowEpochMs() - atEpochMs > keyCopyDays * dayMs
}
