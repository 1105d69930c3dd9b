import type { Manifest, Receipt, TrustedKey } from '@overt/schema'

import { grantReceipt, type Grant } from './grant.ts'
import { generateKeyPair, keyIdOf, type KeyPair } from './keys.ts'
import { sampleManifest } from './sample.ts'
import { signManifest } from './sign.ts'

/** For tests: an operator, a council and a person with keys, and documents that hold. */
export interface Scene {
  readonly nowEpochMs: number
  readonly operator: KeyPair
  readonly council: KeyPair
  readonly person: KeyPair
  readonly keys: readonly TrustedKey[]
  readonly sign: (manifest: Manifest, by?: 'operator' | 'council') => Promise<Manifest>
  readonly grant: (manifest: Manifest, change?: Partial<Grant>) => Promise<Receipt>
}

/** 2026-11-02T10:00Z, a Monday. */
export const nowEpochMs = Date.UTC(2026, 10, 2, 10)

/** For tests: makes a scene. */
export async function scene(): Promise<Scene> {
  const [operator, council, person] = await Promise.all([generateKeyPair(), generateKeyPair(), generateKeyPair()])
  const keyIds = { operator: await keyIdOf(operator.publicKey), council: await keyIdOf(council.publicKey) }
  const pairs = { operator, council }
  return {
    nowEpochMs,
    operator,
    council,
    person,
    keys: (['operator', 'council'] as const).map((by) => ({ keyId: keyIds[by], by, publicKey: pairs[by].publicKey })),
    sign: (manifest, by = 'operator') => signManifest(manifest, { keyId: keyIds[by], by, privateKey: pairs[by].privateKey }),
    grant: (manifest, change = {}) =>
      grantReceipt(
        {
          person: 'ada',
          manifest,
          purposes: ['ground'],
          modalities: ['actions', 'text', 'structure'],
          nowEpochMs,
          expiresAtEpochMs: nowEpochMs + 30 * 86_400_000,
          assurance: 'local',
          ...change,
        },
        person,
      ),
  }
}

/** For tests: an organisation's manifest on one site, past its notice period, not signed. */
export function organisationManifest(change: Partial<Manifest> = {}): Manifest {
  const sample = sampleManifest({ origin: 'http://localhost', nowEpochMs: nowEpochMs - 60 * 86_400_000 })
  return {
    ...sample,
    apps: [
      {
        name: 'Back office',
        origins: ['https://office.example'],
        paths: ['/**'],
        exceptPaths: ['/board/**'],
        modalities: ['actions', 'text', 'structure'],
      },
    ],
    scope: 'organisation',
    assessment: { ...sample.assessment, stub: false },
    noticeDays: 30,
    ...change,
  }
}
