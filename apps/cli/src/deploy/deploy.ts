import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { textFlag, type Flags } from '../command.ts'
import { openOperator, trustedKeys } from '../folder/operator.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag } from '../terminal/value.ts'
import { policyFiles } from './policy-files.ts'
import { targets } from './policy.ts'

/** `overt deploy extension`: the policy that installs the extension and tells it where its server is. It records nobody: each person is asked. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const wanted = requireFlag(flags, 'target', `one of ${targets.join(', ')}`)
  const target = targets.find((name) => name === wanted)
  if (target === undefined)
    throw new CliError('OVT-1705', exitCode.usage, `"${wanted}" is not a target.`, `Choose from: ${targets.join(', ')}.`)
  const endpoint = webAddress(flags, 'endpoint', 'the address of your server').replace(/\/$/, '')
  const files = policyFiles(target, {
    extensionId: requireFlag(flags, 'id', 'the id of your packed extension'),
    updateUrl: webAddress(flags, 'package', 'where browsers fetch the package'),
    endpoint,
    manifestUrl: textFlag(flags, 'manifest') ?? `${endpoint}/v1/consent`,
    keys: trustedKeys(await openOperator(terminal.dataDir)),
  })
  const out = textFlag(flags, 'out')
  if (out === undefined)
    return terminal.result(
      { target, files },
      files.flatMap(({ name, text }) => [`# ${name}`, text]),
    )
  await mkdir(out, { recursive: true })
  for (const { name, text } of files) await writeFile(join(out, name), text)
  const paths = files.map(({ name }) => join(out, name))
  terminal.result({ target, files: paths }, paths)
  terminal.say('Installed is not recorded: each person is asked, and may say no.')
}

function webAddress(flags: Flags, name: string, why: string): string {
  const text = requireFlag(flags, name, why)
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new CliError(
    'OVT-1705',
    exitCode.usage,
    `--${name} "${text}" is not a web address.`,
    'Give scheme and host: https://overt.example.',
  )
}
