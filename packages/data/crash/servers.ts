import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

import type { Plant } from './row.ts'

const program = join(import.meta.dirname, '../fixtures/crash-server.ts')

/** A server in a process of its own. */
export interface Server {
  readonly url: string
  /** Ends it without a word, as the power switch does; resolves once it is gone. */
  kill(): Promise<void>
}

/** What became of a start: it listens, or it ended and said why. */
export type Started = { readonly ok: true; readonly server: Server } | { readonly ok: false; readonly said: string }

/** Starts a server on a folder. `limitKb`: no file of its may grow beyond that, by the system's own limit. */
export async function startServer(dir: string, plant: Plant = {}, limitKb?: number): Promise<Started> {
  const args = [program, dir, plant.server ?? '']
  const limited = ['-c', `ulimit -f ${(limitKb ?? 0) * 2}; exec "$@"`, 'sh', process.execPath, ...args]
  const child = limitKb === undefined ? spawn(process.execPath, args, { stdio: 'pipe' }) : spawn('sh', limited, { stdio: 'pipe' })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const said = await firstWords(child)
  const port = /"port":(\d+)/.exec(said)?.[1]
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
  }
  if (port !== undefined) return { ok: true, server: { url: `http://127.0.0.1:${port}/`, kill } }
  await kill()
  return { ok: false, said }
}

/** Its first line on stdout; all it said where it ended before. */
function firstWords(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let [out, all] = ['', '']
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (out.includes('\n')) resolve(out)
    })
    child.stderr?.on('data', (chunk: Buffer) => (all += chunk.toString()))
    child.once('error', reject).once('close', () => resolve(all))
  })
}
