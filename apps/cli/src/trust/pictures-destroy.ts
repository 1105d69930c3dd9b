import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { judge } from './pictures-judging.ts'

/** `overt pictures destroy`: a held picture that should not be there; what was recorded with it stays. */
export function run(terminal: Terminal, args: readonly string[], flags: Flags): Promise<void> {
  return judge(terminal, args, flags, true)
}
