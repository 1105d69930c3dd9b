import type { Stretch } from '../look.ts'
import type { Span } from '../span.ts'

/** A page has no room for these rules. */
export function findSpaced(_text: string, _stretches: readonly Stretch[]): readonly Span[] {
  return []
}

/** Labels beyond the commonest. */
export const rareLabels = ''
