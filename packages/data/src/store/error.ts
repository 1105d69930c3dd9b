/** What can go wrong with a data folder: a stable code, how a command that meets it exits (1 failed, 3 configuration, 4 refused, 5 not found, 6 unreachable), and what to do. */
const kinds = {
  locked: {
    code: 'OVT-1301',
    exitCode: 1,
    remedy: 'Stop the other process, or run the command beside it: it goes through the folder’s socket.',
  },
  damaged: { code: 'OVT-1302', exitCode: 1, remedy: 'Copy the data folder, then restore what is damaged from a backup.' },
  version: { code: 'OVT-1303', exitCode: 3, remedy: 'Open the folder with the version of the program that made it.' },
  diskFull: { code: 'OVT-1304', exitCode: 1, remedy: 'Make room on the disk, then try again.' },
  sync: { code: 'OVT-1305', exitCode: 1, remedy: 'Stop this process, check the disk, then start again: what was acknowledged is kept.' },
  closed: { code: 'OVT-1306', exitCode: 1, remedy: 'Open the store again.' },
  key: { code: 'OVT-1307', exitCode: 1, remedy: 'Restore the key files of the data folder from their own backup.' },
  permit: { code: 'OVT-1308', exitCode: 4, remedy: 'Ask the person for a receipt that covers this.' },
  unreachable: {
    code: 'OVT-1309',
    exitCode: 6,
    remedy: 'Wait until that process has ended, or end it, then run the command again: nothing of it was done.',
  },
  unknown: { code: 'OVT-1310', exitCode: 5, remedy: 'Check the name.' },
  invalid: { code: 'OVT-1311', exitCode: 3, remedy: 'Correct what the message names.' },
  command: { code: 'OVT-1312', exitCode: 2, remedy: 'Update the server or the command line, so that both are of one version.' },
  optional: { code: 'OVT-1313', exitCode: 3, remedy: 'Install it: `npm install --include=optional`.' },
  stopped: { code: 'OVT-1315', exitCode: 4, remedy: 'See `overt kill --status`: two keys lift a stop, one of them the council’s.' },
  hungUp: { code: 'OVT-1316', exitCode: 6, remedy: 'It may have been done: look at what there is before you run the command again.' },
  elsewhere: { code: 'OVT-1317', exitCode: 4, remedy: 'Name the data folder that it was built in with --data DIR.' },
  unfit: {
    code: 'OVT-1318',
    exitCode: 1,
    remedy: 'Build it anew with `overt dataset build`; `overt dataset check` tells all that is wrong with it.',
  },
  ner: { code: 'OVT-1314', exitCode: 3, remedy: 'Mend what the message names, or leave --ner out.' },
} as const
export type DataErrorKind = keyof typeof kinds

/** A broken invariant or failed I/O of this package. */
export class DataError extends Error {
  readonly code: string
  readonly kind: DataErrorKind
  readonly exitCode: number
  /** What to do about it. */
  readonly remedy: string

  /** `message` says what and why, with the numbers. */
  constructor(kind: DataErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'DataError'
    this.kind = kind
    this.code = kinds[kind].code
    this.exitCode = kinds[kind].exitCode
    this.remedy = kinds[kind].remedy
  }
}
