import type { Manifest } from './manifest.ts'
import type { Modality } from './purpose.ts'

/** Nobody can tell what is private in these, so no yes to the rest includes them. */
const named: ReadonlySet<Modality> = new Set(['drawings', 'films'])

/** What a manifest offers: what one yes agrees to, and what a person agrees to only by naming it. */
export function offeredModalities({ apps }: Pick<Manifest, 'apps'>): {
  readonly atOnce: readonly Modality[]
  readonly byName: readonly Modality[]
} {
  const offered = [...new Set(apps.flatMap(({ modalities }) => modalities))]
  return { atOnce: offered.filter((one) => !named.has(one)), byName: offered.filter((one) => named.has(one)) }
}
