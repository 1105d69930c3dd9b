import type { Word } from './person-word.ts'
import type { Span } from './span.ts'

/** A page has no room for these rules. */
export function invertedIn(_text: string, _groups: readonly (readonly Word[])[]): readonly Span[] {
  return []
}

/** Nor for these. */
export function joinedIn(_text: string): readonly Span[] {
  return []
}
