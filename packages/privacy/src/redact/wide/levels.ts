import type { Packed } from '../packed.ts'

/** How much likelier each character is in a name than as a word, in nats: the characters of each level, and the level of all that stand in none. */
export interface Levels {
  readonly unknown: number
  readonly levels: readonly (readonly [level: number, characters: Packed])[]
}

/** The level of a character that stands in no such name. */
export const never = -5
