import type { Manifest, Modality } from '@overt/schema'

import { appsAt, type Place } from '../consent/place.ts'

/** What a manifest says may be recorded at a place and a time; null where it says nothing of it. */
export function claimedAt(manifest: Manifest, place: Place, atEpochMs: number): ReadonlySet<Modality> | null {
  const apps = appsAt(manifest, place, atEpochMs)
  return apps.length === 0 ? null : new Set(apps.flatMap((app) => app.modalities))
}
