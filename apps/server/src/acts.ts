import type { Store } from '@overt/data'

/** Kinds of entries that tell of no one, and what of them may be told. Receipts, withdrawals, devices, reads and what was stored are not here: they tell who takes part, or when. */
const told: Readonly<Record<string, readonly string[]>> = {
  manifest: ['id', 'version', 'sha256'],
  key: ['keyId', 'by'],
  dataset: ['hash', 'purpose'],
  training: ['model', 'dataset'],
  kill: ['stop', 'by', 'why'],
  lift: ['stop', 'side', 'lifted'],
  access: ['sha256'],
  alarm: ['what'],
  picture: ['act', 'verdict', 'found', 'by'],
}
/** What an officer did with something of somebody's: told without whose it was. */
const ofPeople: ReadonlySet<string> = new Set(['picture'])

const most = 1_000

/** One entry of the ledger, as an overseer sees it: without its place in the log, which would tell how many are between. */
export interface Act {
  readonly atEpochMs: number
  readonly kind: string
  readonly what: Readonly<Record<string, unknown>>
}

/** What was done here, newest first; the last thousand. */
export async function actsOf(store: Store): Promise<readonly Act[]> {
  const acts: Act[] = []
  for await (const { kind, who, atEpochMs, body } of store.ledger.entries()) {
    const fields = told[kind]
    if (fields === undefined || (who !== null && !ofPeople.has(kind))) continue
    acts.push({ atEpochMs, kind, what: Object.fromEntries(fields.map((field) => [field, body[field] ?? null])) })
    if (acts.length > most) acts.shift()
  }
  return acts.toReversed()
}
