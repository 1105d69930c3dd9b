import type { Browser, Page } from 'playwright-core'
import type { Permit } from '@overt/privacy'
import type { Manifest, Receipt, TrustedKey } from '@overt/schema'

import { readBundle } from '../decide/eye.ts'
import { AgentError } from '../error.ts'
import { inParallel } from './parallel.ts'
import { startRecorder, stopRecorder, tellRecorder, type Destination } from './recorder.ts'
import { driveSolve } from './solve.ts'
import { tasksOf, type Suite, type SuiteTask } from './suite.ts'

/** Which tasks are demonstrated, how often, under which consent, and where the batches go. */
export interface RecordOptions {
  readonly browser: Browser
  readonly suite: Suite
  /** All where none is named. */
  readonly tasks?: readonly string[]
  /** Demonstrations of each task. */
  readonly episodes: number
  /** 0: seeds `demo-0`, `demo-1`, ...; any other number has seeds of its own. */
  readonly seed?: number
  readonly receipt: Receipt
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
  readonly to: Destination
  /** Pages at once. */
  readonly parallel?: number
  /** Time between the keys of a typed text. */
  readonly keyMs?: number
  readonly onEpisode?: (episode: RecordedEpisode) => void
  readonly signal?: AbortSignal
}

/** One demonstration. `actions`: acts of the page's solution; `failed`: why it could not be done to its end. */
export interface RecordedEpisode {
  readonly task: string
  readonly seed: string
  readonly actions: number
  readonly success: boolean
  readonly failed?: string
}

/** What was demonstrated and sent; `ms` in all. */
export interface RecordReport {
  readonly episodes: number
  readonly successes: number
  readonly batches: number
  readonly events: number
  readonly ms: number
  readonly tasks: readonly {
    readonly name: string
    readonly episodes: number
    readonly successes: number
    readonly failures: readonly string[]
  }[]
}

/**
 * Demonstrations of the pages' `solve()`, driven with trusted input while the recorder's real bundle records in the page: nothing else makes events.
 * A solution that fails is a failed demonstration, and the next seed is tried. Where the permit aborts, it ends at once and tells what was done before.
 * Throws `AgentError` where the bundle is not built or the recorder refuses.
 */
export async function recordSuite(permit: Permit, options: RecordOptions): Promise<RecordReport> {
  const bundle = await readBundle('overt.iife.js')
  const began = performance.now()
  const tasks = tasksOf(options.suite, options.tasks)
  const done: RecordedEpisode[] = []
  const sent = { batches: 0, events: 0 }
  const count = (events: number): void => {
    sent.batches += 1
    sent.events += events
  }
  await inParallel(options.parallel ?? 2, tasks, async (task) => {
    if (permit.signal.aborted) return
    if (!permit.allows({ url: task.url }, 'actions')) throw new AgentError('OVT-1509', `The permit does not reach ${task.url}.`)
    await recordTask(permit, task, bundle, options, count, (episode) => {
      done.push(episode)
      options.onEpisode?.(episode)
    })
  })
  const of = (name: string): readonly RecordedEpisode[] => done.filter((episode) => episode.task === name)
  const wins = (episodes: readonly RecordedEpisode[]): number => episodes.filter((episode) => episode.success).length
  return {
    episodes: done.length,
    successes: wins(done),
    ...sent,
    ms: Math.round(performance.now() - began),
    tasks: tasks.map(({ name }) => ({
      name,
      episodes: of(name).length,
      successes: wins(of(name)),
      failures: [...new Set(of(name).flatMap(({ failed }) => failed ?? []))],
    })),
  }
}

async function recordTask(
  permit: Permit,
  task: SuiteTask,
  bundle: string,
  options: RecordOptions,
  count: (events: number) => void,
  onEpisode: (episode: RecordedEpisode) => void,
): Promise<void> {
  const { suite } = options
  const context = await options.browser.newContext({ viewport: suite.viewport })
  // In the midst of a demonstration too: what is closed types and records no more.
  const close = (): void => void context.close()
  permit.signal.addEventListener('abort', close)
  try {
    const page = await context.newPage()
    for (let turn = 0; turn < options.episodes && !permit.signal.aborted; turn += 1) {
      options.signal?.throwIfAborted()
      const seed = demoSeed(options.seed ?? 0, turn)
      const { instruction } = await suite.reset(page, task, seed)
      if (turn === 0) await startRecorder(permit, page, bundle, options, count)
      onEpisode(await demonstrate(page, suite, task, seed, instruction, options.keyMs ?? 4))
    }
    await stopRecorder(page)
  } catch (error) {
    if (!permit.signal.aborted) throw error
  } finally {
    permit.signal.removeEventListener('abort', close)
    await context.close()
  }
}

/** The seed of a demonstration; never one that an evaluation draws. */
export function demoSeed(seed: number, turn: number): string {
  return seed === 0 ? `demo-${turn}` : `demo-${seed}-${turn}`
}

async function demonstrate(page: Page, suite: Suite, task: SuiteTask, seed: string, goal: string, keyMs: number): Promise<RecordedEpisode> {
  await tellRecorder(page, 'startTask', { goal, template: `${suite.short}/${task.name}`, seed })
  const { actions, failed } = await solved(page, keyMs)
  const success = failed === undefined && (await suite.outcome(page)).reward === 1
  await tellRecorder(page, 'endTask', { outcome: success ? 'success' : 'failure', by: 'page' })
  await tellRecorder(page, 'flush')
  return { task: task.name, seed, actions, success, ...(failed === undefined ? {} : { failed }) }
}

async function solved(page: Page, keyMs: number): Promise<{ readonly actions: number; readonly failed?: string }> {
  try {
    return { actions: await driveSolve(page, { keyMs }) }
  } catch (error) {
    if (error instanceof AgentError && error.code === 'OVT-1510') return { actions: 0, failed: error.message }
    throw error
  }
}
