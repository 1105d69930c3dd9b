import { readLogFolder } from '@overt/data/ledger'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { CliError, exitCode } from '../terminal/failure.ts'

/** Bytes at a path of a log; null where there are none. */
export type LogSource = (path: string) => Promise<Uint8Array | null>

/** A log that doesn't answer by then is not there. */
const answerMs = 20_000
/** A full bundle of the longest entries. */
const longestBytes = 32 * 1024 * 1024

/** Opens a log: a server's address, a data folder, or a folder with a copy of what a server serves (`checkpoint`, `tile/...`). */
export async function openLogSource(place: string): Promise<LogSource> {
  if (/^https?:\/\//.test(place)) return (path) => fetchPart(place, path)
  const dir = resolve(place)
  if (existsSync(join(dir, 'ledger', 'checkpoint'))) return readLogFolder(dir)
  if (existsSync(join(dir, 'checkpoint'))) return (path) => readFile(join(dir, path)).catch(() => null)
  throw new CliError(
    'OVT-1730',
    exitCode.notFound,
    `There is no log at ${place}.`,
    'Name the address of a server, a data folder, or a folder with `checkpoint` and `tile/`.',
  )
}

async function fetchPart(base: string, path: string): Promise<Uint8Array | null> {
  const url = `${base.replace(/\/$/, '')}/${path}`
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(answerMs) })
    if (!answer.ok || Number(answer.headers.get('content-length') ?? 0) > longestBytes) return null
    return new Uint8Array(await answer.arrayBuffer())
  } catch {
    // Not there, or not in time: the same to who asks.
    return null
  }
}
