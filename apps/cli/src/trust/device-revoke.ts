import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt device revoke`: ends one device for good. */
export async function run(terminal: Terminal, [device = '']: readonly string[], _flags: Flags): Promise<void> {
  const ended = await inFolder(terminal, 'revoke', { device })
  terminal.result(ended, [
    ended.revoked ? `${device} has ended: nothing more is taken from it. What it sent is kept.` : `${device} had ended before.`,
    ...ended.left.map((what) => `Not reached: ${what}`),
  ])
}
