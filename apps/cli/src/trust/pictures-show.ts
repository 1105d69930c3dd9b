import { writeFile } from 'node:fs/promises'

import type { Flags } from '../command.ts'
import { judgingOf } from './pictures-judging.ts'
import { inFolder } from '../folder/folder.ts'
import { requireNewFile } from '../folder/new-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag } from '../terminal/value.ts'

/** `overt pictures show`: one held picture, into a file that nobody else may read. Its person sees that it was looked at. */
export async function run(terminal: Terminal, args: readonly string[], flags: Flags): Promise<void> {
  const out = pathFlag(flags, 'out', 'the picture is written to a file, for your eyes alone')
  requireNewFile(out, 'a picture')
  const { image } = await inFolder(terminal, 'lookAtPicture', judgingOf(args, flags))
  await writeFile(out, Buffer.from(image, 'base64'), { mode: 0o600, flag: 'wx' })
  terminal.result({ out }, [`Written to ${out}. Delete it when you have seen enough.`])
}
