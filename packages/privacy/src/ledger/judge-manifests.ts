import type { LedgerEntry, Manifest } from '@overt/schema'

import { diffManifests } from '../tell/diff.ts'
import { hashManifest } from '../consent/manifest.ts'
import { finding, patienceMs, type Finding } from './finding.ts'
import type { Own } from './own.ts'

/** Holds the manifests that this person was asked about, and is asked about now, against those that the ledger tells everybody. */
export async function judgeManifests(
  open: readonly LedgerEntry[],
  own: Pick<Own, 'manifests'>,
  offered: Manifest | null,
  nowEpochMs: number,
): Promise<readonly Finding[]> {
  const entered = open.filter(({ kind }) => kind === 'manifest')
  const asked = await Promise.all(
    [...own.manifests, ...(offered === null ? [] : [offered])].map(async (one) => ({ one, sha256: await hashManifest(one) })),
  )
  const findings = asked.flatMap(({ one, sha256 }) => faultOf(one, sha256, entered))
  const last = own.manifests.at(-1)
  return [...findings, ...(offered === null ? [] : [...outdated(offered, entered, nowEpochMs), ...quietly(last, offered)])]
}

function faultOf({ id, version, scope }: Manifest, sha256: string, entered: readonly LedgerEntry[]): readonly Finding[] {
  const own = entered.find(({ body }) => body['sha256'] === sha256)
  if (own === undefined)
    return [finding('other-manifest', `manifest ${id} version ${version} is not in the ledger: nobody else was asked about it`)]
  // On one machine, a trial signs its sample anew whenever it starts.
  if (scope === 'local') return []
  const twin = entered.find(({ body }) => body['id'] === id && body['version'] === version && body['sha256'] !== sha256)
  return twin === undefined ? [] : [finding('other-manifest', `there are two manifests ${id} of version ${version}`, twin.index)]
}

/** Everybody is asked about the newest one. */
function outdated({ id, version, scope }: Manifest, entered: readonly LedgerEntry[], nowEpochMs: number): readonly Finding[] {
  const newer = entered.find(
    ({ body, atEpochMs }) => body['id'] === id && Number(body['version']) > version && atEpochMs < nowEpochMs - patienceMs,
  )
  if (newer === undefined || scope === 'local') return []
  return [
    finding(
      'other-manifest',
      `others are asked about version ${String(newer.body['version'])} of ${id}, this person about ${version}`,
      newer.index,
    ),
  ]
}

/** A widening is a new version, and rules never get weaker. */
function quietly(before: Manifest | undefined, offered: Manifest): readonly Finding[] {
  if (before?.id !== offered.id) return []
  const wider = diffManifests(before, offered).filter((line) => line.startsWith('Wider'))
  return [
    ...(offered.redaction < before.redaction
      ? [finding('weak-redaction', `the manifest asks for redaction ${offered.redaction}; it was ${before.redaction}`)]
      : []),
    ...(offered.version === before.version && offered.scope !== 'local'
      ? wider.map((line) => finding('other-manifest', `without a new version: ${line}`))
      : []),
  ]
}
