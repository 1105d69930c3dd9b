import { upkeep } from '@overt/data'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'

/** A person's devices, oldest first, those that have ended too. Asked by the folder's owner, on this machine. */
export async function devices(
  { store }: Folder,
  { person }: { readonly person: string },
): Promise<{ readonly devices: ReturnType<typeof upkeep.devicesOf> }> {
  return { devices: upkeep.devicesOf(store, person) }
}

/** Ends one device for good. */
export async function revoke(
  { store }: Folder,
  { device }: { readonly device: string },
): Promise<Extract<Awaited<ReturnType<typeof upkeep.revokeDevice>>, { ok: true }>['value']> {
  const ended = await upkeep.revokeDevice(store, device)
  if (ended.ok) return ended.value
  throw new CliError('OVT-1767', exitCode.notFound, ended.explain, 'List what there is with `overt device list --person P`.')
}
