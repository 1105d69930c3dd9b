import type { PlaceholderMap } from '@overt/privacy'

import type { Stretch } from './digests.ts'

/** A stretch of a text to mask, and as what. */
export interface Cut extends Stretch {
  readonly kind: Parameters<PlaceholderMap['placeholder']>[0]
  /** All of what it is a part of, where that goes on elsewhere: both have one placeholder. */
  readonly of?: string
}

/** A text with placeholders where it was cut. Cuts that overlap are one, of the kind of the first. */
export function cutOut(text: string, cuts: readonly Cut[], map: PlaceholderMap): string {
  const left = cuts.toSorted((one, other) => one.start - other.start)
  let out = ''
  let at = 0
  for (let cut = left.shift(); cut !== undefined; cut = left.shift()) {
    let { end } = cut
    for (let next = left[0]; next !== undefined && next.start < end; next = left[0]) {
      end = Math.max(end, next.end)
      left.shift()
    }
    out += text.slice(at, cut.start) + map.placeholder(cut.kind, cut.of ?? text.slice(cut.start, end))
    at = end
  }
  return out + text.slice(at)
}
