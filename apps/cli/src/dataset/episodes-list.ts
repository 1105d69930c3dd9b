import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readingFlags } from './reading.ts'

/** `overt episodes list`. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const { episodes } = await inFolder(terminal, 'episodes', readingFlags(flags))
  terminal.result(
    { episodes },
    episodes.length === 0
      ? ['None.']
      : episodes.map((one) => `${one.id}  ${one.outcome}  ${counted(one.steps, 'step')}  ${one.template}  ${one.goal}`),
  )
}
