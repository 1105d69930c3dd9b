import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs `work` while no other process holds `path`: a link that names its owner, as the launcher's own lock. Waits for at most `patienceMs`. */
export async function withLock<T>(path: string, work: () => Promise<T>, patienceMs = 15 * 60_000): Promise<T> {
  mkdirSync(dirname(path), { recursive: true })
  const untilEpochMs = Date.now() + patienceMs
  while (!taken(path)) {
    if (Date.now() > untilEpochMs)
      throw new Error(`${path} is held by process ${ownerOf(path)} for too long; remove it if that process is gone`)
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function taken(path: string): boolean {
  try {
    symlinkSync(String(process.pid), path)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const owner = ownerOf(path)
    if (owner !== undefined && !alive(owner) && ownerOf(path) === owner) rmSync(path, { force: true })
    return false
  }
}

function ownerOf(path: string): number | undefined {
  try {
    return Number(readlinkSync(path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function alive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
