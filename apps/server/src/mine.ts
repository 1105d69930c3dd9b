import { manifestOf, ownPermitsFor, receiptsOf, usesOf, type Store } from '@overt/data'
import type { LedgerEntry, MineAgreement, MinePicture, MineRead, MineSession } from '@overt/schema'

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
  const all = new Set(store.eachRow({ person }).map((row) => row.session))
  const newestFirst = [...sessions.values()].toSorted((left, right) => right.lastAtEpochMs - left.lastAtEpochMs)
  return { sessions: newestFirst, closed: all.size - sessions.size }
}

/** Every read of the person's recordings and what became of their pictures in quarantine, newest first, and whether the log that says so is whole. */
export async function lookedAt(store: Store, person: string): Promise<object> {
  const reads: MineRead[] = []
  const pictures: MinePicture[] = []
  for await (const entry of store.ledger.of(person)) {
    const { kind, index, atEpochMs, body } = entry
    if (kind === 'read') reads.push({ index, atEpochMs, who: String(body['reader']), why: String(body['why']) })
    else pictures.push(...pictureOf(entry))
  }
  const { ok, size, firstBad } = await store.ledger.verify()
  return { reads: reads.toReversed(), pictures: pictures.toReversed(), log: { ok, size, firstBad } }
}

/** What an entry says of held pictures, where it does. */
function pictureOf({ kind, index, atEpochMs, body }: LedgerEntry): readonly MinePicture[] {
  const held = Number(body['found']) + Number(body['unread'])
  if (kind === 'pictures' && held > 0) {
    const kinds = (body['kinds'] ?? []) as string[] // as: written by the check; missing in what an older one wrote
    return [{ index, atEpochMs, what: 'held', pictures: held, kinds, by: 'a check' }]
  }
  if (kind !== 'picture') return []
  const what = body['act'] === 'released' ? 'released' : 'destroyed'
  return [{ index, atEpochMs, what, pictures: 1, kinds: Object.keys(body['found'] ?? {}), by: String(body['by']) }]
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
