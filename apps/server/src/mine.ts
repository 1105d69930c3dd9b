import { manifestOf, ownPermitsFor, receiptsOf, usesOf, type Store } from '@overt/data'
import type { MineAgreement, MineRead, MineSession } from '@overt/schema'

/** The person's recordings, newest first, and how many are left from an agreement that has ended: those can be erased and not opened. */
export async function ownSessions(store: Store, person: string): Promise<{ sessions: readonly MineSession[]; closed: number }> {
  const sessions = new Map<string, MineSession>()
  const uses = usesOf(store, person)
  for await (const permit of ownPermitsFor(store, person))
    for (const { session, origin, mode, firstAtEpochMs, lastAtEpochMs, events, tasks } of await store.sessions(permit, {
      reader: 'person',
    }))
      sessions.set(session, {
        session,
        origin,
        mode: mode === 'task' ? 'task' : 'ambient',
        firstAtEpochMs,
        lastAtEpochMs,
        events,
        tasks,
        usedIn: { datasets: [...(uses.get(session)?.datasets ?? [])], models: uses.get(session)?.models ?? 0 },
      })
  const all = new Set(store.rows({ person }).map((row) => row.session))
  const newestFirst = [...sessions.values()].toSorted((left, right) => right.lastAtEpochMs - left.lastAtEpochMs)
  return { sessions: newestFirst, closed: all.size - sessions.size }
}

/** Every read of the person's recordings, newest first, and whether the log that says so is whole. */
export async function lookedAt(store: Store, person: string): Promise<object> {
  const reads: MineRead[] = []
  for await (const { kind, index, atEpochMs, body } of store.ledger.of(person))
    if (kind === 'read') reads.push({ index, atEpochMs, who: String(body['reader']), why: String(body['why']) })
  const { ok, size, firstBad } = await store.ledger.verify()
  return { reads: reads.toReversed(), log: { ok, size, firstBad } }
}

/** What the person has agreed to, or refused, newest first. */
export function agreementsOf(store: Store, person: string): MineAgreement[] {
  const receipts = receiptsOf(store, person)
  const followed = new Set(receipts.map(({ receipt }) => receipt.follows))
  return receipts
    .filter(({ receipt }) => !followed.has(receipt.id))
    .map(({ receipt, withdrawnAtEpochMs }) => {
      const manifest = manifestOf(store, receipt.manifestSha256)
      const given = receipt.status === 'given' || receipt.status === 'renewed'
      const over = withdrawnAtEpochMs !== null || receipt.status === 'withdrawn' || receipt.expiresAtEpochMs <= store.nowEpochMs()
      return {
        id: receipt.id,
        state: over ? 'ended' : given ? 'on' : 'off',
        apps: manifest?.apps.flatMap((app) => app.origins) ?? [],
        purposes: receipt.purposes,
        decidedAtEpochMs: receipt.decidedAtEpochMs,
        expiresAtEpochMs: receipt.expiresAtEpochMs,
        keptDays: manifest?.retentionDays.events ?? 0,
        recipients: manifest?.recipients ?? [],
      }
    })
}
