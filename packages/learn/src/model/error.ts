/** What to do with the exit of a command: 1 failed, 3 configuration. */
type ExitCode = 1 | 3

/** What goes wrong in this package. Codes: OVT-1401 not a model file, OVT-1402 a model of other features, OVT-1403 nothing to learn from, OVT-1404 not a dataset. */
export class LearnError extends Error {
  readonly code: LearnErrorCode
  readonly remedy: string
  readonly exitCode: ExitCode

  constructor(code: LearnErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LearnError'
    this.code = code
    this.remedy = remedies[code]
    this.exitCode = code === 'OVT-1403' ? 1 : 3
  }
}

/** Stable codes of this package's errors. */
export type LearnErrorCode = 'OVT-1401' | 'OVT-1402' | 'OVT-1403' | 'OVT-1404'

const remedies: Readonly<Record<LearnErrorCode, string>> = {
  'OVT-1401': 'Name a file that overt train wrote.',
  'OVT-1402': 'Train the model again with this version: overt train --dataset DIR --out FILE.',
  'OVT-1403': 'Build a dataset with episodes that ended in success.',
  'OVT-1404': 'Name a folder that overt dataset build wrote.',
}
