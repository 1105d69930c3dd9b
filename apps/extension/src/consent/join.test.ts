import { sampleManifest } from '@overt/privacy'
import type { Modality } from '@overt/schema'
import { expect, test } from 'vitest'

import { recordedUnder } from './join.ts'

const under = (...places: readonly Modality[][]): ReturnType<typeof recordedUnder> => {
  const sample = sampleManifest({ origin: 'http://127.0.0.1', nowEpochMs: 0 })
  return recordedUnder({ ...sample, apps: sample.apps.flatMap((app) => places.map((modalities) => ({ ...app, modalities }))) })
}

test('a person is asked for what the extension can record and some place of the manifest has, pictures among it, and no more', () => {
  expect(under(['actions', 'text'], ['actions', 'pixels', 'desktop'])).toEqual({ atOnce: ['actions', 'text', 'pixels'], byName: [] })
  expect(under(['actions', 'structure', 'paths'])).toEqual({ atOnce: ['actions', 'structure'], byName: [] })
})

test('drawings and films are asked for by name, and only where there are pictures to show them in', () => {
  expect(under(['actions', 'pixels'], ['actions', 'pixels', 'drawings', 'films'])).toEqual({
    atOnce: ['actions', 'pixels'],
    byName: ['drawings', 'films'],
  })
  expect(under(['actions', 'drawings'])).toEqual({ atOnce: ['actions'], byName: [] })
})
