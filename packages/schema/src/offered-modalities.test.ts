import { expect, test } from 'vitest'

import type { Manifest } from './manifest.ts'
import { offeredModalities } from './offered-modalities.ts'

test('one yes never includes drawings and films: nobody can mask what is private in them, so they are agreed to by name', () => {
  const apps = [{ modalities: ['actions', 'pixels'] }, { modalities: ['actions', 'drawings', 'films'] }] as unknown as Manifest['apps'] // as: no more of an app is looked at
  expect(offeredModalities({ apps })).toEqual({ atOnce: ['actions', 'pixels'], byName: ['drawings', 'films'] })
})
