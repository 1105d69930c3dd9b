import { reemitFor, upkeep } from '@overt/data'

import type { Folder } from './folder.ts'

/** Ends what has been kept long enough. */
export async function retention({ store }: Folder): ReturnType<typeof upkeep.enforceRetention> {
  return upkeep.enforceRetention(store, { reemit: reemitFor(store) })
}
