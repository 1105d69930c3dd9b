/** A broken invariant of this package. Refusals are values; this is for misuse. `code` is stable. */
export class PrivacyError extends Error {
  /** `OVT-11xx`. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PrivacyError'
    this.code = code
  }
}
