import type { HistoryEntry } from '@overt/learn'

import { act } from '../act/act.ts'
import { shortRest } from '../act/settle.ts'
import type { Decide } from '../decide/decide.ts'
import type { Eye } from '../decide/eye.ts'
import { createVeil } from '../decide/veil.ts'
import type { Suite, SuiteTask } from './suite.ts'

/** One act of an episode, as its trace keeps it: redacted. */
export interface TraceStep {
  readonly kind: string
  readonly role: string
  readonly name: string
  readonly argument: string
  readonly p01: number
  /** `ok`, or why the hand could not do it. */
  readonly acted: string
  readonly decideMs: number
}

/** How one episode went. */
export interface EpisodeResult {
  readonly seed: string
  readonly instruction: string
  readonly success: boolean
  /** `done`: the page ended it; `gave-up`: the policy did; `bound`: too many acts. */
  readonly end: 'done' | 'gave-up' | 'bound'
  readonly trace: readonly TraceStep[]
}

/** Draws the task of a seed and lets a policy act on it until the page says it is done, the policy gives up, or the bound is reached. */
export async function runEpisode(eye: Eye, suite: Suite, task: SuiteTask, seed: string, decide: Decide): Promise<EpisodeResult> {
  const { page } = eye
  const { instruction } = await suite.reset(page, task, seed)
  await eye.rest(shortRest)
  const veil = createVeil()
  const goal = veil.goal(instruction)
  const history: HistoryEntry[] = []
  const trace: TraceStep[] = []
  let end: EpisodeResult['end'] = 'bound'
  let outcome = await suite.outcome(page)
  while (trace.length < task.maxActions && end === 'bound') {
    const observation = veil.observation(await eye.observe())
    const began = performance.now()
    const [best] = decide(observation, goal, history)
    const decideMs = performance.now() - began
    if (best === undefined || best.action.kind === 'done') {
      end = 'gave-up'
      break
    }
    const { action } = best
    const acted = await act(eye, action, observation, veil.original)
    const node = observation.nodes.find((one) => one.id === action.node)
    history.push({ action, observation })
    trace.push({
      kind: action.kind,
      role: node?.role ?? '',
      name: node?.name ?? '',
      argument: action.argument,
      p01: best.p01,
      acted: acted.ok ? 'ok' : acted.reason,
      decideMs,
    })
    outcome = await suite.outcome(page)
    if (outcome.done) end = 'done'
  }
  return { seed, instruction: goal, success: outcome.done && outcome.reward === 1, end, trace }
}
