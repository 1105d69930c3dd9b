import { type Device, revokeDevice as markRevoked, selectDevice, selectDeviceNamed, selectDevices } from '../store/device.ts'
import { commitment } from '../store/ledger-person.ts'
import type { Store } from '../store/store.ts'
import { beginChange, enterChange } from '../store/unfinished.ts'
import { missedBackups, reachBackups } from './backup-reach.ts'
import type { Put } from './consent.ts'

/** A device as its person sees it. */
export interface OwnDevice extends Device {
  /** When the newest came of what it sent and is kept still; null where nothing is. Nothing else is noted of when it was there. */
  readonly lastSentAtEpochMs: number | null
}

/** A person's devices, oldest first, those that have ended too. */
export function devicesOf(store: Store, person: string): readonly OwnDevice[] {
  const last = new Map<string, number>()
  for (const { kind, device, receivedAtEpochMs } of store.eachRow({ person })) {
    if (kind !== 'batch') continue
    const id = selectDeviceNamed(store.control, device)?.id ?? device
    last.set(id, Math.max(last.get(id) ?? 0, receivedAtEpochMs))
  }
  return selectDevices(store.control, person).map((device) => ({ ...device, lastSentAtEpochMs: last.get(device.id) ?? null }))
}

/** What the end of a device did. */
export interface Revoked {
  readonly device: string
  readonly person: string
  /** False where it had ended before. */
  readonly revoked: boolean
  /** What it could not reach, in words. */
  readonly left: readonly string[]
}

/** Ends one device of a person: from here on it sends nothing, and takes back nothing. What it sent is kept, and so is what they agreed to. */
export async function revokeDevice(store: Store, id: string): Promise<Put<Revoked>> {
  const device = selectDevice(store.control, id)
  if (device === undefined) return { ok: false, reason: 'unknown', explain: `There is no device ${id} here.` }
  const { person } = device
  // After an erasure their name in the ledger is gone, and asking for it would make them another.
  if (device.revokedAtEpochMs !== null) return { ok: true, value: { device: id, person, revoked: false, left: await carryThrough(store) } }
  const body = { device: commitment(store.ledger, person, ['device', id]) }
  const entry = { kind: 'revocation', who: store.ledger.whoIs(person), body }
  const begun = beginChange(store, entry, () => markRevoked(store.control, id, store.nowEpochMs()))
  // What it sends just now rests on a permit that was made before.
  store.consent.end(person)
  const left = reachBackups(store)
  await enterChange(store, begun, missedBackups(left))
  return { ok: true, value: { device: id, person, revoked: begun !== null, left } }
}

/** Of an act that was done before: the copies of the keys are told of it, and it is on record, before whoever asks once more is answered. */
async function carryThrough(store: Store): Promise<readonly string[]> {
  const left = reachBackups(store)
  await store.ledger.settle()
  return left
}
