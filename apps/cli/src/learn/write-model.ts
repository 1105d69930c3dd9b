import { makeNamedFolder } from '@overt/data/govern'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a model's file, whole or not at all. It is its owner's alone, also in the place of one that was not: weights can tell of the work that they were learned from. */
export async function writeModel(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial`
  makeNamedFolder(dirname(path))
  await rm(partial, { force: true })
  try {
    await writeFile(partial, bytes, { mode: 0o600, flush: true })
    await rename(partial, path)
  } catch (cause) {
    await rm(partial, { force: true })
    throw cause
  }
}
