import { Manifest, type Only } from '@overt/schema'
import { recordedFields } from '@overt/schema/words'

import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest show FILE`: a manifest in plain words. */
export async function run(terminal: Terminal, [file = '']: readonly string[]): Promise<void> {
  const manifest = await readJsonFile(file, Manifest, 'manifest')
  terminal.result({ manifest }, plainWords(manifest))
}

/** A manifest as sentences. */
export function plainWords(manifest: Manifest): readonly string[] {
  const {
    operator,
    apps,
    purposes,
    hours,
    retentionDays,
    recipients,
    expiresAtEpochMs,
    assessment,
    notices = [],
    exemptions = [],
  } = manifest
  return [
    `${operator.name} (${operator.contact}) asks to record, version ${manifest.version}, until ${new Date(expiresAtEpochMs).toISOString().slice(0, 10)}:`,
    ...apps.map(
      (app) =>
        `  ${app.name}: ${app.origins.join(', ')} at ${app.paths.join(', ')}${app.exceptPaths.length === 0 ? '' : `, never ${app.exceptPaths.join(', ')}`}; ${app.modalities.join(', ')}${where(app.only)}`,
    ),
    'Never, whatever stands here: payment, banking, health, personnel, organising, whistle-blowing, password managers, private windows.',
    `For: ${purposes.join(', ')}.`,
    `When: ${hours === null ? 'at any hour' : `${hours.fromHour} to ${hours.toHour} h on days ${hours.days.join(', ')}`}.`,
    ...(manifest.only === undefined ? [] : [`Where${where(manifest.only).replace(';', ':')}.`]),
    `Kept: events ${retentionDays.events} days, pictures ${retentionDays.frames}, datasets ${retentionDays.datasets}.`,
    `Goes to: ${recipients.length === 0 ? 'nobody else' : recipients.join(', ')}. Legal basis: ${manifest.legalBasis}.`,
    ...(assessment.stub ? ['Its impact assessment is a stub: for trials on one machine only.'] : []),
    ...(notices.length === 0 ? [] : [`Notices to be read first: ${notices.map(({ jurisdiction }) => jurisdiction).join(', ')}.`]),
    ...exemptions.map(({ part, people }) => `Exempt: ${people} of the part "${part}". All others are asked the same, whatever their rank.`),
    `Fields: ${fieldsOf(manifest)}.`,
    `Signed by: ${manifest.signatures.length === 0 ? 'nobody' : manifest.signatures.map(({ by, keyId }) => `${by} ${keyId}`).join(', ')}.`,
  ]
}

function fieldsOf({ fields }: Manifest): string {
  const all = recordedFields()
  if (fields === undefined || all.every((field) => fields.includes(field)))
    return `all ${all.length} that a recorder has; --json lists them`
  return fields.join(', ')
}

function where(only: Only = {}): string {
  return Object.entries(only)
    .map(([kind, names]) => `; ${kind} ${names.join(' or ')} only`)
    .join('')
}
