import type { Manifest, Purpose } from '@overt/schema'
import { recordedFields } from '@overt/schema/words'

import { redactionVersion } from '../redact/version.ts'
import { originOf } from './place.ts'

/** SHA-256 of "Local trial. No impact assessment has been made." */
const stubSha256 = '247a2f04e86450c2c12775466c211fcca5a460f9d9a453e4316ac051a6c26639'
const halfYearMs = 180 * 86_400_000

/** An unsigned manifest for a trial on this machine: one origin (a loopback page, or `dataset:name`), everything but pixels, purpose `ground` unless told otherwise. */
export function sampleManifest(sample: {
  readonly origin: string
  /** What people call the place; its origin where nothing is given. */
  readonly name?: string
  readonly nowEpochMs: number
  readonly purposes?: readonly Purpose[]
}): Manifest {
  const origin = originOf(sample.origin)
  const expiresAtEpochMs = sample.nowEpochMs + halfYearMs
  return {
    v: 'overt.manifest/1',
    id: `local-${origin.replace(/[^A-Za-z0-9]+/g, '-')}`.slice(0, 64),
    version: 1,
    operator: { name: 'Overt on this computer', contact: 'a trial that nobody else takes part in' },
    apps: [
      {
        name: (sample.name ?? origin).slice(0, 128),
        origins: [origin],
        paths: ['/**'],
        exceptPaths: [],
        modalities: ['actions', 'text', 'structure', 'paths', 'desktop'],
      },
    ],
    purposes: [...(sample.purposes ?? ['ground'])],
    hours: null,
    retentionDays: { events: 30, frames: 7, datasets: 90 },
    recipients: [],
    legalBasis: 'consent (local trial)',
    redaction: redactionVersion,
    assessment: { sha256: stubSha256, expiresAtEpochMs, stub: true },
    issuedAtEpochMs: sample.nowEpochMs,
    noticeDays: 0,
    expiresAtEpochMs,
    scope: 'local',
    councilKeyId: null,
    fields: [...recordedFields()],
    signatures: [],
  }
}
