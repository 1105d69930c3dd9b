import type { Batch } from '@overt/schema'
import type { Picture, PictureGap, Pictured } from '@overt/schema/words'

import { type Acts, createActs } from './acts.ts'
import { type Missed, pictureOf, reasonOf, type Taken } from './matching.ts'

/** Pictures remembered, whether they have left or not; and the most that one batch carries. */
const mostKept = 32
const mostSent = 16
const mostSentChars = 4_000_000

interface Kept extends Taken {
  untilMs: number
  /** null once it has left. */
  picture: Picture | null
}

/** Pictures of one document, and which of its events they belong to. In memory only; a picture leaves with an event that names it, or not at all. */
export interface Album {
  readonly acts: Acts
  put(taken: Omit<Taken, 'id'>, picture: Omit<Picture, 'id'>): void
  missed(reason: PictureGap): void
  /** What is not named by now never will be. */
  clear(): void
  /** The page looks otherwise from now on. */
  changed(): void
  /** Whether an event of the batch has no picture yet. */
  waits(batch: Batch): boolean
  /** The batch with the pictures that its events name; the same one again where it is sent again. */
  attach(batch: Batch): Batch
  readonly newest: Taken | undefined
}

/** Makes an empty album. */
export function createAlbum(nowMs: () => number, hrefNow: () => string): Album {
  const kept: Kept[] = []
  const missed: Missed[] = []
  const acts = createActs(() => ({ atMs: nowMs(), href: hrefNow() }))
  const attached = new WeakMap<Batch, Batch>()
  let counts: Record<string, number> = {}
  let next = 0
  const count = (what: string): void => void (counts[`picture.${what}`] = (counts[`picture.${what}`] ?? 0) + 1)
  const withPictures = (batch: Batch): Batch => {
    const whole = { ...batch, ...named(batch, acts, kept, missed), counters: { ...batch.counters, ...counts } }
    acts.drop(batch)
    counts = {}
    return whole
  }
  return {
    acts,
    put: (taken, picture) => {
      kept.push({ ...taken, id: next, picture: { id: next, ...picture } })
      next += 1
      count('taken')
      if (kept.length > mostKept && kept.shift()?.picture !== null) count('unused')
    },
    missed: (reason) => {
      missed.push({ atMs: nowMs(), reason })
      if (missed.length > mostKept) missed.shift()
      count(reason)
    },
    clear: () => {
      for (const { picture } of kept.splice(0)) if (picture !== null) count('unused')
    },
    changed: () => {
      for (const one of kept) one.untilMs = Math.min(one.untilMs, nowMs())
    },
    waits: (batch) => !attached.has(batch) && acts.of(batch).some(([, act]) => pictureOf(act, kept) === null),
    attach: (batch) => {
      const whole = attached.get(batch) ?? withPictures(batch)
      attached.set(batch, whole)
      return whole
    },
    get newest() {
      return kept.at(-1)
    },
  }
}

/** What the events of a batch name; a picture is handed over once. */
function named(batch: Batch, acts: Acts, kept: readonly Kept[], missed: readonly Missed[]): Required<Pick<Batch, 'pictures' | 'pictured'>> {
  const pictures: Picture[] = []
  const pictured = acts.of(batch).map(([event, act]): Pictured => {
    const found = pictureOf(act, kept)
    if (found === null) return { kind: 'unavailable', event, reason: reasonOf(act, kept, missed) }
    const one = kept.find(({ id }) => id === found.picture)
    if (one !== undefined && one.picture !== null) {
      const chars = pictures.reduce((sum, { image }) => sum + image.length, one.picture.image.length)
      if (pictures.length >= mostSent || chars > mostSentChars) return { kind: 'unavailable', event, reason: 'budget' }
      pictures.push(one.picture)
      one.picture = null
    }
    return { ...found, event }
  })
  return { pictures, pictured }
}
