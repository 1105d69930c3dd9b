import { receiptsOf } from '@overt/data'
import { basename } from 'node:path'
import type { Page } from 'playwright-core'

import { CliError, exitCode } from '../terminal/failure.ts'
import { openColleague, type Colleague } from './colleague.ts'
import { correctionPart } from './correction.ts'
import { eraseOwn, nothingOwn, type ErasureReport } from './erasure.ts'
import { demonstrationsDir, humanPart, type HumanReport } from './human.ts'
import { buildRelease, learn, type Lesson } from './lesson.ts'
import { asked, ownPart } from './own-part.ts'
import { openPage, plantedString } from './own-task.ts'
import type { DemoReport } from './report.ts'
import { compare, firstTask, point } from './score.ts'
import { openStages, type Stages } from './stages.ts'
import { people, type Walk } from './walk.ts'

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
  /** The first, and one more for every "Start again". */
  readonly round: number
}

/** So many demonstrations of each family come before the first lesson. */
const firstLesson = 4
const curvePoints = [1, 2, 4] as const
const curveEpisodes = 6
const validation01 = 0.1

/** The walk-through from consent to erasure; with a window, again and again until the person closes it. Throws where a part does not hold. */
export async function walkThrough(walk: Walk, options: WalkOptions, onReport: (report: DemoReport) => void): Promise<void> {
  const readyMs = Number(process.env['OVERT_SETUP_READY_MS'] ?? Date.now() - performance.now())
  const { page } = await openPage(walk, options.headless)
  const colleague = await openColleague(walk)
  const round = (number: number, fromMs: number): Promise<DemoReport> => {
    const stages = openStages(walk.terminal, walk.server.feed)
    return oneRound({ walk, options, stages, page, colleague, canary: plantedString(), round: number }, fromMs)
  }
  if (options.headless) return onReport(await round(1, readyMs))
  const over = closing(page)
  for (let number = 1; ; number += 1) {
    onReport(await Promise.race([round(number, number === 1 ? readyMs : Date.now()), over.then(closedEarly)]))
    walk.terminal.say('Close the window, or press Ctrl-C, to end.')
    if ((await Promise.race([over, asked(walk, ['restart'])])) === 'closed') return
    walk.server.feed.publish({ kind: 'restarted' })
  }
}

function closing(page: Page): Promise<'closed'> {
  return new Promise((resolve) => page.once('close', () => resolve('closed')))
}

function closedEarly(): never {
  throw new CliError(
    'OVT-1755',
    exitCode.interrupted,
    'The window was closed before the walk-through was over.',
    'What was recorded lies in the folder of this run; `overt demo --clean` removes it.',
  )
}

async function oneRound(run: Run, readyMs: number): Promise<DemoReport> {
  const { walk, options, stages } = run
  const own = await ownPart({ ...run, headless: options.headless })
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
  stages.close('results', `The agent did ${scores.agent.successes} of ${scores.agent.n} held-out tasks.`)
  const correction = await correctionPart({ ...run, headless: options.headless }, lesson)
  const { ledger, canaryHitsBefore, canaryHits, decrypts, revoked } = await erasePart(run, lesson, own === 'done')
  return {
    phases: stages.phases,
    readyToAgentMs,
    ...scores,
    human,
    correction,
    erased: { canaryHitsBefore, canaryHits, decrypts, revoked },
    ledger,
    folder: walk.dir,
  }
}

/** A name for a release or model that no other round has. */
function named({ round }: Run, name: string): string {
  return round === 1 ? name : `${name}-round-${round}`
}

