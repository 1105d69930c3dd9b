import { upkeep } from '@overt/data'

import type { Folder } from './folder.ts'

/** Backs the folder up, while it is in use. */
export async function backup({ store }: Folder, to: { readonly data: string; readonly keys: string }): ReturnType<typeof upkeep.backUp> {
  return upkeep.backUp(store, to)
}
