import { isFolderInUse } from '@overt/data'
import type { TrustedKey } from '@overt/schema'

import type { Terminal } from '../terminal/terminal.ts'
import { inFolder } from './folder.ts'
import { knownOperator, trustedKeys } from './operator.ts'

/** The keys that this folder's clients trust: its operator's and its council's; none where there is no folder. */
export async function folderKeys(terminal: Terminal): Promise<readonly TrustedKey[]> {
  const operators = trustedKeys(await knownOperator(terminal.dataDir))
  return isFolderInUse(terminal.dataDir) ? [...operators, ...(await inFolder(terminal, 'councilKeys', undefined))] : operators
}
