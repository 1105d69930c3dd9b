import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'

import { DataError } from '../store/error.ts'
import { makeNamedFolder } from '../store/make-folder.ts'

/** Lets `write` fill a folder beside the place it is meant for, and moves it there only when it is whole: a build that fails leaves nothing. The folder is its owner's alone. */
export async function writeFolder<T>(outDir: string, write: (dir: string) => Promise<T>): Promise<T> {
  await requireFree(outDir)
  const partial = `${outDir.replace(/\/+$/u, '')}.partial`
  await rm(partial, { recursive: true, force: true })
  makeNamedFolder(partial)
  try {
    const result = await write(partial)
    await rm(outDir, { recursive: true, force: true })
    await rename(partial, outDir)
    return result
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw cause
  }
}

/** A release is never overwritten. */
export async function requireFree(outDir: string): Promise<void> {
  if (!existsSync(outDir)) return
  const names = await readdir(outDir).catch((cause: unknown) => {
    throw new DataError('invalid', `${outDir} can't be written to as a folder`, cause)
  })
  if (names.length === 0) return
  const what = `${outDir} is there already and holds ${names.length} files: name a new folder, a release is never overwritten`
  throw new DataError('invalid', what)
}
