import { checkDataset } from '@overt/data'
import { stat } from 'node:fs/promises'

import type { Terminal } from '../terminal/terminal.ts'
import { tell } from './report.ts'

/** `overt dataset check DIR`: exit 1 where anything of the release does not hold, 5 where there is no such folder. */
export async function run(terminal: Terminal, [dir = '']: readonly string[]): Promise<void> {
  await stat(dir)
  tell(terminal, await checkDataset(dir))
}
