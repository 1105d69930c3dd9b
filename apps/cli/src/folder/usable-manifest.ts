import { checkManifest } from '@overt/privacy'
import { explainRefusal } from '@overt/privacy/tell'
import { Manifest, type TrustedKey } from '@overt/schema'

import { CliError, exitCode } from '../terminal/failure.ts'
import { readJsonFile } from '../terminal/json-file.ts'

const dayMs = 86_400_000

/** What mends a manifest, by why it is refused. */
const remedies: Readonly<Record<string, string>> = {
  unsigned: 'Sign it with `overt manifest sign`.',
  'untrusted-key':
    'Name the data folder of who signed it with --data DIR; a council’s key is trusted with `overt manifest keys --council FILE`. To make it this folder’s own, empty its signatures and sign it here with `overt manifest sign`.',
  'bad-signature': 'Take the change back, or sign it anew with `overt manifest sign`; a council has to sign again too.',
  'council-signature': 'Have the council sign what you signed: `overt manifest sign FILE --key KEYFILE`.',
  'manifest-expired': 'Give it a later expiresAtEpochMs, and sign it anew with `overt manifest sign`.',
  assessment: 'Name an assessment that has not expired and is no stub, and sign it anew with `overt manifest sign`.',
  scope:
    'Name origins on loopback alone, such as http://127.0.0.1:8080, or give it the scope "organisation" and a real assessment. Then sign it anew with `overt manifest sign`.',
}

/** Reads a manifest that clients with its keys would accept now; throws what they would say otherwise. */
export async function readUsableManifest(
  file: string,
  keysOf: (manifest: Manifest) => readonly TrustedKey[] | Promise<readonly TrustedKey[]>,
  nowEpochMs: number,
): Promise<Manifest> {
  const manifest = await readJsonFile(file, Manifest, 'manifest')
  const checked = await checkManifest(manifest, await keysOf(manifest), nowEpochMs)
  if (checked.ok) return checked.value
  const { reason } = checked
  throw new CliError(
    'OVT-1710',
    exitCode.refused,
    `${file} would be refused (${reason}): ${explainRefusal(reason)}`,
    reason === 'notice-period' ? waitFor(manifest) : (remedies[reason] ?? 'Correct it, and sign it anew with `overt manifest sign`.'),
  )
}

function waitFor({ issuedAtEpochMs, noticeDays }: Manifest): string {
  const begins = new Date(issuedAtEpochMs + noticeDays * dayMs)
  return `It holds ${noticeDays} days after it was issued: wait until ${begins.toISOString()}.`
}
