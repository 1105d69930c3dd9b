import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { cpuUsOf, ownBytesOf, peakBytes } from './process-cost.ts'
import type { Sender } from './requests.ts'
import { stores } from './stores.ts'

/** What the benchmark asks a serving process, and what that answers. */
export type Ask =
  | { readonly kind: 'open'; readonly store: string; readonly origin: string; readonly devices: number }
  | { readonly kind: 'cost' }
  | { readonly kind: 'count' }
  | { readonly kind: 'close' }
export type Told =
  | { readonly kind: 'opened'; readonly port: number; readonly senders: readonly Sender[] }
  | { readonly kind: 'cost'; readonly cpuUs: number; readonly rssBytes: number }
  | { readonly kind: 'count'; readonly stored: number }
  | { readonly kind: 'failed'; readonly why: string }

/** A process of its own, so that its processor time and memory are those of serving alone. */
function serve(): void {
  const dir = mkdtempSync(join(tmpdir(), 'overt-bench-'))
  let opened: Promise<Awaited<ReturnType<(typeof stores)[number]['open']>>> | undefined
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
  const tell = (told: Told): void => void process.send?.(told)
  const answer = async (ask: Ask): Promise<void> => {
    if (ask.kind === 'open') {
      opened = stores.find(({ name }) => name === ask.store)?.open(dir, ask)
      if (opened === undefined) throw new RangeError(`no store is called ${ask.store}`)
      const { port, senders } = await opened
      return tell({ kind: 'opened', port, senders })
    }
    // A store that never opened has said so already: it must not keep the process from ending.
    if (ask.kind === 'close') return void (await opened?.then((served) => served.close()).finally(() => process.exit(0)))
    const served = await opened
    // Asked for by itself: reading what is stored back is no part of taking it in.
    if (ask.kind === 'count') return tell({ kind: 'count', stored: (await served?.stored()) ?? 0 })
    const pids = served?.pids() ?? []
    const { user, system } = process.cpuUsage()
    const cpuUs = pids.reduce((sum, pid) => sum + cpuUsOf(pid), user + system)
    const rssBytes = pids.reduce((sum, pid) => sum + ownBytesOf(pid), peakBytes())
    tell({ kind: 'cost', cpuUs, rssBytes })
  }
  process.on('message', (ask: Ask) => void answer(ask).catch((error: unknown) => tell({ kind: 'failed', why: String(error) })))
  process.on('disconnect', () => process.exit(1))
}

if (import.meta.main) serve()
