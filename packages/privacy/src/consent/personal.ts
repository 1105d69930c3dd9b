import { PrivacyError } from '../error.ts'
import { requireLive, type Permit } from './permit.ts'

/** A value about one person, closed until a live permit of theirs opens it. It prints and serialises as nothing. */
export class Personal<T> {
  readonly #person: string
  readonly #value: T

  constructor(person: string, value: T) {
    this.#person = person
    this.#value = value
  }

  /** The value, for a permit of the same person. */
  static open<T>(permit: Permit, personal: Personal<T>): T {
    requireLive(permit)
    if (permit.person !== personal.#person) throw new PrivacyError('OVT-1112', 'the permit is for another person')
    return personal.#value
  }
}

/** Closes a value under the person it is about. */
export function sealPersonal<T>(person: string, value: T): Personal<T> {
  return new Personal(person, value)
}

/** Opens a closed value. Throws PrivacyError where the permit is another person's, expired or withdrawn. */
export function openPersonal<T>(permit: Permit, personal: Personal<T>): T {
  return Personal.open(permit, personal)
}
