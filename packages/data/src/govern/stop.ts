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
  const stop = await store.killSwitch.kill(by, why, () => (left = reached(store)))
  return { stop, left: left ?? reached(store) }
}

/** What can't be told now is told with the next act: a stop stands without it. */
function reached(store: Store): readonly string[] {
  try {
    return reachBackups(store)
  } catch (cause) {
    return [`the copies of the keys: ${cause instanceof Error ? cause.message : String(cause)}`]
  }
}
