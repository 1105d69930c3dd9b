import { isFolderInUse } from '@overt/data'
import { loadModel, verifyModel, type Model } from '@overt/learn'
import { readFile } from 'node:fs/promises'

import { inFolder } from '../folder/folder.ts'
import { CliError, exitCode, failureOf } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readGivenFile } from '../terminal/text-file.ts'

/** Reads a model file: whole, and revoked neither by the note beside it nor by what the data folder at hand knows, wherever the file was moved or copied to. */
export async function openModel(terminal: Terminal, path: string): Promise<Model> {
  const bytes = await readGivenFile(path)
  const model = loaded(path, bytes)
  if (!(await verifyModel(bytes)))
    throw new CliError(
      'OVT-1724',
      exitCode.failed,
      `${path} is damaged: its weights are not those that its first line names.`,
      'Train it again, or fetch it again.',
    )
  const why = (await revokedBeside(path, model)) ?? (await revokedInFolder(terminal, model))
  if (why === undefined) return model
  throw new CliError(
    'OVT-1725',
    exitCode.refused,
    `${path} was trained on data that its person has erased (${why}).`,
    'Train it again on the next version of its release.',
  )
}

function loaded(path: string, bytes: Uint8Array): Model {
  try {
    return loadModel(bytes)
  } catch (error) {
    const { code, exitCode: exit, message, remedy } = failureOf(error)
    throw new CliError(code, exit, `${path} can't be used: ${message}.`, remedy, error)
  }
}

/** A note of another model stays behind where a new one was written over the old. */
async function revokedBeside(path: string, { head }: Model): Promise<string | undefined> {
  const beside = `${path}.revoked.json`
  const note = await readFile(beside, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  return note === null || modelOf(note, head.hash) !== head.hash ? undefined : beside
}

/** The model that a note names; what can't be read counts against the one that is asked for. */
function modelOf(note: string, asked: string): unknown {
  try {
    const parsed: unknown = JSON.parse(note)
    return typeof parsed === 'object' && parsed !== null && 'model' in parsed ? parsed.model : asked
  } catch {
    // A note that was cut off is still a note.
    return asked
  }
}

async function revokedInFolder(terminal: Terminal, { head }: Model): Promise<string | undefined> {
  if (!isFolderInUse(terminal.dataDir)) return undefined
  const known = await inFolder(terminal, 'revoked', { hash: head.hash, dataset: head.data.hash })
  return known.revoked ? `the data folder ${terminal.dataDir} knows it` : undefined
}
