import { callControl, DataError, openStore, reemitFor, serveControl, socketPath, trustKey, upkeep, type Store } from '@overt/data'
import { finishActs } from '@overt/data/govern'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { CliError, failureOf } from '../terminal/failure.ts'
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
  /** The address of the server that this process runs on it, where it runs one. */
  readonly endpoint?: string
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

/** Removes what a restore into this place left that was killed, and says so. One that lives goes on, and what no restore made stays. */
export async function clearLeft({ dataDir, say }: Terminal): Promise<void> {
  const left = await unless('invalid', unless('locked', upkeep.clearDraft(resolve(dataDir))))
  if (typeof left === 'string') say(leftBehind(left))
}

/** In words, what a restore that was killed left there. */
export function leftBehind(path: string): string {
  return `${path} was left by a restore that was cut off; it is removed, its keys overwritten first.`
}

/** What a folder may begin with. Whatever else is asked of a place where no folder is was meant for another: an empty one would answer that nothing is wrong. */
const founding: ReadonlySet<keyof FolderCommands> = new Set(['enrol', 'grant', 'importMiniwob', 'record', 'trustCouncil'])

/** What may hold a folder for long. Others work beside it through the folder's socket; what is done in a moment is waited for. */
const lasting: ReadonlySet<keyof FolderCommands> = new Set([
  'backup',
  'build',
  'compact',
  'copy',
  'erase',
  'facts',
  'importMiniwob',
  'pictures',
  'record',
  'retention',
  'takeout',
])

const wordAfterMs = 1_000
const patienceMs = 10_000
const lookEveryMs = 100

/** Runs a command on the folder: here where no process owns it, else inside the one that does, as the folder's owner. One that takes no commands is waited for. */
export async function inFolder<K extends keyof FolderCommands>(
  terminal: Terminal,
  name: K,
  args: Parameters<FolderCommands[K]>[1],
): Promise<Awaited<ReturnType<FolderCommands[K]>>> {
  await clearLeft(terminal)
  if (!founding.has(name)) requireFolder(terminal.dataDir)
  return inTurn(
    terminal,
    (folder) => here(terminal, folder, name, args),
    () => remote(terminal, name, args),
  )
}

/** Takes the folder for this process, once what holds it for a moment has ended. Throws where it is held by one that takes commands: that one goes on. */
export function takeFolder(terminal: Terminal): Promise<Folder> {
  return inTurn(
    terminal,
    async (folder) => folder,
    async (locked) => {
      await remote(terminal, 'stopState', undefined)
      throw locked
    },
  )
}

/** Opens the folder, or asks the process that owns it; where there is neither, looks again. */
async function inTurn<T>(terminal: Terminal, own: (folder: Folder) => Promise<T>, ask: (locked: DataError) => Promise<T>): Promise<T> {
  const began = performance.now()
  for (let told = false; ; await sleep(lookEveryMs, undefined, { signal: terminal.signal })) {
    const folder = await unless('locked', openFolder(terminal.dataDir, terminal.progress, terminal.signal))
    if (!(folder instanceof DataError)) return own(folder)
    const answer = await unless('unreachable', ask(folder))
    if (!(answer instanceof DataError)) return answer
    const waitedMs = performance.now() - began
    if (waitedMs > patienceMs)
      throw new DataError('unreachable', `${folder.message} It took no command in ${Math.round(waitedMs / 1000)} s.`, answer)
    if (told || waitedMs < wordAfterMs) continue
    told = true
    terminal.say(`${folder.message} Waiting for it.`)
  }
}

/** An error of this kind is a value here; any other is thrown. */
async function unless<T>(kind: DataError['kind'], tried: Promise<T>): Promise<T | DataError> {
  return tried.catch((error: unknown) => {
    if (error instanceof DataError && error.kind === kind) return error
    throw error
  })
}

async function here<K extends keyof FolderCommands>(
  terminal: Terminal,
  folder: Folder,
  name: K,
  args: unknown,
): Promise<Awaited<ReturnType<FolderCommands[K]>>> {
  let stopServing: Awaited<ReturnType<typeof serveFolder>> | undefined
  try {
    if (lasting.has(name)) stopServing = await serveFolder(folder)
    const run = folderCommands[name] as (folder: Folder, args: unknown) => ReturnType<FolderCommands[K]> // as: `args` are those of `name`
    return await run(folder, args)
  } finally {
    // Who began something beside this command ends it first, but where this one is interrupted.
    await stopServing?.(terminal.signal)
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

/** A failure goes through the socket in the words that it would have here. */
function told(error: unknown): never {
  const { code, exitCode: exit, message, remedy } = failureOf(error)
  throw new CliError(code, exit, message, remedy, error)
}

/** Lets other commands of this folder's owner work beside this process. Returns its undo. */
export function serveFolder(folder: Folder): ReturnType<typeof serveControl> {
  const served = Object.entries(folderCommands).map(([name, run]) => [
    name,
    (args: unknown, emit: (progress: unknown) => void, signal: AbortSignal) =>
      (run as (folder: Folder, args: unknown) => Promise<unknown>)({ ...folder, progress: emit, signal }, args).catch(told), // as: sent by `remote` above
  ])
  return serveControl(socketPath(folder.store.dir), Object.fromEntries(served))
}
