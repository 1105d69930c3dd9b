/** A misuse of the recorder. Refusals are values; this is for code that is wrong. `code` is stable. */
export class CaptureError extends Error {
  /** `OVT-12xx`. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CaptureError'
    this.code = code
  }
}
