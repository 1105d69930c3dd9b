import type { Manifest } from '@overt/schema'

import { selectManifest, selectReceipt } from '../store/documents.ts'
import type { RecordRow } from '../store/key-rows.ts'
import { permitsFor } from '../store/permits.ts'
import type { Store } from '../store/store.ts'
import { batchDifferences, type Difference } from './batch-facts.ts'

const dayMs = 86_400_000
const purposes = ['ground', 'assist', 'automate', 'evaluate', 'correct', 'improve', 'share'] as const

/** From when until when, both ends in it, by the clocks of the devices. */
export interface Period {
  readonly fromEpochMs: number
  readonly untilEpochMs: number
}

/** What was captured in a period, beside what was claimed. */
export interface Facts {
  /** Batches that were opened and compared. */
  readonly batches: number
  /** Batches of agreements that have ended: they can't be opened, and only what is known of them without is compared. */
  readonly closed: number
  /** Every difference, with in how many batches. */
  readonly differences: readonly (Difference & { readonly manifest: string; readonly batches: number })[]
}

/** Compares what was captured with what the manifests say. Every batch is opened by a permit of its person, and each of those reads stands in the ledger. */
export async function manifestFacts(store: Store, { fromEpochMs, untilEpochMs }: Period): Promise<Facts> {
  store.killSwitch.assertRunning('comparison')
  const batches = () => store.eachRow().filter((row) => row.kind === 'batch')
  const inPeriod = batches().filter((row) => row.atEpochMs >= fromEpochMs && row.atEpochMs <= untilEpochMs)
  const within = new Map(inPeriod.map((row) => [row.id, row]))
  const found = new Map<string, Facts['differences'][number]>()
  const note = (manifest: string, { code, what }: Difference): void => {
    const key = JSON.stringify([manifest, code, what])
    found.set(key, { code, what, manifest, batches: (found.get(key)?.batches ?? 0) + 1 })
  }
  const opened = await noteBatches(store, within, note)
  for (const row of batches()) noteRetention(store, row, note)
  for (const row of within.values()) noteLate(store, row, note)
  await noteRefused(store, { fromEpochMs, untilEpochMs }, note)
  return { batches: opened, closed: within.size - opened, differences: [...found.values()] }
}

type Note = (manifest: string, difference: Difference) => void

async function noteBatches(store: Store, within: ReadonlyMap<string, RecordRow>, note: Note): Promise<number> {
  const seen = new Set<string>()
  const wanted = new Set([...within.values()].map((row) => row.person))
  for (const purpose of purposes)
    for await (const permit of permitsFor(store, purpose, { persons: [...wanted] })) {
      if (seen.has(permit.receipt)) continue
      seen.add(permit.receipt)
      for await (const batch of store.batches(permit, { reader: 'manifest facts' })) {
        if (!within.has(batch.id) || seen.has(`batch ${batch.id}`)) continue
        seen.add(`batch ${batch.id}`)
        const manifest = selectManifest(store.control, batch.manifest)
        const name = nameOf(manifest)
        for (const difference of batchDifferences(batch, manifest, selectReceipt(store.control, batch.receipt))) note(name, difference)
      }
    }
  return [...seen].filter((one) => one.startsWith('batch ')).length
}

function noteRetention(store: Store, row: RecordRow, note: Note): void {
  const manifest = manifestOfRow(store, row)
  if (manifest === undefined) return
  const { events, frames } = manifest.retentionDays
  const keptMs = store.nowEpochMs() - row.receivedAtEpochMs
  if (keptMs > events * dayMs) note(nameOf(manifest), { code: 'retention', what: `kept longer than ${events} days` })
  if (row.pictures > 0 && keptMs > frames * dayMs)
    note(nameOf(manifest), { code: 'retention', what: `pictures kept longer than ${frames} days` })
}

/** What arrived after its person had withdrawn should not be here. */
function noteLate(store: Store, row: RecordRow, note: Note): void {
  const withdrawnAtEpochMs = selectReceipt(store.control, row.receipt)?.withdrawnAtEpochMs ?? null
  if (withdrawnAtEpochMs === null || row.receivedAtEpochMs <= withdrawnAtEpochMs) return
  note(nameOf(manifestOfRow(store, row)), { code: 'consent', what: 'kept though it arrived after a withdrawal' })
}

async function noteRefused(store: Store, { fromEpochMs, untilEpochMs }: Period, note: Note): Promise<void> {
  for await (const { kind, atEpochMs, body } of store.ledger.entries()) {
    if (kind !== 'overreach' || atEpochMs < fromEpochMs || atEpochMs > untilEpochMs) continue
    const { manifest, beyond } = body
    const name = nameOf(typeof manifest === 'string' ? selectManifest(store.control, manifest) : undefined)
    const what = Array.isArray(beyond) ? beyond.join(', ') : 'more'
    note(name, { code: 'refused', what: `a recorder sent ${what}, which it may not; nothing of that was kept` })
  }
}

function manifestOfRow(store: Store, row: RecordRow): Manifest | undefined {
  const receipt = selectReceipt(store.control, row.receipt)?.receipt
  return receipt === undefined ? undefined : selectManifest(store.control, receipt.manifestSha256)
}

function nameOf(manifest: Manifest | undefined): string {
  return manifest === undefined ? 'unknown' : `${manifest.id} version ${manifest.version}`
}
