import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'

import { AgentError } from '../error.ts'
import { openFolder } from './folder.ts'
import { openMiniwob } from './miniwob.ts'

/** One kind of task: a page that draws a new task from every seed. */
export interface SuiteTask {
  readonly name: string
  readonly url: string
  /** An episode that takes more acts than this has failed. */
  readonly maxActions: number
  readonly families: readonly string[]
}

/** What a page says of its task. */
export interface TaskOutcome {
  readonly done: boolean
  /** 1 for full success, else 0. */
  readonly reward: number
}

/** Tasks with a reset and an outcome, served on a loopback port of their own until `close`. */
export interface Suite {
  readonly name: string
  /** `template` of episodes: this, a slash, the task's name. */
  readonly short: string
  readonly origin: string
  readonly tasks: readonly SuiteTask[]
  readonly viewport: { readonly width: number; readonly height: number }
  /** Draws the task of a seed and says what is to be done. */
  reset(page: Page, task: SuiteTask, seed: string): Promise<{ readonly instruction: string }>
  outcome(page: Page): Promise<TaskOutcome>
  close(): Promise<void>
}

/** Opens `own`, `miniwob:DIR` (an html folder of MiniWoB++) or a folder with a `suite.json`. */
export async function openSuite(name: string): Promise<Suite> {
  if (name === 'own') return openFolder('own', fileURLToPath(new URL('../../suites/own', import.meta.url)))
  if (name.startsWith('miniwob:')) return openMiniwob(name, resolve(name.slice('miniwob:'.length)))
  const folder = resolve(name)
  if (!existsSync(folder))
    throw new AgentError('OVT-1504', `There is no suite "${name}": say own, miniwob:DIR, or a folder with a suite.json.`)
  return openFolder(name, folder)
}

/** The tasks of these names, all where none is named. */
export function tasksOf(suite: Suite, names: readonly string[] | undefined): readonly SuiteTask[] {
  if (names === undefined || names.length === 0) return suite.tasks
  return names.map((name) => {
    const task = suite.tasks.find((one) => one.name === name)
    if (task === undefined)
      throw new AgentError('OVT-1506', `${suite.name} has no task "${name}"; it has ${suite.tasks.map((one) => one.name).join(', ')}.`)
    return task
  })
}
