import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The command line, as `./overt` runs it. */
export const cli: string = join(import.meta.dirname, '../apps/cli/src/main.ts')

/** A command under way; what it says on stderr is shown. */
export function overt(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.pipe(process.stderr)
  return child
}

/** Resolves to the first match in what a command prints; rejects with all of it where it ends before. */
export function hear(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = pattern.exec(said)?.[0]
      if (found !== undefined) resolve(found)
    })
    child.once('close', () => reject(new Error(`it ended and said: ${said}`)))
  })
}

/** A real server on a data folder. */
export interface Server {
  readonly url: string
  readonly child: ChildProcess
  /** As a person stops it; resolves when it has ended. */
  stop(): Promise<void>
}

/** Starts `overt up`; `port`: any free one where none is given. `heard` gets what it prints on stdout and stderr; `more`: further options. */
export async function startServer(data: string, port = '0', heard?: (text: string) => void, more: readonly string[] = []): Promise<Server> {
  const child = overt('up', '--port', port, '--data', data, ...more)
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => heard?.(chunk.toString()))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await hear(child, /http:\/\/127\.0\.0\.1:\d+/)
  const stop = (): Promise<void> => {
    child.kill('SIGTERM')
    return gone
  }
  return { url, child, stop }
}
