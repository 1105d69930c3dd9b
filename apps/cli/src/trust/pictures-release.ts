import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { judge } from './pictures-judging.ts'

/** `overt pictures release`: lets a picture out of quarantine that a check held back for nothing. */
export function run(terminal: Terminal, args: readonly string[], flags: Flags): Promise<void> {
  return judge(terminal, args, flags, false)
}
