import type { LedgerEntry } from '@overt/schema'

/** One event of the Open Cybersecurity Schema Framework, class API Activity (6003). */
export interface OcsfEvent {
  readonly category_uid: 6
  readonly class_uid: 6003
  readonly activity_id: number
  readonly type_uid: number
  readonly severity_id: 1
  readonly time: number
  readonly metadata: { readonly version: string; readonly uid: string; readonly log_name: string; readonly product: object }
  readonly actor: { readonly user: { readonly name: string } }
  readonly api: { readonly operation: string }
  readonly src_endpoint: { readonly name: string }
  readonly message: string
  readonly count?: number
  readonly unmapped: Readonly<Record<string, unknown>>
}

/** What of a ledger a security team may see, and the first entry that was held back for the next time. */
export interface OcsfExport {
  readonly events: readonly OcsfEvent[]
  readonly next: number
}

const version = '1.6.0'
const create = 1
const read = 2
const update = 3
/** What somebody did is told no sooner, and together with what else was done in that time: so nobody can watch a person work. */
const windowMs = 15 * 60_000
/** Fewer are not counted: a number of reads is a number of people. */
const fewest = 10

interface Told {
  readonly activity: number
  /** Fields of the entry that say nothing about a person. */
  readonly fields: readonly string[]
}

/** Everything else stays in the ledger: receipts, pauses, withdrawals, devices, erasures and what was stored tell who takes part. */
const told: Readonly<Record<string, Told>> = {
  read: { activity: read, fields: ['what', 'why'] },
  export: { activity: read, fields: ['of', 'hash', 'format'] },
  dataset: { activity: create, fields: ['hash', 'purpose'] },
  training: { activity: create, fields: ['model', 'dataset'] },
  manifest: { activity: update, fields: ['id', 'version', 'sha256'] },
  key: { activity: update, fields: ['keyId', 'by'] },
  kill: { activity: update, fields: [] },
}

/** Entries of a ledger as OCSF events, without a name, a session or a count that would tell who or how many take part. A person's looks at their own recordings are not among them. */
export function ocsfEvents(entries: readonly LedgerEntry[], log: string, nowEpochMs: number): OcsfExport {
  const untilEpochMs = Math.floor(nowEpochMs / windowMs) * windowMs
  const open = entries.findIndex(({ atEpochMs }) => atEpochMs >= untilEpochMs)
  const closed = open === -1 ? entries : entries.slice(0, open)
  const events = [...Map.groupBy(closed.filter(isTold), groupOf).values()].map((group) => eventOf(group, log))
  const last = closed.at(-1)
  return { events, next: entries[open]?.index ?? (last === undefined ? 0 : last.index + 1) }
}

/** Of acts that concern people one by one only reads are told; their entries are thrown together below. */
function isTold({ kind, who, body }: LedgerEntry): boolean {
  if (!Object.hasOwn(told, kind)) return false
  return kind === 'read' ? body['reader'] !== 'person' : who === null
}

/** Reads of one reader, for one reason, in one window are one event; all else stands for itself. */
function groupOf({ kind, index, atEpochMs, body }: LedgerEntry): string {
  if (kind !== 'read') return String(index)
  return JSON.stringify([Math.floor(atEpochMs / windowMs), body['reader'], body['what'], body['why']])
}

function eventOf(group: readonly LedgerEntry[], log: string): OcsfEvent {
  const [first] = group
  if (first === undefined) throw new RangeError('a group has an entry')
  const { kind, atEpochMs, body } = first
  const { activity, fields } = told[kind] ?? { activity: 0, fields: [] }
  const time = kind === 'read' ? Math.floor(atEpochMs / windowMs) * windowMs : atEpochMs
  const name = kind === 'read' ? String(body['reader']) : 'operator'
  return {
    category_uid: 6,
    class_uid: 6003,
    activity_id: activity,
    type_uid: 600_300 + activity,
    severity_id: 1,
    time,
    metadata: { version, uid: `${log}/${first.index}`, log_name: log, product: { vendor_name: 'Overt', name: 'Overt' } },
    actor: { user: { name } },
    api: { operation: kind },
    src_endpoint: { name: log },
    message: `${kind} by ${name}`,
    ...(group.length >= fewest ? { count: group.length } : {}),
    unmapped: Object.fromEntries(fields.filter((field) => field in body).map((field) => [field, body[field]])),
  }
}
