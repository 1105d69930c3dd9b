import { isNeverRecorded } from '@overt/privacy/tell'
import type { Manifest } from '@overt/schema'
import { createHash } from 'node:crypto'

import { textFlag, type Flags } from '../command.ts'
import { keysFor } from '../folder/trusted.ts'
import { readUsableManifest } from '../folder/usable-manifest.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readGivenFile } from '../terminal/text-file.ts'

/** `overt manifest check FILE`: exit 4 where no client would accept it, or where the impact assessment is another than it names. */
export async function run(terminal: Terminal, [file = '']: readonly string[], flags: Flags): Promise<void> {
  const manifest = await readUsableManifest(file, (manifest) => keysFor(terminal, manifest), Date.now())
  const assessment = textFlag(flags, 'assessment')
  if (assessment !== undefined) await requireAssessment(file, manifest, assessment)
  const never = [...new Set(manifest.apps.flatMap((app) => [...app.origins, ...app.paths]))].filter(isNeverRecorded)
  terminal.result({ ok: true, id: manifest.id, version: manifest.version, never }, [
    `${manifest.id} version ${manifest.version}: well-formed, signed and in force.`,
    ...never.map((place) => `It names ${place}, which is on the list of what is never recorded: nothing will be.`),
  ])
}

async function requireAssessment(file: string, { assessment }: Manifest, path: string): Promise<void> {
  const sha256 = createHash('sha256')
    .update(await readGivenFile(path))
    .digest('hex')
  if (sha256 === assessment.sha256) return
  throw new CliError(
    'OVT-1710',
    exitCode.refused,
    `${file} rests on another impact assessment than ${path}: it names ${assessment.sha256}, and the file's SHA-256 is ${sha256}.`,
    'Give the assessment that was signed for, or put this hash into the manifest and sign it anew.',
  )
}
