import type { Stop } from '../store/kill-switch.ts'
import type { Store } from '../store/store.ts'
import { reachBackups } from './backup-reach.ts'

/** What a stop did. */
export interface Stopped {
  readonly stop: Stop
  /** What it could not reach, in words. */
  readonly left: readonly string[]
}

/** Stops everything, and tells the copies of the keys: a backup of before is no way around the two keys that lift it. Of a stop that holds already they are told once more. */
export async function stopAll(store: Store, by: string, why: string): Promise<Stopped> {
  let left: readonly string[] | undefined
  const stop = await store.killSwitch.kill(by, why, () => (left = reachBackups(store)))
  return { stop, left: left ?? reachBackups(store) }
}
