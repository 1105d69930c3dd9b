import type { Permit } from '@overt/privacy'
import type { Batch, Manifest, Modality } from '@overt/schema'
import { capturedFields } from '@overt/schema/words'

import { isDeviceKey, maxSkewMs } from '../store/device.ts'
import { selectManifest, selectReceipt } from '../store/documents.ts'
import { permitFor } from '../store/permits.ts'
import { type Address, addressesOf, placesOf } from '../store/places.ts'
import { type Span, spansFrom } from '../store/receipt-line.ts'
import type { Store } from '../store/store.ts'
import type { Contents } from './contents.ts'
import { type Checked, type Refusal, accept, refuse } from './refusal.ts'
import { type Authenticated, refuseRevoked } from './token.ts'

/** A permit is asked for anew after this time, whatever happened. */
const longestMs = 60_000
/** Addresses of one person's work that are remembered: a recorder sends many batches from one page. */
const mostAddresses = 8

type Modalities = ReadonlySet<Modality>

/** When a batch came, and from which device. `aheadMs`: how far its clock is before the server's. */
export interface Came extends Pick<Authenticated, 'device' | 'aheadMs'> {
  readonly arrivedAtEpochMs: number
  /** Whose consent has ended, or whose work was erased, since it arrived. */
  readonly hasEnded: (person: string) => boolean
}

/** What was decided for one receipt and purpose. */
interface Decided {
  readonly permit: Permit
  /** When there was a yes, from the receipt that the batch names to the one that the permit rests on. */
  readonly spans: readonly Span[]
  readonly manifest: Manifest
  /** The key of the device that signed the receipt; undefined where none that is enrolled did. */
  readonly signer: string | undefined
  /** What it allows, by address, where no hour has a say in it; undefined where nothing may be recorded. */
  readonly allowed: Map<string, Modalities | undefined>
  readonly generation: number
  readonly atEpochMs: number
}

/** Decides again, at the server, on every batch: the person's receipt must cover it now, its place, and all that is in it. */
export class Admission {
  readonly #store: Store
  readonly #onNetwork: () => boolean
  readonly #decided = new Map<string, Decided>()

