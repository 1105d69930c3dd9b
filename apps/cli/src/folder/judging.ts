import {
  destroyHeld,
  heldPictures as heldOf,
  lookAtHeld,
  permitForHeld,
  releaseHeld,
  type HeldPicture,
  type Judged,
} from '@overt/data/govern'
import type { Permit } from '@overt/privacy'
import type { Purpose } from '@overt/schema'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'
import { permits, reader, type Reading } from './reading.ts'

/** Which held picture, and the purpose that it would be read for. */
export interface PictureJudging {
  readonly name: string
  readonly purpose: Purpose
}

/** Pictures that are held back, of everyone whose consent covers the purpose: kinds and places of what was found. */
export async function heldPictures(
  folder: Folder,
  reading: Reading & { readonly session: string | null },
): Promise<{ readonly pictures: readonly HeldPicture[] }> {
  const found: HeldPicture[] = []
  const where = reading.session === null ? {} : { session: reading.session }
  for await (const permit of permits(folder, reading)) found.push(...(await heldOf(permit, folder.store, { reader, ...where })))
  return { pictures: found }
}

/** One held picture, as WebP in base64. */
export async function lookAtPicture({ store }: Folder, judging: PictureJudging): Promise<{ readonly image: string }> {
  const image = await lookAtHeld(await permitOf(store, judging), store, { name: judging.name, reader })
  if (image === undefined) throw notHeld(judging)
  return { image: image.toString('base64') }
}

/** Releases a held picture, or destroys it. */
export async function judgePicture(
  { store }: Folder,
  { destroy, ...judging }: PictureJudging & { readonly destroy: boolean },
): Promise<Judged> {
  const judge = destroy ? destroyHeld : releaseHeld
  return judge(await permitOf(store, judging), store, { name: judging.name, by: reader })
}

async function permitOf(store: Folder['store'], judging: PictureJudging): Promise<Permit> {
  const permit = await permitForHeld(store, judging.name, judging.purpose)
  if (permit === undefined) throw notHeld(judging)
  return permit
}

/** A picture that is not there and one whose person has withdrawn are told apart to nobody. */
function notHeld({ name, purpose }: PictureJudging): CliError {
  return new CliError(
    'OVT-1747',
    exitCode.notFound,
    `No picture ${name} is held back that may be read for ${purpose}.`,
    'List those that are with `overt pictures list --purpose P`.',
  )
}
