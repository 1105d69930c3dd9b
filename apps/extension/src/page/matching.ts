import type { Pictured } from '@overt/schema/words'

/** When a picture was taken, and until when the page looked like that; monotonic ms. */
export interface Taken {
  readonly id: number
  readonly href: string
  /** Its pixels are of a moment between these two, in which nothing moved. */
  readonly fromMs: number
  readonly toMs: number
  /** The first change since; Infinity while there is none. */
  readonly untilMs: number
}

/** A picture that was not to be had, and when that was known. */
export interface Missed {
  readonly atMs: number
  readonly reason: Extract<Pictured, { readonly kind: 'unavailable' }>['reason']
}

/** When and where an act began. */
export interface Act {
  readonly atMs: number
  readonly href: string
}

/** A picture that long after an act shows what became of it. */
const longestAfterMs = 2_000

type Found = { readonly kind: 'captured'; readonly picture: number; readonly when: 'before' | 'during' | 'after'; readonly ageMs: number }

/** The picture that belongs to an act: the newest whole one of before, if the page had not changed since; else the one under way; else the next. null for none. */
export function pictureOf({ atMs, href }: Act, taken: readonly Taken[]): Found | null {
  const here = taken.filter((one) => one.href === href)
  const still = here.findLast(({ fromMs, untilMs }) => fromMs <= atMs && untilMs >= atMs)
  const found = (one: Taken, when: Found['when'], ageMs: number): Found => ({
    kind: 'captured',
    picture: one.id,
    when,
    ageMs: Math.ceil(ageMs),
  })
  if (still !== undefined) return found(still, still.toMs <= atMs ? 'before' : 'during', atMs - still.fromMs)
  const next = here.find(({ fromMs }) => fromMs > atMs && fromMs - atMs <= longestAfterMs)
  return next === undefined ? null : found(next, 'after', next.toMs - atMs)
}

/** Why an act has no picture: what was missed next to it, else that the page had changed since the last. */
export function reasonOf({ atMs }: Act, taken: readonly Taken[], missed: readonly Missed[]): Missed['reason'] {
  const near = missed.findLast((one) => Math.abs(one.atMs - atMs) <= longestAfterMs)
  return near?.reason ?? (taken.length > 0 ? 'moved' : 'late')
}
