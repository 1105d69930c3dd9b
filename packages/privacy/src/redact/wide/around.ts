import { allMatches, matchAt } from '../match.ts'

/** What was found around a sign. */
export interface Around {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
}

/** Matches of a sticky pattern where a sign ends, apart. Its first group is what it reads backwards before the sign's end: signs are rare where what stands before them is everywhere. */
export function matchesAround(text: string, sign: RegExp, pattern: RegExp): readonly Around[] {
  const found: Around[] = []
  let last = 0
  for (const { index, 0: own } of allMatches(text, sign)) {
    const match = matchAt(text, index + own.length, pattern)
    if (match === null) continue
    const [whole, before = '', ...groups] = match
    const start = match.index - before.length
    if (start < last) continue
    last = match.index + whole.length
    found.push({ start, end: last, groups })
  }
  return found
}
