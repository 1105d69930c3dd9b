import { sampleManifest, signManifest } from '@overt/privacy'
import type { Manifest, Purpose } from '@overt/schema'

import type { Operator } from './operator.ts'

/** A manifest for a trial on this machine, signed by the folder's operator; the first origin leads, the others are more apps under the same consent. */
export async function signedSample(
  operator: Operator,
  sample: {
    readonly origins: readonly [string, ...string[]]
    readonly nowEpochMs: number
    readonly purposes?: readonly Purpose[]
    readonly id?: string
    /** What people call the places; their origins where nothing is given. */
    readonly name?: string
    /** A trial's consent where none is given. */
    readonly legalBasis?: string
  },
): Promise<Manifest> {
  const { origins, nowEpochMs, purposes, name } = sample
  const parts = origins.map((origin) =>
    sampleManifest({ origin, nowEpochMs, ...(purposes === undefined ? {} : { purposes }), ...(name === undefined ? {} : { name }) }),
  )
  const [first, ...others] = parts
  if (first === undefined) throw new TypeError('a sample manifest needs an origin')
  const manifest = {
    ...first,
    ...(sample.id === undefined ? {} : { id: sample.id }),
    ...(sample.legalBasis === undefined ? {} : { legalBasis: sample.legalBasis }),
    apps: [first, ...others].flatMap((part) => part.apps),
  }
  return signManifest(manifest, { keyId: operator.keyId, by: 'operator', privateKey: operator.privateKey })
}