  /** `onNetwork`: whether others than this machine reach the server. */
  constructor(store: Store, onNetwork: () => boolean = () => false) {
    this.#store = store
    this.#onNetwork = onNetwork
    // Addresses are people's.
    store.consent.onEnd(() => this.#decided.clear())
  }

  /** A permit for the batch, or why there is none. */
  async admit(contents: Contents, came: Came): Promise<Checked<Permit>> {
    const { batch } = contents
    if (this.#isErased(batch, came)) return refuse('erased', 'This was erased by its person before it was kept. Nothing was kept.')
    const decided = await this.#decide(batch)
    // After the permit is made: a device that ends later takes it along. Where there is none, it is still to stop for good.
    const revoked = refuseRevoked(this.#store, came.device)
    if (revoked !== undefined) return revoked
    if (!decided.ok) return decided
    const { permit, spans, signer } = decided.value
    // What a person agrees to on one device is no agreement for another, which they may have given away since.
    if (signer !== undefined && signer !== came.device.publicKey)
      return refuse('receipt', 'Another device of this person signed the receipt. Agree on this one. Nothing was kept.')
    const untimely = refuseTime(batch, spans, this.#store.nowEpochMs() + came.aheadMs)
    const refusal = untimely ?? (await this.#refuseContents(contents, decided.value))
    // A permit that has ended allows no place and no modality: what it says of those is no finding about the batch.
    if (permit.signal.aborted) return refuse('receipt', 'The permit ended while the batch arrived. Nothing was kept.')
    return refusal ?? accept(permit)
  }

  /** By either clock, since an erasure is told by the server's and what was recorded by the device's; and all that was here when it was erased, whatever it says of its time. */
  #isErased(batch: Batch, { aheadMs, arrivedAtEpochMs, hasEnded }: Came): boolean {
    if (hasEnded(batch.person) && this.#store.isErasedOnArrival(batch, arrivedAtEpochMs)) return true
    return [0, aheadMs].some((ms) => this.#store.isErased({ ...batch, atEpochMs: batch.closedAtEpochMs - ms }))
  }

  /** A permit holds until something about consent changes in this folder; its own expiry it watches itself. */
  async #decide(batch: Batch): Promise<Checked<Decided>> {
    const key = JSON.stringify([batch.receipt, batch.purpose, batch.person, batch.manifest])
    const nowEpochMs = this.#store.nowEpochMs()
    const { generation } = this.#store.consent
    const known = this.#decided.get(key)
    const ageMs = nowEpochMs - (known?.atEpochMs ?? 0)
    if (known?.generation === generation && ageMs >= 0 && ageMs < longestMs && nowEpochMs < known.permit.expiresAtEpochMs)
      return accept(known)
    this.#decided.delete(key)
    const fresh = await this.#decideAnew(batch)
    if (!fresh.ok) return fresh
    const decided = { ...fresh.value, allowed: new Map(), generation, atEpochMs: nowEpochMs }
    this.#decided.set(key, decided)
    return accept(decided)
  }

  async #decideAnew(batch: Batch): Promise<Checked<Pick<Decided, 'permit' | 'spans' | 'manifest' | 'signer'>>> {
    const { control } = this.#store
    const stored = selectReceipt(control, batch.receipt)
    const manifest = selectManifest(control, batch.manifest)
    if (manifest === undefined || stored?.receipt.person !== batch.person || stored.receipt.manifestSha256 !== batch.manifest)
      return refuse('receipt', 'No live receipt of this person for this manifest is known here. Nothing was kept.')
    const decision = await permitFor(this.#store, batch.receipt, batch.purpose)
    const answers = [stored, decision.ok ? selectReceipt(control, decision.value.receipt) : undefined]
    if (this.#onNetwork() && answers.some((one) => one?.receipt.assurance === 'local'))
      return refuse('receipt', 'A receipt that its person’s device did not sign is good for a server on loopback alone. Nothing was kept.')
    const { publicKey } = stored.receipt
    const signer = isDeviceKey(control, publicKey) ? publicKey : undefined
    if (decision.ok)
      return accept({ permit: decision.value, spans: spansFrom(control, batch.receipt, decision.value.receipt), manifest, signer })
    return refuse('receipt', `No live receipt (${decision.reason}): ${decision.explain} Nothing was kept.`)
  }

  async #refuseContents(contents: Contents, decided: Decided): Promise<Refusal | undefined> {
    const { batch, urls } = contents
    const { redaction } = decided.manifest
    if (batch.redaction < redaction)
      return {
        ...refuse('redaction', `The device redacts by version ${batch.redaction}; the manifest asks for ${redaction}. Update it.`),
        beyond: [`work redacted by version ${batch.redaction}`],
      }
    const addresses = addressesOf(batch, urls)
    const allowed = await this.#allowedAt(batch, addresses, decided)
    if (allowed === undefined)
      return { ...refuse('place', 'The manifest does not allow recording at this place and hour. Nothing was kept.'), beyond: ['place'] }
    if (addresses.some(({ origin }) => origin !== batch.origin))
      return { ...refuse('place', 'The batch tells of another origin than its own. Nothing was kept.'), beyond: ['place'] }
    return refuseModalities(contents, decided.permit, allowed) ?? refuseFields(contents, decided.manifest)
  }

  /** What may be recorded at each of these addresses. Hours are those of the recording, not of an upload that was late. */
  async #allowedAt(batch: Batch, addresses: readonly [Address, ...Address[]], decided: Decided): Promise<Modalities | undefined> {
    const { permit, manifest } = decided
    if (manifest.hours !== null) {
      const then = await permitFor(this.#store, batch.receipt, batch.purpose, batch.closedAtEpochMs)
      return then.ok ? allowedAtAll(addresses, (one) => allowedAt(then.value, one, manifest)) : undefined
    }
    return permit.signal.aborted ? undefined : allowedAtAll(addresses, (one) => rememberedAt(decided, one))
  }
}

/** What is allowed at every one; undefined where nothing is at one of them. */
function allowedAtAll(
  [first, ...others]: readonly [Address, ...Address[]],
  ask: (address: Address) => Modalities | undefined,
): Modalities | undefined {
  let all = ask(first)
  for (const address of others) {
    const here = all && ask(address)
    if (all === undefined || here === undefined) return undefined
    all = all.intersection(here)
  }
  return all
}

function rememberedAt({ permit, manifest, allowed }: Decided, { origin, path }: Address): Modalities | undefined {
  const address = JSON.stringify([origin, path])
  if (allowed.has(address)) return allowed.get(address)
  if (allowed.size >= mostAddresses) allowed.clear()
  const fresh = allowedAt(permit, { origin, path }, manifest)
  allowed.set(address, fresh)
  return fresh
}

/** What was recorded while there was no yes was recorded without its person; of what says that it is of time to come, nobody knows when. By the device's clock, as the person's own client judges it. */
function refuseTime({ closedAtEpochMs }: Batch, spans: readonly Span[], deviceEpochMs: number): Refusal | undefined {
  const given = spans.some(({ fromEpochMs, untilEpochMs }) => closedAtEpochMs >= fromEpochMs - maxSkewMs && closedAtEpochMs <= untilEpochMs)
  if (given && closedAtEpochMs <= deviceEpochMs + maxSkewMs) return undefined
  return refuse('receipt', 'It was not recorded while its person agreed, by the time that it tells. Nothing was kept.')
}

/** What may be recorded at an address; undefined where nothing may. */
function allowedAt(permit: Permit, address: Address, manifest: Manifest): Modalities | undefined {
  const place = placesOf(address, manifest).find((one) => permit.allows(one, 'actions'))
  return place && new Set(permit.modalities.filter((modality) => permit.allows(place, modality)))
}

/** What a batch declares may be wrong by a fault or on purpose: what it holds decides. */
function refuseModalities({ batch, needed }: Contents, permit: Permit, allowed: Modalities): Refusal | undefined {
  const refused = batch.modalities.filter((modality) => !permit.modalities.includes(modality))
  if (refused.length > 0) return refuse('modality', `The person did not agree to ${refused.join(', ')}. Nothing was kept.`)
  const beyond = [...needed].filter((modality) => !batch.modalities.includes(modality) || !allowed.has(modality))
  if (beyond.length === 0) return undefined
  const explain = `What the batch holds needs ${beyond.join(', ')}, which it does not declare or which is not agreed to at this place. Nothing was kept.`
  return { ...refuse('modality', explain), beyond }
}

/** A manifest that lists its fields was signed, and agreed to, for no other. */
function refuseFields({ batch }: Contents, { fields }: Manifest): Refusal | undefined {
  const beyond = fields === undefined ? [] : [...capturedFields(batch)].filter((field) => !fields.includes(field))
  if (beyond.length === 0) return undefined
  return { ...refuse('modality', `The manifest does not list ${beyond.join(', ')}. Nothing was kept.`), beyond }
}
