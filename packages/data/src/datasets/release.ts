import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { Row, Split } from '@overt/schema'

import { DataError } from '../store/error.ts'
import { createRowFile, type RowFile } from './parquet.ts'

/** The data files of a release in the making; a split's file is made with its first row. */
export interface DataFiles {
  append(row: Row): Promise<void>
  close(): Promise<void>
}

/** Opens the data files of a folder. */
export function createDataFiles(dir: string): DataFiles {
  const open = new Map<Split, RowFile>()
  return {
    async append(row) {
      const file = open.get(row.split) ?? createRowFile(join(dir, 'data', `${row.split}-00000.parquet`))
      open.set(row.split, file)
      await file.append(row)
    },
    async close() {
      for (const file of open.values()) await file.close()
    },
  }
}

/** Lets `write` fill a folder beside the place it is meant for, and moves it there only when it is whole: a build that fails leaves nothing. */
export async function writeFolder<T>(outDir: string, write: (dir: string) => Promise<T>): Promise<T> {
  await requireFree(outDir)
  const partial = `${outDir.replace(/\/+$/u, '')}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(join(partial, 'data'), { recursive: true })
  try {
    const result = await write(partial)
    await mkdir(dirname(outDir), { recursive: true })
    await rm(outDir, { recursive: true, force: true })
    await rename(partial, outDir)
    return result
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw cause
  }
}

/** A release is never overwritten. */
async function requireFree(outDir: string): Promise<void> {
  const names = await readdir(outDir).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw new DataError('invalid', `${outDir} can't be written to as a folder: ${cause.message}`, cause)
  })
  if (names.length > 0)
    throw new DataError(
      'invalid',
      `${outDir} is there already and holds ${names.length} files: name a new folder, a release is never overwritten`,
    )
}
