import { textFlag, type Flags } from '../command.ts'
import { CliError, exitCode } from './failure.ts'

/** The web address of a flag, checked; undefined where it was not given. */
export function addressFlag(flags: Flags, name: string): URL | undefined {
  const text = textFlag(flags, name)
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  throw new CliError(
    'OVT-1705',
    exitCode.usage,
    `--${name} "${text}" is not a web address.`,
    'Give scheme, host and port: http://127.0.0.1:8080.',
  )
}
