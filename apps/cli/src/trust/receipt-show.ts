import { receiptJsonLd } from '@overt/privacy/tell'

import type { Flags } from '../command.ts'
import { inFolder } from '../folder/folder.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { requireFlag } from '../terminal/value.ts'

const day = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10)

/** `overt receipt show`: a person's receipts, newest first; with `--jsonld` as consent records of ISO/IEC TS 27560 in DPV's terms. */
export async function run(terminal: Terminal, _args: readonly string[], flags: Flags): Promise<void> {
  const { receipts } = await inFolder(terminal, 'receipts', { person: requireFlag(flags, 'person', 'whose receipts') })
  if (flags['jsonld'] === true) return terminal.document({ '@graph': receipts.map(({ receipt }) => receiptJsonLd(receipt, Date.now())) })
  const lines = receipts.map(({ receipt, withdrawnAtEpochMs }) => {
    const state =
      withdrawnAtEpochMs !== null
        ? `withdrawn ${day(withdrawnAtEpochMs)}`
        : receipt.expiresAtEpochMs < Date.now()
          ? 'expired'
          : receipt.status
    return `${receipt.id}  ${state}  ${day(receipt.decidedAtEpochMs)} to ${day(receipt.expiresAtEpochMs)}  ${receipt.purposes.join(',')}  ${receipt.modalities.join(',')}  ${receipt.manifestId}`
  })
  terminal.result({ receipts }, lines.length === 0 ? ['None.'] : lines)
}
