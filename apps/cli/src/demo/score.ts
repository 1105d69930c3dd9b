import { evaluateSuite, modelContender, type Contender, type EvaluationReport, type Outlook } from '@overt/agent'
import { rank } from '@overt/learn'

import { contendersOf } from '../learn/contenders.ts'
import type { Lesson } from './lesson.ts'
import type { Walk } from './walk.ts'

const shownCandidates = 5
/** The baselines that the walk-through shows. */
const shown: ReadonlySet<string> = new Set(['agent', 'random', 'stringMatch', 'macroReplay'])

/** One held-out task, watched: the first thing the agent finishes. */
export async function firstTask(walk: Walk, lesson: Lesson): Promise<EvaluationReport> {
  const [task] = walk.suite.tasks
  return evaluate(walk, [watched(walk, lesson)], { episodes: 1, seed: 0, ...(task === undefined ? {} : { tasks: [task.name] }) })
}

/** The agent beside the baselines on the same held-out seeds. */
export function compare(walk: Walk, lesson: Lesson, episodes: number, say: (done: number, of: number) => void): Promise<EvaluationReport> {
  const contenders = contendersOf(lesson.model, lesson.rows).filter(({ name }) => shown.has(name))
  const [, ...baselines] = contenders
  const total = contenders.length * walk.suite.tasks.length * episodes
  let done = 0
  return evaluate(walk, [watched(walk, lesson), ...baselines], { episodes, seed: 1, onEpisode: () => say((done += 1), total) })
}

/** The agent alone, for one point of the learning curve. */
export function point(walk: Walk, lesson: Lesson, episodes: number): Promise<EvaluationReport> {
  return evaluate(walk, [modelContender(lesson.model)], { episodes, seed: 1 })
}

function evaluate(
  walk: Walk,
  contenders: readonly Contender[],
  options: { readonly episodes: number; readonly seed: number; readonly tasks?: readonly string[]; readonly onEpisode?: () => void },
): Promise<EvaluationReport> {
  const { feed } = walk.server
  return evaluateSuite({
    browser: walk.hidden,
    suite: walk.suite,
    signal: walk.terminal.signal,
    contenders,
    ...options,
    onEpisode: ({ task, contender, success }) => {
      feed.publish({ kind: 'attempt', task, policy: contender, success })
      options.onEpisode?.()
    },
  })
}

/** The agent, its candidates shown on the page as it decides. */
function watched(walk: Walk, lesson: Lesson): Contender {
  return {
    name: 'agent',
    decide:
      ({ template }) =>
      (observation, instruction, history) => {
        const ranked = rank(lesson.model, observation, instruction, history)
        showDecision(walk, { task: template, goal: instruction, observation, ranked })
        return ranked
      },
  }
}

/** Shows on the page what the agent sees, and what it might do. */
export function showDecision({ server, suite }: Walk, decision: { readonly task: string; readonly goal: string } & Outlook): void {
  const { task, goal, observation, ranked } = decision
  const { width, height } = suite.viewport
  const candidates = ranked.slice(0, shownCandidates).map(({ action, p01 }) => ({ ...action, p01 }))
  server.feed.publish({ kind: 'decision', task, goal, viewport: [width, height], nodes: observation.nodes, candidates })
}
