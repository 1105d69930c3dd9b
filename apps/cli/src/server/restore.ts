import { upkeep } from '@overt/data'
import { resolve } from 'node:path'

import { textFlag, type Flags } from '../command.ts'
import { leftBehind } from '../folder/folder.ts'
import { counted } from '../terminal/counted.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pathFlag } from '../terminal/value.ts'

/** `overt restore`: a backup into a new folder; what was erased or withdrawn since stays so. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const erasedIn = textFlag(flags, 'erasedIn')
  const report = await upkeep.restore({
    data: pathFlag(flags, 'from', 'the folder with what was recorded'),
    keys: pathFlag(flags, 'keys', 'the folder with the keys'),
    dir: resolve(terminal.dataDir),
    ...(erasedIn === undefined ? {} : { erasedIn: resolve(erasedIn) }),
  })
  const date = (epochMs: number): string => new Date(epochMs).toISOString()
  if (report.cleared !== null) terminal.say(leftBehind(report.cleared))
  terminal.result(report, [
    `Restored: ${counted(report.records, 'record')} as of ${date(report.dataAtEpochMs)}, keys as of ${date(report.keysAtEpochMs)}, in ${report.dir}.`,
    `Erased again: the keys of ${counted(report.erased.persons, 'person', 'people')} and ${counted(report.erased.records, 'record')}.`,
    `Leave the keys in ${report.keys}, so that erasures reach them; one that does not says so.`,
  ])
}
