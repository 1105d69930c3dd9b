import { availableParallelism } from 'node:os'
import type { Browser } from 'playwright-core'
import { wilson } from '@overt/learn'

import type { Contender } from '../decide/contender.ts'
import { openEye, type Eye } from '../decide/eye.ts'
import { AgentError } from '../error.ts'
import { runEpisode, type EpisodeResult } from './episode.ts'
import { inParallel } from './parallel.ts'
import { tasksOf, type Suite, type SuiteTask } from './suite.ts'

/** Fewer episodes of a task than this make a report preliminary. */
const enoughEpisodes = 50

/** A trial waits for its page for more than half of its time, so a core carries two. */
function lanes(): number {
  return 2 * availableParallelism()
}

/** What is to be evaluated, against what, on how many fresh seeds of each task. */
export interface EvaluateOptions {
  readonly browser: Browser
  readonly suite: Suite
  readonly tasks?: readonly string[]
  readonly episodes: number
  readonly seed: number
  /** The first is the agent; the others are baselines on the same seeds. */
  readonly contenders: readonly Contender[]
  readonly parallel?: number
  /** Hashes that the report names. */
  readonly model?: string
  readonly data?: string
  readonly onEpisode?: (episode: EvaluatedEpisode) => void
  readonly signal?: AbortSignal
}

/** An episode, whose it was and of which task. */
export interface EvaluatedEpisode extends EpisodeResult {
  readonly contender: string
  readonly task: string
}

/** Strict successes on one task, with Wilson's 95% interval, 0-1. */
export interface TaskScore {
  readonly name: string
  readonly n: number
  readonly successes: number
  readonly wilson: readonly [number, number]
}

/** What `overt evaluate --json` prints. Rates 0-1, times in milliseconds. */
export interface EvaluationReport {
  readonly v: 1
  readonly suite: string
  readonly tasks: readonly TaskScore[]
  readonly n: number
  readonly successes: number
  readonly mean: number
  readonly baselines: Readonly<Record<string, number>>
  readonly baselineTasks: Readonly<Record<string, readonly TaskScore[]>>
  readonly msPerDecision: { readonly p50: number; readonly p95: number }
  readonly model: string
  readonly data: string
  readonly seed: number
  readonly episodes: number
  readonly preliminary: boolean
  readonly ms: number
}

/** Lets contenders act on the same fresh seeds of every task, in real pages. Throws `AgentError` where a task gives no number: a report never has a hole. */
export async function evaluateSuite(options: EvaluateOptions): Promise<EvaluationReport> {
  const began = performance.now()
  const tasks = tasksOf(options.suite, options.tasks)
  const [agent] = options.contenders
  if (agent === undefined || options.episodes < 1)
    throw new AgentError('OVT-1508', 'An evaluation needs a policy and at least one episode.')
  const units = tasks.flatMap((task) => options.contenders.map((contender) => ({ task, contender })))
  const done: EvaluatedEpisode[] = []
  await inParallel(options.parallel ?? lanes(), units, async ({ task, contender }) => {
    await withEye(options, async (eye) => {
      for (let turn = 0; turn < options.episodes; turn += 1) {
        options.signal?.throwIfAborted()
        const episode = { contender: contender.name, task: task.name, ...(await trial(eye, options, task, contender, turn)) }
        done.push(episode)
        options.onEpisode?.(episode)
      }
    })
  })
  return report(options, tasks, agent, done, Math.round(performance.now() - began))
}

/** The seed of an evaluation's episode; never one that a demonstration draws. */
export function evalSeed(seed: number, turn: number): string {
  return `eval-${seed}-${turn}`
}

async function trial(eye: Eye, options: EvaluateOptions, task: SuiteTask, contender: Contender, turn: number): Promise<EpisodeResult> {
  const seed = evalSeed(options.seed, turn)
  const { suite } = options
  try {
    return await runEpisode(eye, suite, task, seed, contender.decide({ template: `${suite.short}/${task.name}`, seed }))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new AgentError('OVT-1508', `${suite.name} gave no number for ${task.name}, seed ${seed}, under ${contender.name}: ${why}`, {
      cause,
    })
  }
}

async function withEye(options: EvaluateOptions, work: (eye: Eye) => Promise<void>): Promise<void> {
  const context = await options.browser.newContext({ viewport: options.suite.viewport })
  try {
    const page = await context.newPage()
    page.on('dialog', (dialog) => void dialog.accept().catch(() => {})) // a dialog that closed by itself needs no answer
    const eye = await openEye(page)
    await work(eye)
    await eye.close()
  } finally {
    await context.close()
  }
}

function report(
  options: EvaluateOptions,
  tasks: readonly SuiteTask[],
  agent: Contender,
  done: readonly EvaluatedEpisode[],
  ms: number,
): EvaluationReport {
  const scores = (contender: Contender): readonly TaskScore[] =>
    tasks.map(({ name }) =>
      score(
        name,
        done.filter((one) => one.contender === contender.name && one.task === name),
      ),
    )
  const own = scores(agent)
  const baselines = options.contenders.slice(1).map((contender) => [contender.name, scores(contender)] as const)
  const times = done.filter((one) => one.contender === agent.name).flatMap((one) => one.trace.map((step) => step.decideMs))
  return {
    v: 1,
    suite: options.suite.name,
    tasks: own,
    n: own.reduce((sum, task) => sum + task.n, 0),
    successes: own.reduce((sum, task) => sum + task.successes, 0),
    mean: meanRate(own),
    baselines: Object.fromEntries(baselines.map(([name, list]) => [name, meanRate(list)])),
    baselineTasks: Object.fromEntries(baselines),
    msPerDecision: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    model: options.model ?? '',
    data: options.data ?? '',
    seed: options.seed,
    episodes: options.episodes,
    preliminary: options.episodes < enoughEpisodes,
    ms,
  }
}

function score(name: string, episodes: readonly EvaluatedEpisode[]): TaskScore {
  const successes = episodes.filter((episode) => episode.success).length
  return { name, n: episodes.length, successes, wilson: wilson(successes, episodes.length) }
}

/** Every task counts the same. */
function meanRate(tasks: readonly TaskScore[]): number {
  return tasks.reduce((sum, task) => sum + task.successes / task.n, 0) / tasks.length
}

function quantile(values: readonly number[], share01: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share01))] ?? 0
  return Math.round(value * 1000) / 1000
}
