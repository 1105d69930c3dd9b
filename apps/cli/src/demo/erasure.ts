import { checkDataset } from '@overt/data'
import { verifyLedger } from '@overt/data/ledger'
import { access } from 'node:fs/promises'

import { erase } from '../folder/erasing.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import { openable, sight } from './canary.ts'
import { corrections } from './correction.ts'
import type { Lesson } from './lesson.ts'
import { people, type Walk } from './walk.ts'

/** `dataset check` says so of a release that an erasure reached. */
const revokedCode = 'OVT-1350'

/** What "erase mine" did, seen from outside: by reading, by decrypting, by looking at the files. */
export interface ErasureReport {
  readonly canaryHitsBefore: number
  readonly canaryHits: number
  /** Ciphertexts of the person that can still be decrypted. */
  readonly decrypts: number
  /** The release and the model both say that they are revoked. */
  readonly revoked: boolean
  readonly reached: Readonly<Record<string, number>>
  readonly ledger: { readonly ok: boolean; readonly size: number }
}

/** Erases the person's own work and checks what is left. Throws where any of it can still be read. `planted`: the task was done with the planted string in it, so that it must be readable before. */
export async function eraseOwn(
  walk: Walk,
  lesson: Lesson,
  { canary, planted }: { readonly canary: string; readonly planted: boolean },
): Promise<ErasureReport> {
  const { folder, server } = walk
  const before = await sight(walk, canary)
  if (planted && (before.store === 0 || before.parquet === 0))
    throw failed(
      `before the erasure the planted string should be readable, and it stands ${before.store} times in the store and ${before.parquet} times in the Parquet`,
    )
  const idHashes = folder.store.rows({ person: people.own }).map((row) => row.idHash)
  const erased = await erase(folder, { person: people.own, session: null, lastMs: null })
  const after = await sight(walk, canary)
  const decrypts = await openable(walk, idHashes)
  const corrected = (await corrections(walk)).length
  const revoked = await isRevoked(lesson)
  const held = revoked || !planted
  const ledger = await provenLedger(walk)
  server.feed.publish({
    kind: 'erased',
    reached: Object.entries(erased.reached).map(([what, count]) => ({ what, count })),
    canaryHitsBefore: before.total,
    canaryHits: after.total,
    ledgerOk: ledger.ok,
    ledgerSize: ledger.size,
    receipt: erased.receipt.entries.map(({ index }) => `entry ${index}`).join(', '),
  })
  if (after.total > 0 || decrypts > 0 || corrected > 0 || !held || !ledger.ok || erased.left.length > 0) {
    throw failed(
      `after the erasure: the planted string is found ${after.total} times, ${decrypts} ciphertexts open, ${corrected} corrections can be read, revoked: ${revoked}, ledger: ${ledger.ok}, not reached: ${erased.left.join('; ') || 'nothing'}`,
    )
  }
  return { canaryHitsBefore: before.total, canaryHits: after.total, decrypts, revoked, reached: { ...erased.reached }, ledger }
}

/** Nothing of the person's was there to erase. */
export async function nothingOwn(walk: Walk): Promise<ErasureReport> {
  return { canaryHitsBefore: 0, canaryHits: 0, decrypts: 0, revoked: false, reached: {}, ledger: await provenLedger(walk) }
}

async function provenLedger({ folder }: Walk): Promise<{ readonly ok: boolean; readonly size: number }> {
  await folder.store.ledger.checkpoint()
  const { ok, size } = await verifyLedger(folder.store.dir)
  return { ok, size }
}

async function isRevoked({ datasetDir, modelPath }: Lesson): Promise<boolean> {
  const flagged = await access(`${modelPath}.revoked.json`).then(
    () => true,
    () => false, // no flag beside it
  )
  const { problems } = await checkDataset(datasetDir)
  return flagged && problems.some(({ code }) => code === revokedCode)
}

function failed(what: string): CliError {
  return new CliError(
    'OVT-1753',
    exitCode.failed,
    `"Erase mine" did not hold: ${what}.`,
    'Report this with the folder of this run: it is a defect of Overt.',
  )
}
