import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'

import { readManifest } from './datasets/manifest.ts'
import { selectDatasets } from './store/lineage.ts'
import type { Store } from './store/store.ts'
import { type Change, type Making, type Unfinished, dropUnfinished, enterOnce, selectUnfinished } from './store/unfinished.ts'
import { type Destroying, finishDestroying } from './quarantine/judge.ts'
import { missedBackups, reachBackups } from './govern/backup-reach.ts'
import { type Erasing, finishErasing } from './govern/erase.ts'
import type { Reemit } from './govern/reach.ts'
import { type Ending, finishEnding } from './govern/retention.ts'

type Owing = Erasing | Destroying | Ending | Change

/** Carries out what a crash has cut off, before anything else is done in a folder, and enters it in the ledger. Returns in words what was finished, and what of it could not be reached. */
export async function finishActs(store: Store, { reemit }: { readonly reemit?: Reemit } = {}): Promise<readonly string[]> {
  const told: string[] = []
  for (const begun of selectUnfinished<Owing | Making>(store.control)) {
    const { id, act } = begun
    if (act.act === 'making') told.push(...(await unmake(store, { id, act })))
    else told.push(`an act that was cut off is finished: ${act.owed.kind}`, ...(await finish(store, { id, act }, reemit)))
  }
  return told
}

async function finish(store: Store, { id, act }: Unfinished<Owing>, reemit: Reemit | undefined): Promise<readonly string[]> {
  switch (act.act) {
    case 'erasure':
      return finishErasing(store, { id, act }, reemit)
    case 'picture':
      return finishDestroying(store, { id, act })
    case 'retention':
      return finishEnding(store, { id, act })
    case 'change':
      return finishChange(store, { id, act })
  }
}

/** The change stands: copies of the keys are told of it, which the crash may have come before. */
async function finishChange(store: Store, begun: Unfinished<Change>): Promise<readonly string[]> {
  const left = reachBackups(store)
  await enterOnce(store, begun, begun.act.owed.who === null ? {} : missedBackups(left))
  return left
}

/** Removes what a crash left half made, or made and not registered: no erasure would find it. */
async function unmake(store: Store, begun: Unfinished<Making>): Promise<readonly string[]> {
  const { path } = begun.act
  const isUnknown = !selectDatasets(store.control).some((one) => one.path === path) && (await readManifest(path)).ok
  const left = [`${path}.partial`, ...(isUnknown ? [path] : [])].filter((one) => existsSync(one))
  for (const one of left) await rm(one, { recursive: true, force: true })
  dropUnfinished(store.control, begun)
  return left.map((one) => `what was being made when a crash came is removed: ${one}`)
}
