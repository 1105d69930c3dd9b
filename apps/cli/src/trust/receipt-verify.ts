import { isFolderInUse } from '@overt/data'
import { decide, verifyReceipt } from '@overt/privacy'
import { explainRefusal } from '@overt/privacy/tell'
import { Manifest, Receipt } from '@overt/schema'

import { textFlag, type Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import { keysFor } from '../folder/trusted.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `overt receipt verify FILE`: its signature, its dates and whether it was withdrawn here; with `--manifest` also whether it permits what it names. */
export async function run(terminal: Terminal, [file = '']: readonly string[], flags: Flags): Promise<void> {
  const receipt = await readJsonFile(file, Receipt, 'receipt')
  const signed = await verifyReceipt(receipt)
  if (!signed.ok) throw refused(file, explainRefusal(signed.reason))
  if (receipt.expiresAtEpochMs <= Date.now()) throw refused(file, `it ended on ${new Date(receipt.expiresAtEpochMs).toISOString()}.`)
  if (await isWithdrawn(terminal, receipt)) throw refused(file, `${receipt.person} has withdrawn it.`)
  const manifestFile = textFlag(flags, 'manifest')
  if (manifestFile === undefined) {
    const left = 'the signature is good and it has not ended; it was not checked against a manifest'
    terminal.result({ ok: true, purposes: receipt.purposes }, [`${file}: ${left}.`])
    return
  }
  const manifest = await readJsonFile(manifestFile, Manifest, 'manifest')
  const keys = await keysFor(terminal, manifest)
  for (const purpose of receipt.purposes) {
    const decision = await decide(receipt, manifest, purpose, Date.now(), { keys })
    if (!decision.ok) throw refused(file, `${purpose}: ${explainRefusal(decision.reason)}`)
  }
  terminal.result({ ok: true, purposes: receipt.purposes }, [`${file}: good, and live for ${receipt.purposes.join(', ')}.`])
}

/** Only the folder that keeps the receipt knows that it was withdrawn. */
async function isWithdrawn(terminal: Terminal, { person, id }: Receipt): Promise<boolean> {
  if (!isFolderInUse(terminal.dataDir)) return false
  const { receipts } = await inFolder(terminal, 'receipts', { person })
  return receipts.some(({ receipt, withdrawnAtEpochMs }) => receipt.id === id && withdrawnAtEpochMs !== null)
}

function refused(file: string, why: string): CliError {
  return new CliError('OVT-1719', exitCode.refused, `${file} permits nothing: ${why}`, 'Ask the person anew; a receipt can’t be mended.')
}
