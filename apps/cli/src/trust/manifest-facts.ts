import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { exitCode } from '../terminal/failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { lengthMs, requireFlag } from '../terminal/value.ts'

/** `overt manifest facts`: exit 1 where what was captured is not what the manifests say. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const from = textFlag(flags, 'from')
  const fromEpochMs = from === undefined ? Date.now() - lengthMs(requireFlag(flags, 'last', 'how far back to look')) : Date.parse(from)
  const until = textFlag(flags, 'until')
  const period = { fromEpochMs, untilEpochMs: until === undefined ? null : Date.parse(until) }
  const { batches, closed, differences } = await inFolder(terminal, 'facts', period)
  const ok = differences.length === 0
  terminal.result({ ok, batches, closed, differences }, [
    `${batches} batches compared with what was agreed to; ${closed} more belong to agreements that have ended, and can't be opened.`,
    ...differences.map(({ manifest, what, batches: count }) => `${manifest}: ${what} (${count} times).`),
    ok ? 'All of it is as the manifests say.' : 'This is not what people agreed to (OVT-1731): stop what records it, and erase it.',
  ])
  if (!ok) process.exitCode = exitCode.failed
}
