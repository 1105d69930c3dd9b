import type { NodeState, Observation } from './observation.ts'

/** Order of the bits of a node's states on the wire. Append only. */
export const nodeStates: readonly NodeState[] = [
  'checked',
  'mixed',
  'selected',
  'pressed',
  'expanded',
  'collapsed',
  'disabled',
  'readonly',
  'required',
  'invalid',
  'focused',
  'current',
  'modal',
  'popup',
  'secret',
  'offscreen',
  'covered',
]

/** Separates labels and other lists inside one string: U+001F, which no visible text holds. */
export const unitSeparator = '\u001f'

/** Longest text that stands once for all rows of a column: few bytes must not become many. */
export const longestShared = 64

/** What is told of a row, in the order of the bits that say so; first what has to be known of it to judge it. Append only. */
export const rowFields = [
  'up',
  'inputType',
  'role',
  'name',
  'value',
  'states',
  'options',
  'tag',
  'look',
  'keys',
  'left',
  'top',
  'width',
  'height',
] as const

/** How many of them come first. */
export const judgedFields = 7

/** Fields of a row that are told as differences. */
export function isLength(part: number): boolean {
  return part > 9
}

/** What is told of an observation beside its rows, in the order of the bits that say so. Append only. */
export const sightFields = ['id', 'status', 'url', 'title', 'width', 'height', 'scrollX', 'scrollY', 'pixelRatio'] as const

/** CSS pixels. */
export type Move = readonly [x: number, y: number]

/** How far what stands in a page moved in its window. */
export function scrolled(before: Observation['viewport'] | undefined, now: Observation['viewport']): Move {
  return [(before?.scrollX ?? 0) - now.scrollX, (before?.scrollY ?? 0) - now.scrollY]
}

/** The entry of a list; throws `RangeError` where there is none. */
export function at<T>(list: readonly T[], index: number | undefined, name: string): T {
  const value = index === undefined ? undefined : list[index]
  if (value === undefined) throw new RangeError(`${name} has no entry ${index} (${list.length} entries)`)
  return value
}
