import { sampleManifest } from '@overt/privacy'
import type { Modality } from '@overt/schema'
import { expect, test } from 'vitest'

import { recordedUnder } from './join.ts'

const under = (...places: readonly Modality[][]): readonly Modality[] => {
  const sample = sampleManifest({ origin: 'http://127.0.0.1', nowEpochMs: 0 })
  return recordedUnder({ ...sample, apps: sample.apps.flatMap((app) => places.map((modalities) => ({ ...app, modalities }))) })
}

test('a person is asked for what the extension can record and some place of the manifest has, pictures among it, and no more', () => {
  expect(under(['actions', 'text'], ['actions', 'pixels', 'desktop'])).toEqual(['actions', 'text', 'pixels'])
  expect(under(['actions', 'structure', 'paths'])).toEqual(['actions', 'structure'])
})
