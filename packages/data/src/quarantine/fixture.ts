import { generateKeyPair, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Modality } from '@overt/schema'

import { trustKey } from '../govern/consent.ts'
import { type Enrolment, enrolDevice } from '../govern/enrol.ts'
import { fixtureOrigin } from '../ingest/fixture.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'

/** What the fixture's manifest claims, and its person agreed to: pictures too. */
export const pictureModalities: readonly Modality[] = ['actions', 'text', 'structure', 'pixels']

/** A store with one person, who agreed to pictures. */
export async function pictureStore(dir: string): Promise<{ readonly store: Store; readonly enrolment: Enrolment }> {
  const store = await openStore(dir)
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
  const sample = sampleManifest({ origin: fixtureOrigin, purposes: ['ground'], nowEpochMs: store.nowEpochMs() })
  const apps = sample.apps.map((app) => ({ ...app, modalities: [...pictureModalities] }))
  const manifest = await signManifest({ ...sample, apps }, { keyId, by: 'operator', privateKey: pair.privateKey })
  return { store, enrolment: await enrolDevice(store, { person: 'ada', manifest, endpoint: '', modalities: pictureModalities }) }
}
