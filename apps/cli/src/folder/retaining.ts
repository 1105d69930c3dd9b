import { reemitFor, upkeep, type Store } from '@overt/data'

import type { Folder } from './folder.ts'

/** Ends what has been kept long enough. */
export async function retention({ store }: Folder): ReturnType<typeof upkeep.enforceRetention> {
  return upkeep.enforceRetention(store, { reemit: reemitFor(store) })
}

/** Frees the room of all that can't be read any more. */
export async function compact({ store, progress, signal }: Folder): ReturnType<Store['compact']> {
  const onProgress = ({ done, of, freedBytes }: { done: number; of: number; freedBytes: number }): void =>
    progress(`${done} of ${of} files written anew, ${freedBytes} bytes freed`)
  return store.compact({ onProgress, signal })
}