/** More demonstrations by the scripted colleague, the release, the model. */
async function colleaguePart(run: Run, each: number, kind: 'first' | 'all'): Promise<Lesson> {
  const { walk, stages, colleague } = run
  const name = named(run, kind)
  const total = await stages.run(
    `capture ${kind}`,
    'colleague',
    'A scripted colleague works in a browser out of sight',
    (say) => colleague.demonstrate(each, (done, of) => say(`A scripted colleague: ${done} of ${of} demonstrations`, done / of)),
    (recorded) => `${recorded} demonstrations by a scripted colleague, captured by the recorder.`,
  )
  const release = await stages.run(
    'dataset',
    'dataset',
    'The recordings become a dataset',
    () => buildRelease(walk, name, total, kind === 'all' ? validation01 : 0),
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
async function scorePart(run: Run, lesson: Lesson): Promise<Pick<DemoReport, 'agent' | 'baselines' | 'curve'>> {
  const { walk, options, stages } = run
  const report = await stages.run(
    'evaluate',
    'results',
    'The agent and simpler ways, on the same tasks that none has seen',
    (say) => compare(walk, lesson, options.episodes, (done, of) => say(`${done} of ${of} attempts`, done / of)),
    ({ successes, n }) => `The agent did ${successes} of ${n} held-out tasks.`,
    true,
  )
  const agent = { successes: report.successes, n: report.n, tasks: report.tasks }
  const { random = 0, stringMatch = 0, macroReplay = 0 } = report.baselines
  const baselines = { random, stringMatch, macroReplay }
  const publish = (curve: DemoReport['curve']): void =>
    walk.server.feed.publish({
      kind: 'results',
      agent: { successes: agent.successes, n: agent.n },
      baselines: Object.entries(baselines).map(([name, success01]) => ({ name, success01 })),
      curve: curve.map(({ demonstrations, success }) => ({ demonstrations, success01: success })),
    })
  const whole = { demonstrations: options.demonstrations, success: report.mean }
  publish([whole])
  const curve = await stages.run(
    'curve',
    'results',
    'The learning curve: the same with fewer demonstrations',
    (say) =>
      curveOf(run, (points) => {
        publish([...points, whole])
        say('The learning curve: the same with fewer demonstrations', points.length / curvePoints.length)
      }),
    (points) =>
      `Learning curve: ${points.map(({ demonstrations, success }) => `${demonstrations}: ${(success * 100).toFixed(0)}%`).join(', ')}`,
    true,
  )
  return { agent, baselines, curve: [...curve, whole] }
}

async function curveOf(run: Run, onPoint: (points: DemoReport['curve']) => void): Promise<DemoReport['curve']> {
  const { walk, options } = run
  const points: { demonstrations: number; success: number }[] = []
  for (const demonstrations of curvePoints.filter((each) => each < options.demonstrations)) {
    const name = named(run, `curve-${demonstrations}`)
    const lesson = await learn(walk, await buildRelease(walk, name, demonstrations, 0), name)
    const report = await point(walk, lesson, Math.min(curveEpisodes, options.episodes))
    points.push({ demonstrations, success: report.mean })
    onPoint(points)
  }
  return points
}

/** People's own demonstrations, once a process: they are the same in every round. */
async function runHuman({ walk, options, stages, round }: Run): Promise<HumanReport | null> {
  const dir = round === 1 ? await demonstrationsDir(options.miniwobDemos) : null
  if (dir === null) {
    const why = 'No recorded human demonstrations here: that part is left out (name their folder with --miniwob-demos).'
    stages.skip('human', null, round === 1 ? why : "The part with people's demonstrations ran in the first round.")
    return null
  }
  return stages.run(
    'human',
    'results',
    "The same loop on people's demonstrations",
    (say) => humanPart(walk, dir, options.miniwob, say),
    ({ tasks, mean, measure }) => `From people's demonstrations: ${(mean * 100).toFixed(0)}% ${measure} on ${tasks} tasks.`,
    true,
  )
}

async function erasePart({ walk, options, stages, canary }: Run, lesson: Lesson, planted: boolean): Promise<ErasureReport> {
  if (receiptsOf(walk.folder.store, people.own).length === 0) {
    stages.skip('erase', 'erase', 'Nothing of yours was recorded, so there is nothing to erase.')
    return nothingOwn(walk)
  }
  if (!options.headless) {
    stages.offer('erase', 'Take back what was recorded of you, from here and from everything made of it.')
    await asked(walk, ['erase'])
  }
  return stages.run(
    'erase',
    'erase',
    'Taking back what was recorded of you',
    () => eraseOwn(walk, lesson, { canary, planted }),
    ({ reached }) =>
      `Erased: ${reached['events'] ?? 0} events; ${reached['datasets'] ?? 0} datasets and ${reached['models'] ?? 0} models revoked. The ledger holds.`,
  )
}
