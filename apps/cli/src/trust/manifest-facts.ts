import { type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import { exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { dateFlag, lengthMs, requireFlag } from '../terminal/value.ts'

/** `overt manifest facts`: exit 1 where what was captured is not what the manifests say. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const fromEpochMs = dateFlag(flags, 'from') ?? Date.now() - lengthMs(requireFlag(flags, 'last', 'how far back to look'))
  const period = { fromEpochMs, untilEpochMs: dateFlag(flags, 'until') ?? null }
  const { batches, closed, differences } = await inFolder(terminal, 'facts', period)
  const ok = differences.length === 0
  terminal.result({ ok, batches, closed, differences }, [
    `${counted(batches, 'batch', 'batches')} compared with what was agreed to; ${closed} more belong to agreements that have ended, and can't be opened.`,
    ...differences.map(({ manifest, what, batches: count }) => `${manifest}: ${what} (${counted(count, 'time')}).`),
    verdict(ok, batches),
  ])
  if (!ok) process.exitCode = exitCode.failed
}

function verdict(ok: boolean, batches: number): string {
  if (!ok) return 'This is not what people agreed to (OVT-1731): stop what records it, and erase it.'
  return batches === 0 ? 'Nothing was captured in this time that can be compared.' : 'All of it is as the manifests say.'
}
