import { openOperator, trustedKeys } from '../folder/operator.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt manifest keys`: the public keys that this folder's clients trust. */
export async function run(terminal: Terminal): Promise<void> {
  const keys = trustedKeys(await openOperator(terminal.dataDir))
  terminal.result(
    { keys },
    keys.map(({ keyId, by, publicKey }) => `${keyId}  ${by}  ${publicKey}`),
  )
}
