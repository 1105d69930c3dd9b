import type { Manifest, Modality, Purpose, Receipt } from '@overt/schema'

import { PrivacyError } from '../error.ts'
import { abortLater, endedBecause } from './ending.ts'
import { appsAt, type Place } from './place.ts'

/** Held by this module alone: without it nobody constructs a permit, not even through `permit.constructor`. */
const mint = Symbol('mint')

/** What a permit is made of. `clock` tells the present time. */
export interface Grounds {
  readonly receipt: Receipt
  readonly manifest: Manifest
  readonly purpose: Purpose
  readonly expiresAtEpochMs: number
  readonly clock: () => number
  readonly signal: AbortSignal | undefined
}

/** What `decide` returns: one person, one purpose, modalities, an expiry, and a signal that withdrawal aborts. Frozen; nothing outside this package can make one. */
export class Permit {
  readonly person: string
  readonly purpose: Purpose
  readonly modalities: readonly Modality[]
  /** `Receipt.id`. */
  readonly receipt: string
  /** `Manifest.id`. */
  readonly manifest: string
  readonly manifestSha256: string
  readonly expiresAtEpochMs: number
  readonly #manifest: Manifest
  readonly #clock: () => number
  readonly #end = new AbortController()
  readonly #source: AbortSignal | undefined
  #watched = false

  constructor(token: symbol, grounds: Grounds) {
    if (token !== mint) throw new PrivacyError('OVT-1110', 'a permit: only decide() makes one')
    const { receipt, manifest } = grounds
    this.person = receipt.person
    this.purpose = grounds.purpose
    this.modalities = Object.freeze([...receipt.modalities])
    this.receipt = receipt.id
    this.manifest = manifest.id
    this.manifestSha256 = receipt.manifestSha256
    this.expiresAtEpochMs = grounds.expiresAtEpochMs
    this.#manifest = manifest
    this.#clock = grounds.clock
    this.#source = grounds.signal
    Object.freeze(Permit.prototype)
    Object.freeze(this)
  }

  /** Aborted by withdrawal, by the signal given to `decide`, and at expiry. */
  get signal(): AbortSignal {
    if (!this.#watched && Permit.live(this)) {
      this.#watched = true
      const { expiresAtEpochMs } = this
      const clock = this.#clock
      abortLater(this.#end, () => expiresAtEpochMs - clock(), this.#source)
    }
    return this.#end.signal
  }

  /** Whether this may be recorded or read at this place, now. Asked at the start and on every navigation. */
  allows(place: Place, modality: Modality): boolean {
    if (!Permit.live(this) || !this.modalities.includes(modality)) return false
    return appsAt(this.#manifest, place, this.#clock()).some((app) => app.modalities.includes(modality))
  }

  /** Whether a value is a permit that `decide` made: no look-alike has the private field. */
  static is(value: unknown): value is Permit {
    return typeof value === 'object' && value !== null && #end in value
  }

  /** Whether a permit is neither withdrawn nor past its expiry; one that is ends for good. */
  static live(permit: Permit): boolean {
    if (permit.#source?.aborted === true) Permit.end(permit)
    if (permit.#clock() >= permit.expiresAtEpochMs) permit.#end.abort(endedBecause('expired'))
    return !permit.#end.signal.aborted
  }

  /** Aborts a permit's signal, for good. */
  static end(permit: Permit): void {
    permit.#end.abort(endedBecause('withdrawn'))
  }
}

/** Makes a permit. Only `decide` calls it, after every check. */
export function makePermit(grounds: Grounds): Permit {
  return new Permit(mint, grounds)
}

/** Whether a value is a permit that `decide` made, and not something that looks like one. */
export function isPermit(value: unknown): value is Permit {
  return Permit.is(value)
}

/** Ends a permit: its signal aborts and it allows nothing any more. Offline and immediate. */
export function withdraw(permit: Permit): void {
  Permit.end(permit)
}

/** Throws PrivacyError unless the permit is real and live. For functions that are handed one. */
export function requireLive(permit: Permit): void {
  if (!Permit.is(permit)) throw new PrivacyError('OVT-1110', 'this is no permit: decide() makes them')
  if (!Permit.live(permit)) throw new PrivacyError('OVT-1111', 'the permit has expired or was withdrawn')
}
