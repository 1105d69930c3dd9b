import { readFile } from 'node:fs/promises'

/** Reads a file that a command was given. */
export async function readTextFile(path: string): Promise<string> {
  return (await readGivenFile(path)).toString('utf8')
}

/** The bytes of a file that a command was given. Where it is a folder, the error of reading it says of itself not which. */
export async function readGivenFile(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw error instanceof Error && !('path' in error) ? Object.assign(error, { path }) : error
  })
}
