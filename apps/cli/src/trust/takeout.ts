import { resolve } from 'node:path'

import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag } from '../terminal/value.ts'

/** `overt takeout`: all that is a person's, readable, in one zip. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const person = requireFlag(flags, 'person', 'whose work')
  const out = resolve(requireFlag(flags, 'out', 'the zip to write'))
  const taken = await inFolder(terminal, 'takeout', { person, out })
  terminal.result({ out, ...taken }, [
    `${counted(taken.files, 'file')}, ${counted(taken.recordings, 'recording')} and ${counted(taken.episodes, 'episode')}, are in ${out}.`,
  ])
}
