import {
  buildDataset,
  type checkDataset,
  datasetContext,
  exportFrom,
  isModelRevoked,
  permitsFor,
  registerModel,
  releasesOf,
} from '@overt/data'
import type { DatasetSpec } from '@overt/schema'

import type { Folder } from './folder.ts'

/** Builds a release from what people agreed to, and registers where its episodes came from. */
export async function build(
  folder: Folder,
  { spec, outDir }: { readonly spec: DatasetSpec; readonly outDir: string },
): ReturnType<typeof buildDataset> {
  const { store, progress } = folder
  store.killSwitch.assertRunning('release')
  return buildDataset(datasetContext(store), spec, outDir, ({ phase, episodes, rows }) =>
    progress(`${phase === 'read' ? 'reading' : 'writing'}: ${episodes} episodes, ${rows} steps`),
  )
}

/** Writes a release in another format; an erasure will reach the copy as well. */
export function copy(
  { store }: Folder,
  { dir, format, outDir }: { readonly dir: string; readonly format: string; readonly outDir: string },
): ReturnType<typeof exportFrom> {
  return exportFrom(store, dir, format, outDir)
}

/** What this folder says of a release's use. */
type Standing = Awaited<ReturnType<NonNullable<Parameters<typeof checkDataset>[1]>>>

/** Whether a model may be trained on a release now: this folder built it, it is not revoked, and everyone in it still agrees to its purpose. */
export async function mayTrain({ store }: Folder, { hash }: { readonly hash: string }): Promise<Standing> {
  const release = releasesOf(store).find((one) => one.hash === hash)
  if (store.killSwitch.stop !== null) return { ok: false, kind: 'stopped', why: 'the kill switch was thrown' }
  if (release === undefined) return { ok: false, kind: 'unknown', why: `it was not built in the data folder ${store.dir}` }
  if (release.revokedAtEpochMs !== null) return { ok: false, kind: 'revoked', why: 'an erasure has reached it: use its next version' }
  const agreed = new Set<string>()
  for await (const permit of permitsFor(store, release.purpose, { persons: release.persons })) agreed.add(permit.person)
  const gone = release.persons.filter((person) => !agreed.has(person)).length
  if (gone === 0) return { ok: true, kind: 'agreed', why: '' }
  const why = `${gone} of its ${release.persons.length} people no longer agree to ${release.purpose}: build it anew`
  return { ok: false, kind: 'withdrawn', why }
}

/** Registers a model whose file is about to be written, so that an erasure can flag it. Not one whose release may not be trained on any more: somebody ended their agreement or erased while it was. */
export async function trained(
  folder: Folder,
  model: { readonly hash: string; readonly path: string; readonly dataset: string },
): Promise<{ readonly ok: boolean; readonly why: string }> {
  const { store } = folder
  const ended = store.consent.endings()
  const allowed = await mayTrain(folder, { hash: model.dataset })
  if (!allowed.ok) return allowed
  // In one turn with the registering: what ends from now on finds the model.
  const persons = releasesOf(store).find(({ hash }) => hash === model.dataset)?.persons ?? []
  if (persons.some(ended)) return { ok: false, why: 'somebody in it withdrew or erased just now' }
  await registerModel(store, model)
  return allowed
}

/** Where a release that this folder built lies, while no erasure has reached it; null for any other. */
export async function placeOf({ store }: Folder, { hash }: { readonly hash: string }): Promise<string | null> {
  const release = releasesOf(store).find((one) => one.hash === hash)
  return release === undefined || release.revokedAtEpochMs !== null ? null : release.path
}

/** Whether an erasure has reached a model or its release, as far as this folder knows. */
export async function revoked(
  { store }: Folder,
  model: { readonly hash: string; readonly dataset: string },
): Promise<{ readonly revoked: boolean }> {
  return { revoked: isModelRevoked(store, model) }
}
