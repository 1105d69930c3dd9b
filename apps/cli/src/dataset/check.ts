import { checkDataset } from '@overt/data'

import type { Terminal } from '../terminal/terminal.ts'
import { tell } from './report.ts'

/** `overt dataset check DIR`: exit 1 where anything of the release does not hold. */
export async function run(terminal: Terminal, [dir = '']: readonly string[]): Promise<void> {
  tell(terminal, await checkDataset(dir))
}
