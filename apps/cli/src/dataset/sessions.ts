import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readingFlags } from './reading.ts'

/** `overt sessions list`. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const { sessions } = await inFolder(terminal, 'sessions', readingFlags(flags))
  const lines = sessions.map(
    (one) =>
      `${one.session}  ${new Date(one.firstAtEpochMs).toISOString().slice(0, 16)}  ${one.mode}  ${one.origin}  ${counted(one.events, 'event')}, ${counted(one.tasks, 'task')}`,
  )
  terminal.result({ sessions }, lines.length === 0 ? ['None.'] : lines)
}
