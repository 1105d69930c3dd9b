import type { Look } from '../look.ts'
import type { Word } from '../person-word.ts'
import type { Span } from '../span.ts'

/** A page has no room for these rules. */
export function besides(_text: string, _look: Look, _groups: readonly (readonly Word[])[], spans: readonly Span[]): readonly Span[] {
  return spans
}
