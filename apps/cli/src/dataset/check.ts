import { checkDataset, isFolderInUse } from '@overt/data'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'

import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { tell } from './report.ts'

/** `overt dataset check DIR`: exit 1 where anything of the release does not hold, by the data folder's word too where there is one; 5 where there is no such folder. */
export async function run(terminal: Terminal, [dir = '']: readonly string[]): Promise<void> {
  await stat(dir)
  const { dataDir } = terminal
  const nowhere = { ok: false, kind: 'unknown', why: `there is no data folder at ${resolve(dataDir)}: name it with --data DIR` } as const
  tell(terminal, await checkDataset(dir, async (hash) => (isFolderInUse(dataDir) ? inFolder(terminal, 'mayTrain', { hash }) : nowhere)))
}
