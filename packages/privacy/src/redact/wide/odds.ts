import { codeAt } from '../character.ts'
import { type Packed, unpack } from '../packed.ts'
import { amongPacked, bytesOnce } from './among.ts'
import { packedEast } from './east-packed.ts'
import type { Levels } from './levels.ts'

/** The characters that are listed: CJK unified ideographs. */
const [firstHan, lastHan] = [0x4e00, 0x9fff]

const bytes = bytesOnce(packedEast)

/** Reads such levels, for a character by its code; unpacked when it is first asked. */
export function oddsOf({ unknown, levels }: Levels): (code: number) => number {
  let odds: Int8Array | undefined
  return (code) => {
    odds ??= unpacked(unknown, levels)
    return code >= firstHan && code <= lastHan ? (odds[code - firstHan] ?? unknown) : unknown
  }
}

function unpacked(unknown: number, levels: Levels['levels']): Int8Array {
  const odds = new Int8Array(lastHan - firstHan + 1).fill(unknown)
  for (const [level, characters] of levels) for (const place of unpack(bytes(), characters)) odds[place] = level
  return odds
}

/** A list of names. */
export const listOf = (packed: Packed): ((name: string) => boolean) => amongPacked(bytes, packed)

/** What a word is written in. */
export const script = { other: 0, han: 1, kana: 2, blank: 3 } as const

/** A text parted into words, each from its bound to the next. */
export interface Words {
  readonly text: string
  /** The same in the forms of characters that most write in Japan. */
  readonly plain: string
  readonly bounds: readonly number[]
  /** The script of each word; Chinese characters where it has any. */
  readonly scripts: readonly number[]
}

/** The sum of what the characters from one place to another tell, each between two bounds. */
export function sumOf(
  text: string,
  from: number,
  to: number,
  odds: (code: number) => number,
  [least, most]: readonly [number, number],
): number {
  let sum = 0
  for (let at = from; at < to; at += 1) sum += Math.max(least, Math.min(most, odds(codeAt(text, at))))
  return sum
}

/** How many words of more than one character lie between two bounds. */
export function longWords({ bounds }: Words, first: number, last: number): number {
  let count = 0
  for (let place = first; place < last; place += 1) if ((bounds[place + 1] ?? 0) - (bounds[place] ?? 0) > 1) count += 1
  return count
}
