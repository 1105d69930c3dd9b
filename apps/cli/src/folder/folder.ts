import { callControl, DataError, openStore, reemitFor, serveControl, socketPath, trustKey, type Store } from '@overt/data'
import { finishActs } from '@overt/data/govern'

import { CliError } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { folderCommands, type FolderCommands } from './folder-commands.ts'
import { openOperator, trustedKeys, type Operator } from './operator.ts'
import { requireFolder } from './required.ts'

/** A data folder that this process owns. */
export interface Folder {
  readonly store: Store
  readonly operator: Operator
  /** Tells whoever waits how far the work is. */
  readonly progress: (line: string) => void
  readonly signal: AbortSignal
}

/** Opens the folder for this process. The operator's key is trusted by the store, so that its manifests hold here. */
export async function openFolder(dataDir: string, progress: (line: string) => void, signal: AbortSignal): Promise<Folder> {
  // First: the operator's key is made in a new folder alone.
  const operator = await openOperator(dataDir)
  const store = await openStore(dataDir)
  for (const line of await finishActs(store, { reemit: reemitFor(store) })) progress(line)
  for (const key of trustedKeys(operator)) await trustKey(store, key)
  return { store, operator, progress, signal }
}

/** What a folder may begin with. Whatever else is asked of a place where no folder is was meant for another: an empty one would answer that nothing is wrong. */
const founding: ReadonlySet<keyof FolderCommands> = new Set(['enrol', 'grant', 'importMiniwob', 'record'])

/** Runs a command on the folder: here where no process owns it, else inside the server that does, as the folder's owner. */
export async function inFolder<K extends keyof FolderCommands>(
  terminal: Terminal,
  name: K,
  args: Parameters<FolderCommands[K]>[1],
): Promise<Awaited<ReturnType<FolderCommands[K]>>> {
  if (!founding.has(name)) requireFolder(terminal.dataDir)
  const folder = await openFolder(terminal.dataDir, terminal.progress, terminal.signal).catch((error: unknown) => {
    if (error instanceof DataError && error.kind === 'locked') return null
    throw error
  })
  if (folder === null) return remote(terminal, name, args)
  try {
    const run = folderCommands[name] as (folder: Folder, args: unknown) => ReturnType<FolderCommands[K]> // as: `args` are those of `name`
    return await run(folder, args)
  } finally {
    await folder.store.close()
  }
}

async function remote<K extends keyof FolderCommands>(
  terminal: Terminal,
  name: K,
  args: unknown,
): Promise<Awaited<ReturnType<FolderCommands[K]>>> {
  const answer = await callControl(
    socketPath(terminal.dataDir),
    { command: name, args },
    (line) => terminal.progress(String(line)),
    terminal.signal,
  )
  if (answer.ok) return answer.value as Awaited<ReturnType<FolderCommands[K]>> // as: the same command's result, through JSON
  throw new CliError(answer.code, answer.exitCode, answer.reason, answer.remedy)
}

/** Lets other commands of this folder's owner work beside this process. Returns its undo. */
export function serveFolder(folder: Folder): Promise<() => Promise<void>> {
  const served = Object.entries(folderCommands).map(([name, run]) => [
    name,
    (args: unknown, emit: (progress: unknown) => void, signal: AbortSignal) =>
      (run as (folder: Folder, args: unknown) => Promise<unknown>)({ ...folder, progress: emit, signal }, args), // as: sent by `remote` above
  ])
  return serveControl(socketPath(folder.store.dir), Object.fromEntries(served))
}
