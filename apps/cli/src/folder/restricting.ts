import { upkeep } from '@overt/data'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'

/** What a restriction did; without a receipt where it was only asked about. */
export type Restricted = { readonly restricted: boolean } | Extract<Awaited<ReturnType<typeof upkeep.restrictUse>>, { ok: true }>['value']

/** Begins or lifts a person's restriction, or tells whether one holds (`to` null). Asked by the folder's owner, on this machine. */
export async function restrict(
  { store }: Folder,
  { person, to }: { readonly person: string; readonly to: boolean | null },
): Promise<Restricted> {
  if (to === null) return { restricted: store.isRestricted(person) }
  const turned = await upkeep.restrictUse(store, person, to)
  if (turned.ok) return turned.value
  throw new CliError('OVT-1745', exitCode.notFound, turned.explain, 'List whom there is with `overt sessions list --purpose P`.')
}
