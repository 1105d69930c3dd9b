import type { DemoCommand } from '@overt/schema'
import { basename } from 'node:path'
import type { Page } from 'playwright-core'

import { openColleague, type Colleague } from './colleague.ts'
import { eraseOwn } from './erasure.ts'
import { demonstrationsDir, humanPart, type HumanReport } from './human.ts'
import { buildRelease, learn, type Lesson } from './lesson.ts'
import { agree, doTask, finished, openPage, plantedString, showTask } from './own-task.ts'
import type { DemoReport } from './report.ts'
import { compare, firstTask, point } from './score.ts'
import { openStages, type Stages } from './stages.ts'
import type { Walk } from './walk.ts'

/** How a walk-through is to be run. */
export interface WalkOptions {
  readonly headless: boolean
  /** Held-out episodes of each family. */
  readonly episodes: number
  /** Captured demonstrations of each family, at the end. */
  readonly demonstrations: number
  readonly miniwobDemos: string | undefined
  readonly miniwob: string | undefined
}

interface Run {
  readonly walk: Walk
  readonly options: WalkOptions
  readonly stages: Stages
  readonly page: Page
  readonly colleague: Colleague
  readonly canary: string
}

/** So many demonstrations of each family come before the first lesson. */
const firstLesson = 4
const curvePoints = [1, 2, 4] as const
const curveEpisodes = 6
const validation01 = 0.1
const personMs = 30 * 60_000

/** The walk-through from consent to erasure. Throws where a part does not hold. */
export async function walkThrough(walk: Walk, options: WalkOptions): Promise<DemoReport> {
  const readyMs = Number(process.env['OVERT_SETUP_READY_MS'] ?? Date.now() - performance.now())
  const stages = openStages(walk.terminal, walk.server.feed)
  const { page } = await openPage(walk, options.headless)
  const run: Run = { walk, options, stages, page, colleague: await openColleague(walk), canary: plantedString() }
  await ownPart(run)
  const early = await colleaguePart(run, Math.min(firstLesson, options.demonstrations), 'first')
  await stages.run(
    'agent',
    'agent',
    'The agent does its first task',
    () => firstTask(walk, early),
    () => 'The agent finished its first held-out task.',
  )
  const readyToAgentMs = Math.round(Date.now() - readyMs)
  const left = options.demonstrations - firstLesson
  const lesson = left > 0 ? await colleaguePart(run, left, 'all') : early
  const scores = await scorePart(run, lesson)
  const human = await runHuman(run)
  const erased = await erasePart(run, lesson)
  const { ledger, canaryHitsBefore, canaryHits, decrypts, revoked } = erased
  return {
    phases: stages.phases,
    readyToAgentMs,
    ...scores,
    human,
    erased: { canaryHitsBefore, canaryHits, decrypts, revoked },
    ledger,
    folder: walk.dir,
  }
}

/** Consent, then a task by the person's own hand (headless: by a script, with trusted input in the same page). */
async function ownPart({ walk, options, stages, page, canary }: Run): Promise<void> {
  await stages.run(
    'consent',
    'consent',
    'The back office asks whether it may record you',
    () => (options.headless ? agree(page, walk) : asked(walk, 'consented')),
    () => 'You said yes: the back office records, until you say otherwise.',
  )
  await stages.run(
    'task',
    'task',
    'A refund in the back office',
    async () => {
      const { frame } = await showTask(page, walk, canary)
      if (options.headless) return doTask(page, frame)
      await Promise.race([finished(frame, personMs), asked(walk, 'colleague').then(() => doTask(page, frame))])
    },
    () => 'One refund, recorded step by step; the card number stayed on the page.',
  )
}

