/** How a command ends, as scripts read it. */
export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  configuration: 3,
  refused: 4,
  notFound: 5,
  unreachable: 6,
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** A command that could not do its work: `message` says what and why, `remedy` what to do. */
export class CliError extends Error {
  readonly code: string
  readonly remedy: string
  readonly exitCode: number

  /** `exit`: one of `exitCode`, or what another process ended with. */
  constructor(code: string, exit: number, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'CliError'
    this.code = code
    this.remedy = remedy
    this.exitCode = exit
  }
}

/** What any package's error carries for the person at the terminal. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly exitCode: number
}

/** Reads what an error says of itself; an error that says nothing is a defect of ours, and says that. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error))
    return { code: 'OVT-1700', message: String(error), remedy: 'Report this: it is a defect of Overt.', exitCode: exitCode.failed }
  const code = text(error, 'code')
  if (code?.startsWith('OVT-') === true) {
    return {
      code,
      message: error.message,
      remedy: text(error, 'remedy') ?? '',
      exitCode: Number(Reflect.get(error, 'exitCode') ?? exitCode.failed),
    }
  }
  const file = text(error, 'path')
  if (code === 'ENOENT')
    return { code: 'OVT-1701', message: `${file ?? 'A file'} does not exist.`, remedy: 'Check the path.', exitCode: exitCode.notFound }
  if (code === 'ENOTDIR' || code === 'EISDIR')
    return {
      code: 'OVT-1708',
      message: `${file ?? 'A path'} ${code === 'EISDIR' ? 'is a folder, and a file is needed' : 'goes through a file as if it were a folder'}.`,
      remedy: 'Check the path, and --data.',
      exitCode: exitCode.configuration,
    }
  if (code === 'EACCES' || code === 'EPERM')
    return {
      code: 'OVT-1702',
      message: `${file ?? 'A file'} can't be opened: permission denied.`,
      remedy: 'Run as the owner of the file or folder.',
      exitCode: exitCode.configuration,
    }
  if (code === 'ENOSPC')
    return {
      code: 'OVT-1703',
      message: 'The disk is full.',
      remedy: 'Free some space and run the command again; nothing acknowledged was lost.',
      exitCode: exitCode.failed,
    }
  return {
    code: 'OVT-1700',
    message: error.stack ?? error.message,
    remedy: 'Report this: it is a defect of Overt.',
    exitCode: exitCode.failed,
  }
}

function text(error: Error, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}
