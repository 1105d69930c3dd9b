import { checkPictures, type PictureCheck } from '@overt/data/govern'

import type { Folder } from './folder.ts'
import { permits, reader, type Reading } from './reading.ts'

/** What a check of pictures looks at, and what for. */
export interface PictureReading extends Reading {
  readonly session: string | null
  readonly sought: readonly string[]
  readonly most: number
}

/** Reads the pictures of everyone whose consent covers the purpose, one after the other, and holds back what shows something. */
export async function pictures({ store, progress, signal }: Folder, reading: PictureReading): Promise<PictureCheck> {
  const { session, sought, most } = reading
  const sum = { clear: 0, found: 0, unread: 0, before: 0, left: 0 }
  const held: PictureCheck['held'][number][] = []
  let read = 0
  const onPicture = (): void => progress(`${(read += 1)} pictures read`)
  for await (const permit of permits({ store }, reading)) {
    const options = { sought, most: most - read, reader: `${reader}, check of pictures`, signal, onPicture }
    const one = await checkPictures(permit, store, session === null ? options : { ...options, session })
    for (const key of ['clear', 'found', 'unread', 'before', 'left'] as const) sum[key] += one[key]
    held.push(...one.held)
  }
  return { ...sum, held }
}
