import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { type Socket, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import { DataError } from './error.ts'

/** Longest path that every platform takes for a socket. */
const maxPathBytes = 100

/** A command that runs inside the process that owns the folder. `emit` sends progress; `signal` aborts when the caller is gone. */
export type ControlCommand = (args: unknown, emit: (progress: unknown) => void, signal: AbortSignal) => Promise<unknown>

/** What is asked through the socket. */
export interface ControlRequest {
  readonly command: string
  readonly args?: unknown
}

/** Where a folder's socket lies: in the folder, or, where that path is too long for one, in a folder of the owner's own under the temporary one. */
export function socketPath(dir: string): string {
  const inside = join(resolve(dir), 'control.sock')
  if (Buffer.byteLength(inside) <= maxPathBytes) return inside
  const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 16)
  return join(tmpdir(), `overt-${process.getuid?.() ?? 'owner'}-${name}`, 'control.sock')
}

/** Ends the serving: hangs up on whoever still waits, or, where `patience` is given, lets what has begun go on until that aborts. */
type StopServing = (patience?: AbortSignal) => Promise<void>

/** Serves commands on the folder's socket, to its owner only. Returns its undo. One JSON line asks; one `{ taken }`, lines `{ progress }`, then one `{ ok }`, answer. */
export async function serveControl(path: string, commands: Readonly<Record<string, ControlCommand>>): Promise<StopServing> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  chmodSync(dirname(path), 0o700)
  rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    void answer(socket, commands)
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(path, listening)
  })
  chmodSync(path, 0o600)
  return async (patience) => {
    const closed = new Promise((done) => server.close(done))
    const hangUp = (): void => {
      for (const socket of sockets) socket.destroy()
    }
    patience?.addEventListener('abort', hangUp, { once: true })
    if (patience?.aborted !== false) hangUp()
    await closed
    rmSync(path, { force: true })
  }
}

async function answer(socket: Socket, commands: Readonly<Record<string, ControlCommand>>): Promise<void> {
  const gone = new AbortController()
  socket.on('error', (cause) => gone.abort(cause)).on('close', () => gone.abort())
  const write = (line: object): void => {
    if (!gone.signal.aborted) socket.write(`${JSON.stringify(line)}\n`)
  }
  for await (const line of createInterface({ input: socket })) {
    write(await run(line, commands, write, gone.signal))
    break
  }
  socket.end()
}

async function run(
  line: string,
  commands: Readonly<Record<string, ControlCommand>>,
  write: (line: object) => void,
  signal: AbortSignal,
): Promise<object> {
  try {
    const { command, args } = JSON.parse(line) as ControlRequest // as: the owner's own client; an unknown command is refused below
    const wanted = Object.hasOwn(commands, command) ? commands[command] : undefined
    if (wanted === undefined) throw new DataError('command', `The running server has no command ${JSON.stringify(command)}.`)
    write({ taken: true })
    return { ok: true, value: (await wanted(args, (progress) => write({ progress }), signal)) ?? null }
  } catch (cause) {
    return failure(cause)
  }
}

/** What failed inside the server, as its own error told it. */
export interface ControlFailure {
  readonly ok: false
  readonly code: string
  readonly reason: string
  readonly remedy: string
  readonly exitCode: number
}

/** An answer of the process that owns the folder. */
export type ControlAnswer = { readonly ok: true; readonly value: unknown } | ControlFailure

/** Errors of any package carry `code`, `remedy` and `exitCode`; what carries none of them is a fault of ours. */
function failure(cause: unknown): ControlFailure {
  if (!(cause instanceof Error)) return { ok: false, code: 'OVT-1300', reason: String(cause), remedy: 'Please report it.', exitCode: 1 }
  const { code, remedy, exitCode } = cause as { code?: unknown; remedy?: unknown; exitCode?: unknown } // as: each is looked at before it is used
  return {
    ok: false,
    code: typeof code === 'string' ? code : 'OVT-1300',
    reason: cause.message,
    remedy: typeof remedy === 'string' ? remedy : 'Please report it.',
    exitCode: typeof exitCode === 'number' ? exitCode : 1,
  }
}

/**
 * Runs a command inside the process that owns the folder; where `signal` aborts, that process hears that the caller is gone.
 * Throws `DataError`: `unreachable` where none took it, so that nothing was done; `hungUp` where one did and is gone.
 */
export async function callControl(
  path: string,
  request: ControlRequest,
  onProgress?: (progress: unknown) => void,
  signal?: AbortSignal,
): Promise<ControlAnswer> {
  const socket = connect({ path, ...(signal === undefined ? {} : { signal }) })
  await new Promise<void>((connected, failed) => {
    socket.once('connect', connected).once('error', (cause) => failed(unreachable(path, cause)))
  })
  socket.write(`${JSON.stringify(request)}\n`)
  let taken = false
  try {
    for await (const line of createInterface({ input: socket })) {
      const answered = JSON.parse(line) as ControlAnswer | { readonly taken: true } | { readonly progress: unknown } // as: written by `run` above
      if ('ok' in answered) return answered
      if ('taken' in answered) taken = true
      else onProgress?.(answered.progress)
    }
  } catch (cause) {
    // As a connection ends whose other end has died; anything else is no hanging up.
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
  }
  if (!taken) throw unreachable(path, new Error('it hung up before it took the command'))
  throw new DataError('hungUp', `The process that owns the data folder took ${request.command} on ${path} and hung up before it answered.`)
}

function unreachable(path: string, cause: Error): DataError {
  return new DataError('unreachable', `The process that owns the data folder does not answer on ${path} (${cause.message}).`, cause)
}