/** More demonstrations by the scripted colleague, the release, the model. */
async function colleaguePart({ walk, stages, colleague }: Run, each: number, name: 'first' | 'all'): Promise<Lesson> {
  const total = await stages.run(
    `capture ${name}`,
    'colleague',
    'A scripted colleague works in a browser out of sight',
    (say) => colleague.demonstrate(each, (done, of) => say(`A scripted colleague: ${done} of ${of} demonstrations`, done / of)),
    (recorded) => `${recorded} demonstrations by a scripted colleague, captured by the recorder.`,
  )
  const release = await stages.run(
    'dataset',
    'dataset',
    'The recordings become a dataset',
    () => buildRelease(walk, name, total, name === 'all' ? validation01 : 0),
    ({ report }) => `${report.rows} steps of ${report.episodes} demonstrations, each under a live agreement.`,
  )
  const { report } = release
  walk.server.feed.publish({
    kind: 'dataset',
    rows: report.rows,
    episodes: report.episodes,
    agreed01: 1,
    splits: Object.entries(report.splits).map(([split, { rows, episodes }]) => ({ name: split, rows, episodes })),
  })
  return stages.run(
    'train',
    'training',
    'A small model learns from it',
    () => learn(walk, release, name),
    ({ model }) => `Trained in ${(model.head.trainedMs / 1000).toFixed(1)} s: ${basename(walk.dir)}/${name}.model`,
  )
}

/** The agent beside the baselines, and the learning curve. */
async function scorePart({ walk, options, stages }: Run, lesson: Lesson): Promise<Pick<DemoReport, 'agent' | 'baselines' | 'curve'>> {
  const report = await stages.run(
    'evaluate',
    'results',
    'The agent and simpler ways, on the same tasks that none has seen',
    (say) => compare(walk, lesson, options.episodes, (done, of) => say(`${done} of ${of} attempts`, done / of)),
    ({ successes, n }) => `The agent did ${successes} of ${n} held-out tasks.`,
  )
  const agent = { successes: report.successes, n: report.n, tasks: report.tasks }
  const { random = 0, stringMatch = 0, macroReplay = 0 } = report.baselines
  const curve = await stages.run(
    'curve',
    null,
    'The learning curve',
    () => curveOf(walk, options),
    (points) =>
      `Learning curve: ${points.map(({ demonstrations, success }) => `${demonstrations}: ${(success * 100).toFixed(0)}%`).join(', ')}`,
  )
  const whole = [...curve, { demonstrations: options.demonstrations, success: report.mean }]
  const baselines = { random, stringMatch, macroReplay }
  walk.server.feed.publish({
    kind: 'results',
    agent: { successes: agent.successes, n: agent.n },
    baselines: Object.entries(baselines).map(([name, success01]) => ({ name, success01 })),
    curve: whole.map(({ demonstrations, success }) => ({ demonstrations, success01: success })),
  })
  return { agent, baselines, curve: whole }
}

async function curveOf(walk: Walk, options: WalkOptions): Promise<DemoReport['curve']> {
  const points: { demonstrations: number; success: number }[] = []
  for (const demonstrations of curvePoints.filter((each) => each < options.demonstrations)) {
    const name = `curve-${demonstrations}`
    const lesson = await learn(walk, await buildRelease(walk, name, demonstrations, 0), name)
    const report = await point(walk, lesson, Math.min(curveEpisodes, options.episodes))
    points.push({ demonstrations, success: report.mean })
  }
  return points
}

async function runHuman({ walk, options, stages }: Run): Promise<HumanReport | null> {
  const dir = await demonstrationsDir(options.miniwobDemos)
  if (dir === null) {
    stages.skip('human', null, 'No recorded human demonstrations here: that part is left out (name their folder with --miniwob-demos).')
    return null
  }
  return stages.run(
    'human',
    null,
    "The same loop on people's demonstrations",
    (say) => humanPart(walk, dir, options.miniwob, say),
    ({ tasks, mean, measure }) => `From people's demonstrations: ${(mean * 100).toFixed(0)}% ${measure} on ${tasks} tasks.`,
  )
}

async function erasePart({ walk, options, stages, canary }: Run, lesson: Lesson): Promise<Awaited<ReturnType<typeof eraseOwn>>> {
  if (!options.headless) await asked(walk, 'erase')
  return stages.run(
    'erase',
    'erase',
    'Taking back what was recorded of you',
    () => eraseOwn(walk, lesson, canary),
    ({ reached }) =>
      `Erased: ${reached['events'] ?? 0} events; ${reached['datasets'] ?? 0} datasets and ${reached['models'] ?? 0} models revoked. The ledger holds.`,
  )
}

/** Waits for a button of the page. */
function asked({ server, terminal }: Walk, kind: DemoCommand['kind']): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = server.feed.onCommand((command) => {
      if (command.kind !== kind) return
      stop()
      resolve()
    })
    terminal.signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true })
  })
}
