/** What goes wrong in this package. Codes: OVT-5001 not a model file, OVT-5002 a model of other features, OVT-5003 nothing to learn from, OVT-5004 not a dataset. */
export class LearnError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LearnError'
    this.code = code
  }
}
