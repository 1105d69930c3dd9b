import type { LedgerEntry } from '@overt/schema'

import { finding, skewMs, type Finding, type FindingKind } from './finding.ts'
import type { Act, Seen } from './own.ts'

interface Walk {
  /** Commitments of receipts that hold at this place of the ledger. */
  readonly live: Set<string>
  /** Names whose keys were destroyed. */
  readonly gone: Set<string>
  readonly findings: Finding[]
}

/**
 * Reads a person's entries in order where nothing is known of what their devices sent: what was stored or used lies between a yes and its end by the ledger's own word,
 * nothing is used after all was erased, and what the person did here is there.
 */
export function judgeSeen(entries: readonly LedgerEntry[], { acts }: Seen, nowEpochMs: number): readonly Finding[] {
  const walk: Walk = { live: new Set(), gone: new Set(), findings: [] }
  for (const entry of entries) {
    if (entry.who !== null && walk.gone.has(entry.who)) add(walk, 'kept', 'used after it was erased', entry)
    judgeOne(walk, entry)
  }
  return [...walk.findings, ...unrecorded(entries, acts, nowEpochMs)]
}

function add({ findings }: Walk, kind: FindingKind, problem: string, { index }: LedgerEntry): void {
  findings.push(finding(kind, `entry ${index}: ${problem}`, index))
}

function judgeOne(walk: Walk, entry: LedgerEntry): void {
  const { kind, body, who } = entry
  // Kinds that concern a person and need no word of theirs are not named here.
  switch (kind) {
    case 'receipt':
      if (body['status'] === 'given' || body['status'] === 'renewed') walk.live.add(String(body['receipt']))
      return
    case 'withdrawal':
      return end(walk, body['ended'])
    case 'segment':
      if (walk.live.size === 0) add(walk, 'outside-consent', 'stored without a receipt that was live', entry)
      return
    case 'read':
    case 'export':
      if (walk.live.size === 0 && body['reader'] !== 'person') add(walk, 'used-after', 'used without a receipt that was live', entry)
      return
    case 'erasure':
      if (body['scope'] === 'person' && who !== null) walk.gone.add(who)
  }
}

/** A withdrawal that a device signed names no other receipt: it ends the one that there is. Of several nobody can tell here which. */
function end({ live }: Walk, ended: unknown): void {
  if (Array.isArray(ended)) for (const one of ended) live.delete(String(one))
  else if (live.size === 1) live.clear()
}

const missed: Readonly<Record<Act['kind'], FindingKind>> = { read: 'unrecorded-read', withdrawal: 'not-withdrawn', erasure: 'not-erased' }

/** Each act of the person's own is an entry like any other: one without shows that such acts are not entered. */
function unrecorded(entries: readonly LedgerEntry[], acts: readonly Act[], nowEpochMs: number): readonly Finding[] {
  const left = entries.filter(({ kind, body }) => kind !== 'read' || body['reader'] === 'person')
  const findings: Finding[] = []
  for (const { kind, what, atEpochMs } of acts.filter((act) => act.atEpochMs <= nowEpochMs)) {
    const place = left.findIndex(
      (entry) =>
        entry.kind === kind && (what === undefined || entry.body['what'] === what) && Math.abs(entry.atEpochMs - atEpochMs) <= skewMs,
    )
    if (place === -1) findings.push(finding(missed[kind], `a ${kind} of ${new Date(atEpochMs).toISOString()}, and no entry says so`))
    else left.splice(place, 1)
  }
  return findings
}
