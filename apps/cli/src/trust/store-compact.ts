import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt store compact`: what is dead leaves the disk. */
export async function run(terminal: Terminal): Promise<void> {
  const report = await inFolder(terminal, 'compact', undefined)
  const { segments, rewritten, removed, freedBytes } = report
  terminal.result(report, [
    `${rewritten} of ${segments} files written anew: ${removed} records that nobody can read are gone, ${freedBytes} bytes freed.`,
  ])
}
