import { readdirSync, readFileSync } from 'node:fs'

/** Jiffies of /proc: a hundredth of a second on every Linux that runs here. */
const jiffyUs = 10_000

/** Processes that a process started, and those that they started. None where there is no /proc. */
export function descendantsOf(pid: number): readonly number[] {
  const parents = new Map(allPids().map((one) => [one, statOf(one)?.parent]))
  const found: number[] = []
  for (let at = -1; at < found.length; at += 1) {
    const of = at === -1 ? pid : found[at]
    for (const [one, parent] of parents) if (parent === of) found.push(one)
  }
  return found
}

/** Processor time so far, user and system, in microseconds; of a process that has ended 0. */
export function cpuUsOf(pid: number): number {
  return (statOf(pid)?.jiffies ?? 0) * jiffyUs
}

/** Resident bytes that are a process's own: pages that it shares with others would be counted once for each of them. */
export function ownBytesOf(pid: number): number {
  const status = readOrNone(`/proc/${pid}/status`)
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024
}

/** Most bytes that this process ever had resident. Where there is no /proc it is what `getrusage` says, which on Linux counts what the parent held when it forked. */
export function peakBytes(): number {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readOrNone('/proc/self/status'))?.[1]
  return (peak === undefined ? process.resourceUsage().maxRSS : Number(peak)) * 1_024
}

function allPids(): readonly number[] {
  return process.platform === 'linux' ? readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : [])) : []
}

function statOf(pid: number): { readonly parent: number; readonly jiffies: number } | undefined {
  const stat = readOrNone(`/proc/${pid}/stat`)
  // The name before the last bracket may hold anything; fields 4, 14 and 15 of proc(5) follow.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.length < 14 ? undefined : { parent: Number(fields[1]), jiffies: Number(fields[11]) + Number(fields[12]) }
}

function readOrNone(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // It ended meanwhile.
  }
}
