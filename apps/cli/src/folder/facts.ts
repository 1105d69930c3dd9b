import { manifestFacts } from '@overt/data/govern'

import type { Folder } from './folder.ts'

/** What was captured in a period beside what the manifests claim. */
export function facts(
  { store }: Folder,
  { fromEpochMs, untilEpochMs }: { readonly fromEpochMs: number; readonly untilEpochMs: number | null },
): ReturnType<typeof manifestFacts> {
  return manifestFacts(store, { fromEpochMs, untilEpochMs: untilEpochMs ?? store.nowEpochMs() })
}
