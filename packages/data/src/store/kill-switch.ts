import { randomBytes } from 'node:crypto'

import { verifyBytes } from '@overt/privacy'
import type { TrustedKey } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { hasSetting, setting, putSetting } from './control.ts'
import type { Database } from './database.ts'
import { selectTrustedKeys } from './documents.ts'
import { DataError } from './error.ts'
import type { Ledger } from './ledger.ts'
import type { LiveConsent } from './live-consent.ts'
import { Turns } from './turns.ts'
import { beginChange, enterChange } from './unfinished.ts'

/** Whose key it is: the operator's side, or the council's (an elected person's, where there is no council). */
export type KeySide = TrustedKey['by']

/** A key that someone turned to lift a stop. */
export interface TurnedKey {
  /** An account, or the id of a signing key. Two keys are two ids. */
  readonly id: string
  readonly side: KeySide
  readonly atEpochMs: number
}

/** A stop that holds: recorders are refused, reads are frozen. */
export interface Stop {
  readonly id: string
  readonly by: string
  readonly why: string
  readonly atEpochMs: number
  readonly turned: readonly TurnedKey[]
  /** Signing keys that were trusted when it began: one that is trusted later lifts nothing. */
  readonly keys: readonly TrustedKey[]
}

/** The setting that holds a stop. */
export const stopName = 'stop'

/** What a kill switch is part of. */
export interface SwitchParts {
  readonly control: Database
  readonly ledger: Ledger
  readonly consent: LiveConsent
  readonly nowEpochMs: () => number
}

/** One act stops every recorder and freezes every read; two keys lift that, one of them the council's. */
export class KillSwitch {
  readonly #parts: SwitchParts
  #stop: Stop | null
  /** What holds, where it is not on the device yet, and how copies of the keys are told of it then. */
  #unwritten: { readonly stop: Stop; readonly reach: () => void } | null = null
  /** One act at a time is entered: what it was decided on still holds when it takes effect. */
  readonly #turns = new Turns(1)

  constructor(parts: SwitchParts) {
    this.#parts = parts
    const text = hasSetting(parts.control, stopName) ? setting(parts.control, stopName, () => '') : ''
    this.#stop = text === '' ? null : (JSON.parse(text) as Stop) // as: written by #put alone
  }

  /** The stop that holds, or null. */
  get stop(): Stop | null {
    return this.#stop
  }

  /** Throws where everything is stopped: `what`, in words, would be made of less than there is, or of nothing. */
  assertRunning(what: string): void {
    if (this.#stop !== null) throw new DataError('stopped', `The kill switch was thrown: no ${what} until two keys lift it.`)
  }

  /**
   * Stops everything, at once and before anything is written: a full disk must not keep it going. Where it can't be written down or entered it holds, and throws,
   * and so does each later act until it can. A second act changes nothing. `reach` carries it further once it is written down, before its entry.
   */
  async kill(by: string, why: string, reach: () => void = () => {}): Promise<Stop> {
    if (this.#stop === null) this.#begin(by, why, reach)
    return this.#turns.run(async () => {
      // A key whose turn came first may have lifted what held.
      const stop = this.#stop ?? this.#begin(by, why, reach)
      await this.#writeDown()
      return stop
    })
  }

  /**
   * Turns a key: the second one, of another id and with the council's among the two, lifts the stop. Answers with the stop as it stands then; null once it is lifted.
   * Where the stop that holds now is lifted before it is this key's turn, the key lifts no other.
   */
  async turn(key: Pick<TurnedKey, 'id' | 'side'>): Promise<Stop | null> {
    const stop = this.#stop
    if (stop === null) throw nothingStopped()
    return this.#turnFor(stop, key)
  }

  /** Turns a signing key by its signature over `liftText`. Throws `DataError` where it is not one of those that were trusted when the stop began. */
  async turnSigned(signed: { readonly keyId: string; readonly signature: string }): Promise<Stop | null> {
    const stop = this.#stop
    if (stop === null) throw nothingStopped()
    const key = stop.keys.find(({ keyId }) => keyId === signed.keyId)
    const bytes = new TextEncoder().encode(this.liftText())
    if (key === undefined || !(await verifyBytes(key.publicKey, signed.signature, bytes)))
      throw new DataError('permit', 'This is not a key that was trusted here when the switch was thrown, or it signed something else.')
    return this.#turnFor(stop, { id: key.keyId, side: key.by })
  }

  /** The council's keys that are trusted now. */
  councilKeys(): readonly TrustedKey[] {
    return selectTrustedKeys(this.#parts.control).filter(({ by }) => by === 'council')
  }

  /** What a key signs to lift the stop that holds, and no other. */
  liftText(): string {
    return canonicalJson({ v: 'overt.lift/1', stop: this.#stop?.id ?? '' })
  }

  #begin(by: string, why: string, reach: () => void): Stop {
    const { control, consent, nowEpochMs } = this.#parts
    const id = randomBytes(9).toString('base64url')
    const stop = { id, by, why, atEpochMs: nowEpochMs(), turned: [], keys: selectTrustedKeys(control) }
    this.#stop = stop
    this.#unwritten = { stop, reach }
    consent.endAll()
    return stop
  }

  async #writeDown(): Promise<void> {
    if (this.#unwritten === null) return this.#parts.ledger.settle()
    const { stop, reach } = this.#unwritten
    const { id, by, why } = stop
    const begun = beginChange(this.#parts, { kind: 'kill', who: null, body: { stop: id, by, why } }, () => this.#put(stop))
    reach()
    this.#unwritten = null
    await enterChange(this.#parts, begun)
  }

  #turnFor({ id }: Stop, key: Pick<TurnedKey, 'id' | 'side'>): Promise<Stop | null> {
    return this.#turns.run(async () => {
      const stop = this.#stop
      if (stop?.id !== id) return stop
      await this.#writeDown()
      const others = stop.turned.filter((other) => other.id !== key.id)
      const turned = [...others, { ...key, atEpochMs: this.#parts.nowEpochMs() }]
      const lifts = turned.length > 1 && turned.some(({ side }) => side === 'council')
      // First the entry: what is not on record is not lifted.
      await this.#parts.ledger.append('lift', { stop: id, key: key.id, side: key.side, lifted: lifts })
      return this.#keep(lifts ? null : { ...stop, turned })
    })
  }

  #put(stop: Stop | null): void {
    putSetting(this.#parts.control, stopName, stop === null ? '' : JSON.stringify(stop))
  }

  #keep(stop: Stop | null): Stop | null {
    this.#put(stop)
    this.#stop = stop
    this.#parts.consent.change()
    return stop
  }
}

function nothingStopped(): DataError {
  return new DataError('invalid', 'Nothing is stopped here: there is nothing to lift.')
}
