import { isFolderInUse } from '@overt/data'
import type { Manifest, TrustedKey } from '@overt/schema'

import type { Terminal } from '../terminal/terminal.ts'
import { inFolder } from './folder.ts'
import { knownOperator, trustedKeys } from './operator.ts'

/** The keys that this folder's clients trust: its operator's and its council's; none where there is no folder. */
export async function folderKeys(terminal: Terminal): Promise<readonly TrustedKey[]> {
  const operators = trustedKeys(await knownOperator(terminal.dataDir))
  return isFolderInUse(terminal.dataDir) ? [...operators, ...(await inFolder(terminal, 'councilKeys', undefined))] : operators
}

/** Those that one manifest is held against: where it names no council, nothing but the operator's file is read. */
export async function keysFor(terminal: Terminal, { councilKeyId, signatures }: Manifest): Promise<readonly TrustedKey[]> {
  const byCouncil = councilKeyId !== null || signatures.some(({ by }) => by === 'council')
  return byCouncil ? folderKeys(terminal) : trustedKeys(await knownOperator(terminal.dataDir))
}
