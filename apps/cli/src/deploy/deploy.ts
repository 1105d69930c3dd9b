import { makeNamedFolder } from '@overt/data/govern'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { textFlag, type Flags } from '../command.ts'
import { openOperator } from '../folder/operator.ts'
import { folderKeys } from '../folder/trusted.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag, wholeFlag } from '../terminal/value.ts'
import { packExtension } from './pack.ts'
import { policyFiles } from './policy-files.ts'
import { targets } from './policy.ts'

/** `overt deploy extension`: the policy that installs the extension and tells it where its server is. It records nobody: each person is asked. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const wanted = requireFlag(flags, 'target', `one of ${targets.join(', ')}`)
  const target = targets.find((name) => name === wanted)
  if (target === undefined)
    throw new CliError('OVT-1705', exitCode.usage, `"${wanted}" is not a target.`, `Choose from: ${targets.join(', ')}.`)
  const endpoint = webAddress(flags, 'endpoint', 'the address of your server').replace(/\/$/, '')
  const updateUrl = webAddress(flags, 'package', 'where browsers fetch the package')
  await openOperator(terminal.dataDir)
  const keys = await folderKeys(terminal)
  const folder = textFlag(flags, 'pack')
  const packed = folder === undefined ? null : await packExtension(terminal.dataDir, folder, updateUrl)
  const files = policyFiles(target, {
    extensionId: packed?.extensionId ?? requireFlag(flags, 'id', 'the id of your packed extension; --pack DIR makes one'),
    updateUrl,
    endpoint,
    manifestUrl: textFlag(flags, 'manifest') ?? `${endpoint}/v1/consent`,
    keys,
    busyPercent: wholeFlag(flags, 'busyPercent', 1, 100),
  })
  const out = textFlag(flags, 'out')
  const made = packed === null ? {} : { extensionId: packed.extensionId, package: packed.paths }
  const packedLines = packed === null ? [] : [`Extension ${packed.extensionId}`, ...packed.paths]
  if (out === undefined)
    return terminal.result({ target, files, ...made }, [...packedLines, ...files.flatMap(({ name, text }) => [`# ${name}`, text])])
  makeNamedFolder(out, 0o755)
  for (const { name, text } of files) await writeFile(join(out, name), text)
  const paths = files.map(({ name }) => join(out, name))
  terminal.result({ target, files: paths, ...made }, [...packedLines, ...paths])
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
