import type { MineRead } from '@overt/schema'

import { uses } from './uses.ts'

/** Looks by the same reader for the same reason, one after another within an hour, as one line. */
export interface Look {
  readonly index: number
  readonly atEpochMs: number
  readonly who: string
  readonly why: string
  readonly times: number
}

const hourMs = 3_600_000

/** Folds reads, newest first, into lines that a person can take in. Nobody is left out. */
export function looksOf(reads: readonly MineRead[]): Look[] {
  const looks: Look[] = []
  for (const { index, atEpochMs, who, why } of reads) {
    const look = { index, atEpochMs, who: whoWords(who), why: who === 'person' ? 'to see your own recordings' : whyWords(why), times: 1 }
    const last = looks.at(-1)
    if (last?.who === look.who && last.why === look.why && last.atEpochMs - atEpochMs < hourMs)
      looks[looks.length - 1] = { ...last, times: last.times + 1 }
    else looks.push(look)
  }
  return looks
}

function whoWords(who: string): string {
  if (who === 'person') return 'You'
  return who === 'unnamed' ? 'A program that gave no name' : who
}

function whyWords(why: string): string {
  const known = Object.entries(uses).find(([purpose]) => purpose === why)
  return known === undefined ? why : `to ${known[1]}`
}
