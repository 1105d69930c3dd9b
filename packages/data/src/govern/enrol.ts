import { randomBytes } from 'node:crypto'

import { exportPrivateKey, generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Manifest, Modality, Purpose, Receipt } from '@overt/schema'
import { offeredModalities } from '@overt/schema/words'

import { type Device, insertDevice, isEndedKey, maxSkewMs } from '../store/device.ts'
import { DataError } from '../store/error.ts'
import { commitment } from '../store/ledger-person.ts'
import type { Store } from '../store/store.ts'
import { beginChange, enterChange } from '../store/unfinished.ts'
import { putManifest, putReceipt } from './consent.ts'

/** What a client outside the project needs to post a batch. */
export interface Enrolment {
  readonly deviceId: string
  /** Ed25519 private key, PKCS #8 in base64url. Printed once, kept nowhere. */
  readonly deviceKey: string
  readonly receipt: Receipt
  /** What the receipt answers. */
  readonly manifest: Manifest
  readonly endpoint: string
}

/** Whom to enrol, for what. */
export interface EnrolRequest {
  readonly person: string
  /** A signed manifest that this folder's keys vouch for. */
  readonly manifest: Manifest
  readonly endpoint: string
  /** What the person agrees to, each by its name. Without it the one that the manifest offers; of several none is taken for agreed to. */
  readonly purposes?: readonly Purpose[]
  /** Default: all that the manifest offers, but what is agreed to by name alone. */
  readonly modalities?: readonly Modality[]
  /** Default: 30 days, or the manifest's end where that is sooner. */
  readonly expiresAtEpochMs?: number
}

const monthMs = 30 * 86_400_000

/** Enrols a device on this machine: makes its key, and the person's receipt under that key (`assurance: local`). */
export async function enrolDevice(store: Store, request: EnrolRequest): Promise<Enrolment> {
  const { person, manifest, endpoint } = request
  const nowEpochMs = store.nowEpochMs()
  const pair = await generateKeyPair({ extractable: true })
  const known = await putManifest(store, manifest)
  if (!known.ok) throw new DataError('invalid', `The manifest can't be used (${known.reason}): ${known.explain}`)
  const grant = {
    person,
    manifest,
    purposes: agreedTo(request),
    modalities: request.modalities ?? offeredModalities(manifest).atOnce,
    nowEpochMs,
    expiresAtEpochMs: request.expiresAtEpochMs ?? Math.min(nowEpochMs + monthMs, manifest.expiresAtEpochMs),
    assurance: 'local' as const,
  }
  const receipt = await grantReceipt(grant, pair)
  const { deviceId } = await registerDevice(store, { person, publicKey: pair.publicKey, receipt })
  return { deviceId, deviceKey: await exportPrivateKey(pair.privateKey), receipt, manifest, endpoint }
}

function agreedTo({ purposes, manifest }: EnrolRequest): readonly Purpose[] {
  const named = purposes ?? (manifest.purposes.length === 1 ? manifest.purposes : [])
  if (named.length > 0) return named
  throw new DataError('invalid', `Each purpose is agreed to apart: name some of ${manifest.purposes.join(', ')}.`)
}

/** Enrols a device by the public key that it made itself, with a receipt signed by that key. Throws `DataError` where they do not fit. */
export async function registerDevice(
  store: Store,
  request: { readonly person: string; readonly publicKey: string; readonly receipt: Receipt },
): Promise<{ readonly deviceId: string }> {
  const { person, publicKey, receipt } = request
  if (receipt.person !== person || receipt.publicKey !== publicKey)
    throw new DataError('invalid', 'The receipt is of another person, or signed by another key than the device’s.')
  const erasures = erasuresOf(store, person)
  assertLive(store, request, erasures)
  const kept = await putReceipt(store, receipt)
  if (!kept.ok) throw new DataError('invalid', `The receipt can't be used (${kept.reason}): ${kept.explain}`)
  // Again: either may have ended while the receipt was kept. Before a name is made for whoever has none any more.
  assertLive(store, request, erasures)
  const deviceId = `dev-${randomBytes(9).toString('base64url')}`
  const device = { id: deviceId, person, publicKey, enrolledAtEpochMs: store.nowEpochMs(), revokedAtEpochMs: null }
  const body = { device: commitment(store.ledger, person, ['device', deviceId]) }
  const entry = { kind: 'device', who: store.ledger.whoIs(person), body }
  const begun = beginChange(store, entry, () => insertDevice(store.control, device))
  store.consent.change()
  await enterChange(store, begun)
  return { deviceId }
}

const erasuresOf = (store: Store, person: string): number => store.tombstones.timesAll(store.hash('received', person))

/**
 * A key ends with a device for good, also where it was another person's. An erasure of everything ends the device that it can't see yet too: recording anew is another yes.
 * `erasures`: how many there were when this was asked. A device's clock may be off: an agreement counts as one of before where it is by more than that.
 */
function assertLive(
  store: Store,
  { person, publicKey, receipt }: Pick<Device, 'person' | 'publicKey'> & { readonly receipt: Receipt },
  erasures: number,
): void {
  if (isEndedKey(store.control, publicKey)) throw new DataError('invalid', 'The device of this key was ended. Enrol it with a new key.')
  const isOld = store.tombstones.coversAll(store.hash('received', person), receipt.decidedAtEpochMs + maxSkewMs)
  if (isOld || erasuresOf(store, person) !== erasures)
    throw new DataError('invalid', 'Everything of this person was erased since they agreed to this device. Ask them anew.')
}
