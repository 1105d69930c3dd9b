import { manifestOf, receiptsOf, type Store } from '@overt/data'
import type { Receipt } from '@overt/schema'

import { CliError, exitCode } from '../terminal/failure.ts'

/** What is thrown where a person was asked before and no yes of theirs holds: only they can give another. */
export const takenBackCode = 'OVT-1728'

const day = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10)

/** The receipts by which a person agrees now, newest first. */
export function yesesOf(store: Store, person: string): readonly Receipt[] {
  return newestOf(store, person).flatMap((one) => (endOf(one, store.nowEpochMs()) === null ? [one.receipt] : []))
}

/** A person's answers, newest first, but those that a later one continues. */
function newestOf(store: Store, person: string): ReturnType<typeof receiptsOf> {
  const all = receiptsOf(store, person)
  const followed = new Set(all.map(({ receipt }) => receipt.follows))
  return all.filter(({ receipt }) => !followed.has(receipt.id))
}

/** Throws where a person has said no since they were asked, or their yes has ended: what is done in their name is then for them to allow. Who was never asked has taken nothing back. */
export function assertNotTakenBack(store: Store, person: string, what: string): void {
  const newest = newestOf(store, person)
  const ends = newest.map((one) => endOf(one, store.nowEpochMs()))
  if (ends.length === 0 || ends.includes(null)) return
  const told = newest.map(({ receipt }, place) => `${placesOf(store, receipt)} for ${receipt.purposes.join(', ')}: ${ends[place]}`)
  throw new CliError(
    takenBackCode,
    exitCode.refused,
    `No yes of ${person} holds: ${what}. What they were asked about: ${told.join('; ')}.`,
    'If they agree anew, record that first: `overt receipt grant --manifest FILE --person P --purposes LIST --expires 90d`.',
  )
}

/** How an answer ended, and when; null while it is a yes that holds. */
function endOf({ receipt, withdrawnAtEpochMs }: ReturnType<typeof receiptsOf>[number], nowEpochMs: number): string | null {
  const { status, decidedAtEpochMs, expiresAtEpochMs } = receipt
  if (withdrawnAtEpochMs !== null) return `withdrawn on ${day(withdrawnAtEpochMs)}`
  if (status !== 'given' && status !== 'renewed') return `${status} on ${day(decidedAtEpochMs)}`
  return expiresAtEpochMs > nowEpochMs ? null : `ended on ${day(expiresAtEpochMs)}`
}

function placesOf(store: Store, { manifestSha256, manifestId }: Receipt): string {
  const origins = manifestOf(store, manifestSha256)?.apps.flatMap((app) => app.origins) ?? [manifestId]
  return [...new Set(origins)].join(', ')
}
