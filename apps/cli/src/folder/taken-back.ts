import { manifestOf, receiptsOf, type Store } from '@overt/data'
import { mayAsk } from '@overt/privacy/tell'
import type { Purpose, Receipt } from '@overt/schema'

import { CliError, exitCode } from '../terminal/failure.ts'

/** What is thrown where a person was asked before and no yes of theirs holds: only they can give another. */
export const takenBackCode = 'OVT-1728'

/** The same where they refused a short while ago: they are not asked again. */
const refusedCode = 'OVT-1729'

const day = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10)

type Answer = ReturnType<typeof receiptsOf>[number]

/** What is to be done in a person's name, and what they have to agree to for it. */
export interface InTheirName {
  /** What is not done where they don't: `nothing is recorded in their name`. */
  readonly otherwise: string
  readonly purposes: readonly Purpose[]
  /** null: at a place that nobody was asked about before. */
  readonly origins: readonly string[] | null
}

/** The receipts by which a person agrees now to be recorded, newest first. */
export function yesesOf(store: Store, person: string): readonly Receipt[] {
  const newest = newestOf(receiptsOf(store, person))
  return newest.flatMap((one) => (isOfRecording(one) && endOf(one, store.nowEpochMs()) === null ? [one.receipt] : []))
}

/** A person's answers, newest first, but those that a later one continues. */
function newestOf(all: readonly Answer[]): readonly Answer[] {
  const followed = new Set(all.map(({ receipt }) => receipt.follows))
  return all.filter(({ receipt }) => !followed.has(receipt.id))
}

/** What people have published is taken in without asking them. */
const isOfRecording = ({ receipt }: Answer): boolean => receipt.assurance !== 'public-dataset'

/**
 * Throws where a person has said no since they were asked, or their yes has ended: what is done in their name is then for them to allow.
 * A yes to something else is none to what they took back. Who was never asked has taken nothing back.
 */
export function assertNotTakenBack(store: Store, person: string, wanted: InTheirName): void {
  const newest = newestOf(receiptsOf(store, person))
  const nowEpochMs = store.nowEpochMs()
  const holds = yesesOf(store, person).length > 0
  const ended = holds ? noesTo(store, person, wanted) : newest.filter((one) => endOf(one, nowEpochMs) !== null)
  if (ended.length === 0) return
  const told = ended.map(
    (one) => `${placesOf(store, one.receipt).join(', ')} for ${one.receipt.purposes.join(', ')}: ${whyNot(one, nowEpochMs)}`,
  )
  // They may still agree by themselves.
  const rests = ended.some(({ receipt }) => receipt.status === 'refused' && !mayAsk(receipt.decidedAtEpochMs, nowEpochMs))
  throw new CliError(
    rests ? refusedCode : takenBackCode,
    exitCode.refused,
    `No yes of ${person} holds${holds ? ` for ${wanted.purposes.join(', ')}` : ''}: ${wanted.otherwise}. What they were asked about: ${told.join('; ')}.`,
    'If they agree anew, record that first: `overt receipt grant --manifest FILE --person P --purposes LIST --expires 90d`.',
  )
}

/** The person's last word on each purpose, where that is a no. */
function noesTo(store: Store, person: string, { purposes, origins }: InTheirName): readonly Answer[] {
  const all = receiptsOf(store, person)
  const here = newestOf(all).filter(
    (one) => isOfRecording(one) && (origins === null || placesOf(store, one.receipt).some((place) => origins.includes(place))),
  )
  const last = purposes.flatMap((purpose) => {
    const about = here.filter((one) => lineOf(all, one).some(({ receipt }) => receipt.purposes.includes(purpose)))
    return about
      .toSorted((left, right) => saidAt(right) - saidAt(left))
      .slice(0, 1)
      .filter((one) => isNo(one, purpose))
  })
  return [...new Set(last)]
}

/** An answer and all that it continues: a yes to less than before takes the rest back. */
function lineOf(all: readonly Answer[], newest: Answer): readonly Answer[] {
  const line = [newest]
  for (const { receipt } of line) line.push(...all.filter((one) => one.receipt.id === receipt.follows && !line.includes(one)))
  return line
}

/** Where two words are of one moment, the no stands. */
const saidAt = (one: Answer): number => one.withdrawnAtEpochMs ?? one.receipt.decidedAtEpochMs

function isNo({ receipt, withdrawnAtEpochMs }: Answer, purpose: Purpose): boolean {
  const { status, purposes } = receipt
  return withdrawnAtEpochMs !== null || (status !== 'given' && status !== 'renewed') || !purposes.includes(purpose)
}

/** How an answer ended; of one that holds, that it left something out. */
const whyNot = (one: Answer, nowEpochMs: number): string =>
  endOf(one, nowEpochMs) ?? `agreed on ${day(one.receipt.decidedAtEpochMs)} to no more`

/** How an answer ended, and when; null while it is a yes that holds. */
function endOf({ receipt, withdrawnAtEpochMs }: Answer, nowEpochMs: number): string | null {
  const { status, decidedAtEpochMs, expiresAtEpochMs } = receipt
  if (withdrawnAtEpochMs !== null) return `withdrawn on ${day(withdrawnAtEpochMs)}`
  if (status !== 'given' && status !== 'renewed') return `${status} on ${day(decidedAtEpochMs)}`
  return expiresAtEpochMs > nowEpochMs ? null : `ended on ${day(expiresAtEpochMs)}`
}

function placesOf(store: Store, { manifestSha256, manifestId }: Receipt): readonly string[] {
  const origins = manifestOf(store, manifestSha256)?.apps.flatMap((app) => app.origins) ?? [manifestId]
  return [...new Set(origins)]
}
