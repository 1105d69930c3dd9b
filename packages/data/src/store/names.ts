import { canonicalJson } from '@overt/schema/words'

import { type Key, keyOf, keyedHash } from './cipher.ts'

/** What a keyed hash stands for. `received`: what a person sent, told by the clock of this machine; `replaced`: what stands in a record's place. */
export type Named = 'batch' | 'episode' | 'content' | 'person' | 'session' | 'received' | 'restricted' | 'replaced'

/** Keyed hash of an id or a subject: its name in files that must not say whose it is. */
export type Naming = (kind: Named, ...parts: readonly string[]) => string

/** The names that follow from a tenant's key. */
export function namesUnder(tenantKey: Key): Naming {
  const key = keyOf(Buffer.from(keyedHash(tenantKey, 'names of records'), 'hex'))
  return (kind, ...parts) => keyedHash(key, canonicalJson([kind, ...parts]))
}
