import { takeoutOf, takingOut } from '@overt/data/govern'
import { receiptsOf, type Store } from '@overt/data'
import type { WriteStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

import { CliError, exitCode } from '../terminal/failure.ts'
import type { Folder } from './folder.ts'
import { requireNewFile } from './new-file.ts'

/** What a takeout holds. */
export interface TakenOut {
  readonly files: number
  readonly recordings: number
  readonly episodes: number
  readonly sizeBytes: number
}

/** Writes all that is a person's into a zip that only this account reads. Asked by the folder's owner, on this machine. */
export async function takeout({ store }: Folder, { person, out }: { readonly person: string; readonly out: string }): Promise<TakenOut> {
  if (receiptsOf(store, person).length === 0 && store.rows({ person }).length === 0)
    throw new CliError(
      'OVT-1732',
      exitCode.notFound,
      `There is nothing of ${person} here.`,
      'List whom there is with `overt sessions list --purpose P`.',
    )
  requireNewFile(out, 'a takeout')
  const partial = `${out}.partial`
  const file = await claim(partial, out)
  // All of a person's work, in plain words: a crash leaves none that nobody knows of.
  const unmade = takingOut(store, resolve(out))
  try {
    const taken = await writeZip(store, person, file.createWriteStream())
    // It took a while: another one may have come there.
    requireNewFile(out, 'a takeout')
    await rename(partial, out)
    return taken
  } catch (cause) {
    await rm(partial, { force: true })
    throw cause instanceof Error && 'syscall' in cause ? unwritten(out, cause) : cause
  } finally {
    unmade()
  }
}

/** Of two takeouts into one place, the second would write into what the first becomes. */
async function claim(partial: string, out: string): Promise<FileHandle> {
  requireNewFile(partial, 'a takeout')
  return open(partial, 'wx', 0o600).catch((cause: unknown) => {
    throw cause instanceof Error ? unwritten(out, cause) : cause
  })
}

function unwritten(out: string, cause: Error): CliError {
  return new CliError(
    'OVT-1748',
    exitCode.configuration,
    `${out} can't be written: ${cause.message}. Nothing is left there.`,
    'Name a file with --out FILE, in a folder that is there and has room.',
    cause,
  )
}

async function writeZip(store: Store, person: string, file: WriteStream): Promise<TakenOut> {
  const zip = new ZipFile()
  const written = pipeline(zip.outputStream, file)
  // It may fail while there is more to read: nobody waits for it yet, and nothing more is read then.
  let isBroken = false
  written.catch(() => (isBroken = true))
  const names: string[] = []
  try {
    for await (const { name, text } of takeoutOf(store, person)) {
      if (isBroken) break
      zip.addBuffer(Buffer.from(text), name)
      names.push(name)
    }
  } finally {
    zip.end()
    await written
  }
  const count = (folder: string): number => names.filter((name) => name.startsWith(folder)).length
  return { files: names.length, recordings: count('recordings/'), episodes: count('episodes/'), sizeBytes: file.bytesWritten }
}
