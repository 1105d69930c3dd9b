import type { BackEnd } from '../shop/back-end.ts'
import type { Shop } from '../shop/shop.ts'
import type { Act } from './act.ts'

/** What the page's address adds to a task: a note to be typed, so that a planted string can be followed through the data. */
export interface Extras {
  readonly note?: string
}

/** One task with one seed: the shop it starts from, the goal in plain words, a solution, and a test of what came of it. */
export interface TaskRun {
  readonly shop: Shop
  readonly instruction: string
  solve(): AsyncGenerator<Act>
  outcome(backEnd: BackEnd): Promise<{ readonly done: boolean; readonly reward: number }>
}

/** A kind of work in the back office. */
export interface Task {
  readonly name: string
  readonly families: readonly string[]
  readonly maxActions: number
  start(seed: string, extras: Extras): TaskRun
}
