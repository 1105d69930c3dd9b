import { acknowledgementFor, type Jurisdiction, jurisdictions, noticeFor, posterFor } from '@overt/privacy/tell'
import { Manifest } from '@overt/schema'
import { createHash } from 'node:crypto'

import type { Flags } from '../command.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag } from '../terminal/value.ts'

/** `overt manifest notice FILE --jurisdiction US-NY`: the notice that the law of a place asks for, with the hash that the manifest names it by. */
export async function run(terminal: Terminal, [file = '']: readonly string[], flags: Flags): Promise<void> {
  const manifest = await readJsonFile(file, Manifest, 'manifest')
  const jurisdiction = jurisdictionOf(requireFlag(flags, 'jurisdiction', 'whose law'))
  const text = noticeFor(manifest, jurisdiction)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const poster = posterFor(manifest, jurisdiction)
  terminal.result({ jurisdiction, text, sha256, poster, acknowledgement: acknowledgementFor(manifest, jurisdiction) }, [
    text,
    ...(poster === null ? [] : ['To be posted:', poster]),
    `SHA-256 ${sha256}: put { "jurisdiction": "${jurisdiction}", "sha256": "..." } into the manifest's notices, and sign it.`,
  ])
}

function jurisdictionOf(text: string): Jurisdiction {
  const known = jurisdictions.find((one) => one === text)
  if (known !== undefined) return known
  throw new CliError('OVT-1705', exitCode.usage, `There is no template for "${text}".`, `Name one of ${jurisdictions.join(', ')}.`)
}
