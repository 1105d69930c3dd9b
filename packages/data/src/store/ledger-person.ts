import { commitmentText, type Committed } from '@overt/privacy/ledger'

import { sha256Hex } from './cipher.ts'
import type { Database } from './database.ts'
import { selectDeviceNamed } from './device.ts'
import type { RecordRow } from './key-rows.ts'
import type { Ledger } from './ledger.ts'

/** What an entry about a person commits to: that person's own client can tell, and nobody else. */
export function commitment(ledger: Ledger, person: string, committed: Committed): string {
  return commitmentUnder(ledger.whoIs(person), committed)
}

function commitmentUnder(who: string, committed: Committed): string {
  return sha256Hex(commitmentText(who, committed))
}

/** The receipt for one stored record: the person's client holds what it sent against these. Whatever name the device gave itself, its entry is that of the device, as its enrolment and its end are. */
export function enterSegment(
  { control, ledger }: { readonly control: Database; readonly ledger: Ledger },
  row: RecordRow,
): Promise<number> {
  const { person, device, id, contentSha256, receipt, atEpochMs, events } = row
  const who = ledger.whoIs(person)
  const record = commitmentUnder(who, ['segment', device, id, contentSha256, receipt])
  const sender = selectDeviceNamed(control, device)?.id ?? device
  return ledger.appendAs('segment', { record, device: commitmentUnder(who, ['device', sender]), atEpochMs, events }, who)
}
