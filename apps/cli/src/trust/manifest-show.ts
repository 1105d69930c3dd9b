import { Manifest } from '@overt/schema'

import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest show FILE`: a manifest in plain words. */
export async function run(terminal: Terminal, [file = '']: readonly string[]): Promise<void> {
  const manifest = await readJsonFile(file, Manifest, 'manifest')
  terminal.result({ manifest }, plainWords(manifest))
}

/** A manifest as sentences. */
export function plainWords(manifest: Manifest): readonly string[] {
  const { operator, apps, purposes, hours, retentionDays, recipients, expiresAtEpochMs, assessment } = manifest
  return [
    `${operator.name} (${operator.contact}) asks to record, version ${manifest.version}, until ${new Date(expiresAtEpochMs).toISOString().slice(0, 10)}:`,
    ...apps.map(
      (app) =>
        `  ${app.name}: ${app.origins.join(', ')} at ${app.paths.join(', ')}${app.exceptPaths.length === 0 ? '' : `, never ${app.exceptPaths.join(', ')}`}; ${app.modalities.join(', ')}`,
    ),
    `For: ${purposes.join(', ')}.`,
    `When: ${hours === null ? 'at any hour' : `${hours.fromHour} to ${hours.toHour} h on days ${hours.days.join(', ')}`}.`,
    `Kept: events ${retentionDays.events} days, pictures ${retentionDays.frames}, datasets ${retentionDays.datasets}.`,
    `Goes to: ${recipients.length === 0 ? 'nobody else' : recipients.join(', ')}. Legal basis: ${manifest.legalBasis}.`,
    ...(assessment.stub ? ['Its impact assessment is a stub: for trials on one machine only.'] : []),
    `Signed by: ${manifest.signatures.length === 0 ? 'nobody' : manifest.signatures.map(({ by, keyId }) => `${by} ${keyId}`).join(', ')}.`,
  ]
}
