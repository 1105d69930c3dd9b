import type { Flags } from '../command.ts'
import { openOperator } from '../folder/operator.ts'
import { signedSample } from '../folder/sample.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { purposesFlag, requireFlag } from '../terminal/value.ts'

/** `overt manifest sample`: prints a signed manifest for trials on this machine. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const origin = originOf(requireFlag(flags, 'origin', 'the page that may be recorded, such as http://127.0.0.1:8080'))
  const operator = await openOperator(terminal.dataDir)
  terminal.document(await signedSample(operator, { origins: [origin], purposes: purposesFlag(flags), nowEpochMs: Date.now() }))
  terminal.say('A sample: it holds for pages on this machine alone, and its impact assessment is a stub that says so.')
}

function originOf(text: string): string {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin
  throw new CliError(
    'OVT-1705',
    exitCode.usage,
    `--origin "${text}" is not a web address.`,
    'Give scheme, host and port: http://127.0.0.1:8080.',
  )
}
