import { canonicalJson } from '@overt/schema/words'

import { hashText } from './leaf.ts'
import type { Hash } from './hash.ts'

/** What an entry about a person commits to without saying it: who knows the parts and the person's name in the ledger can tell, and nobody else. */
export type Committed =
  | readonly [kind: 'receipt', id: string, signature: string]
  | readonly [kind: 'device', id: string]
  /** A record that was stored: `device` as the batch names it, the batch's id, SHA-256 of its bytes as they were sent, the receipt's id. */
  | readonly [kind: 'segment', device: string, id: string, contentSha256: string, receipt: string]

/** The text whose SHA-256 is a commitment. */
export function commitmentText(who: string, committed: Committed): string {
  return canonicalJson([who, ...committed])
}

/** A commitment. */
export function commitmentOf(who: string, committed: Committed): Promise<Hash> {
  return hashText(commitmentText(who, committed))
}
