import { rm } from 'node:fs/promises'

import type { revoked, trained } from '../folder/release.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { writeModel } from './write-model.ts'

/** A model, where its file is to lie, and the release that it was trained on. */
interface Kept {
  readonly hash: string
  readonly path: string
  readonly dataset: string
}

/** What the data folder says of it. */
interface Asked {
  trained(model: Kept): ReturnType<typeof trained>
  revoked(model: Kept): ReturnType<typeof revoked>
}

/** Writes a model's file once the folder knows of it, so that whatever is erased from then on reaches it, also where this is cut off. One whose people ended their agreement meanwhile is not kept. */
export async function keepModel({ bytes }: { readonly bytes: Uint8Array }, model: Kept, folder: Asked): Promise<void> {
  const registered = await folder.trained(model)
  if (!registered.ok) throw discarded(model, registered.why)
  await writeModel(model.path, bytes)
  // An erasure that came between found no file to put its note beside.
  if (!(await folder.revoked(model)).revoked) return
  await rm(model.path)
  throw discarded(model, 'an erasure has reached it')
}

function discarded({ path }: Kept, why: string): CliError {
  return new CliError(
    'OVT-1723',
    exitCode.refused,
    `${path} was not kept: its release may not be trained on any more (${why}).`,
    'Build the release anew with `overt dataset build`.',
  )
}
