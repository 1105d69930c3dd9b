import { decide, verifyReceipt } from '@overt/privacy'
import { Manifest, Receipt } from '@overt/schema'

import { textFlag, type Flags } from '../command.ts'
import { openOperator, trustedKeys } from '../folder/operator.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt receipt verify FILE`: the signature alone, or with `--manifest` whether it still permits anything. */
export async function run(terminal: Terminal, [file = '']: readonly string[], flags: Flags): Promise<void> {
  const receipt = await readJsonFile(file, Receipt, 'receipt')
  const manifestFile = textFlag(flags, 'manifest')
  if (manifestFile === undefined) {
    const signed = await verifyReceipt(receipt)
    if (!signed.ok) throw refused(file, signed.explain)
    terminal.result({ ok: true, purposes: receipt.purposes }, [`${file}: the signature is good; it was not checked against a manifest.`])
    return
  }
  const manifest = await readJsonFile(manifestFile, Manifest, 'manifest')
  const keys = trustedKeys(await openOperator(terminal.dataDir))
  for (const purpose of receipt.purposes) {
    const decision = await decide(receipt, manifest, purpose, Date.now(), { keys })
    if (!decision.ok) throw refused(file, `${purpose}: ${decision.explain}`)
  }
  terminal.result({ ok: true, purposes: receipt.purposes }, [`${file}: good, and live for ${receipt.purposes.join(', ')}.`])
}

function refused(file: string, why: string): CliError {
  return new CliError('OVT-1719', exitCode.refused, `${file} permits nothing: ${why}`, 'Ask the person anew; a receipt can’t be mended.')
}
