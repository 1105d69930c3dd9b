import { DataError, trustKey, upkeep } from '@overt/data'
import type { TrustedKey } from '@overt/schema'

import type { Folder } from './folder.ts'

/** Whether everything is stopped, and what a key has to sign to lift that. */
export interface StopState {
  readonly stop: { readonly by: string; readonly why: string; readonly atEpochMs: number; readonly turned: readonly string[] } | null
  readonly lift: string
  /** Whether a council's key is known, without which nothing would lift a stop. */
  readonly council: boolean
}

/** As it stands. */
export async function stopState({ store }: Folder): Promise<StopState> {
  const { stop } = store.killSwitch
  const told = stop === null ? null : { by: stop.by, why: stop.why, atEpochMs: stop.atEpochMs, turned: stop.turned.map(({ side }) => side) }
  return { stop: told, lift: store.killSwitch.liftText(), council: store.killSwitch.councilKeys().length > 0 }
}

/** Stops every recorder of this folder and freezes every read. `before`: it was stopped already, and that stop holds on as it was entered. `left`: what it could not reach. */
export async function kill(
  folder: Folder,
  { why }: { readonly why: string },
): Promise<StopState & { readonly before: boolean; readonly left: readonly string[] }> {
  const held = folder.store.killSwitch.stop?.id
  const { stop, left } = await upkeep.stopAll(folder.store, 'owner (command line)', why)
  return { ...(await stopState(folder)), before: stop.id === held, left }
}

/** Turns a key by its signature. */
export async function turnKey(folder: Folder, signed: { readonly keyId: string; readonly signature: string }): Promise<StopState> {
  await folder.store.killSwitch.turnSigned(signed)
  return stopState(folder)
}

/** The council's keys that are trusted here: two keys lift a stop, and two sign a manifest that names one. */
export async function councilKeys({ store }: Folder): Promise<readonly TrustedKey[]> {
  return store.killSwitch.councilKeys()
}

/** Trusts a council's key. One that comes after a stop does not lift it. The operator's own is none: two keys of two holders lift a stop. */
export async function trustCouncil({ store, operator }: Folder, key: TrustedKey): Promise<void> {
  if (key.publicKey === operator.publicKey)
    throw new DataError(
      'invalid',
      `${key.keyId} is this folder’s own operator’s key: a council has one of its own, which the operator does not hold`,
    )
  await trustKey(store, key)
}
