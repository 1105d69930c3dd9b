import type { Store } from './store/store.ts'
import { type Change, type Unfinished, enterOnce, selectUnfinished } from './store/unfinished.ts'
import { type Destroying, finishDestroying } from './quarantine/judge.ts'
import { type Erasing, finishErasing } from './govern/erase.ts'
import type { Reemit } from './govern/reach.ts'
import { type Ending, finishEnding } from './govern/retention.ts'

type Act = Erasing | Destroying | Ending | Change

/** Carries out what a crash has cut off, before anything else is done in a folder, and enters it in the ledger. Returns in words what was finished, and what of it could not be reached. */
export async function finishActs(store: Store, { reemit }: { readonly reemit?: Reemit } = {}): Promise<readonly string[]> {
  const told: string[] = []
  for (const begun of selectUnfinished<Act>(store.control)) {
    const left = await finish(store, begun, reemit)
    told.push(`an act that was cut off is finished: ${begun.act.owed.kind}`, ...left)
  }
  return told
}

async function finish(store: Store, { id, act }: Unfinished<Act>, reemit: Reemit | undefined): Promise<readonly string[]> {
  switch (act.act) {
    case 'erasure':
      return finishErasing(store, { id, act }, reemit)
    case 'picture':
      return finishDestroying(store, { id, act })
    case 'retention':
      return finishEnding(store, { id, act })
    case 'change':
      await enterOnce(store, { id, act })
      return []
  }
}
