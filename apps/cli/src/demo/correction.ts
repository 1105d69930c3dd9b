import { evalSeed, recordCorrection, type CorrectReport } from '@overt/agent'
import { permitsFor, readEpisodes } from '@overt/data'
import type { Episode } from '@overt/schema'
import type { Page } from 'playwright-core'

import { openDevice } from '../folder/device.ts'
import { trustedKeys } from '../folder/operator.ts'
import { signedSample } from '../folder/sample.ts'
import { CliError, exitCode } from '../terminal/failure.ts'
import type { Lesson } from './lesson.ts'
import { firstOf, personOverseer, scriptedOverseer } from './overseer.ts'
import { showDecision } from './score.ts'
import type { Stages } from './stages.ts'
import { people, type Walk } from './walk.ts'

/** What someone did after taking over from the agent, as the store has it. */
export interface CorrectionReport {
  readonly steps: number
  readonly success: boolean
}

interface Part {
  readonly walk: Walk
  readonly stages: Stages
  readonly page: Page
  readonly headless: boolean
}

/** A task of several steps, of which the agent is left to do the first. */
const taskName = 'search-row-edit'
/** Held out, as all seeds of trials are; none of the others draws from it. */
const trialSeed = 77
/** An agent that gives up at once leaves nothing to take over: another page is drawn. */
const tries = 3
const askMs = 5 * 60_000
const question = 'The agent does one more task, and you may take over. May what you do then be recorded, to correct it?'

/** The agent does one more task, someone takes over, and what they do becomes data under a consent of its own; null where it was left out. */
export async function correctionPart(part: Part, lesson: Lesson): Promise<CorrectionReport | null> {
  const { walk, stages, headless } = part
  if (!headless && !(await agreed(part))) {
    stages.skip('correction', 'correction', 'You left out taking over from the agent: nothing was recorded of it.')
    return null
  }
  const report = await stages.run(
    'correction',
    'correction',
    headless
      ? 'The agent does one more task, and a script stands for the person who takes over'
      : 'The agent does one more task: take over',
    () => corrected(part, lesson),
    (made) =>
      made === null
        ? 'Nobody took over from the agent, so nothing was recorded.'
        : `The correction: ${made.steps} steps, recorded for learning.`,
  )
  walk.server.feed.publish({ kind: 'correction', phase: 'over', steps: report?.steps ?? 0 })
  return report
}

/** Asks apart: no answer is a no. */
async function agreed({ walk, stages }: Part): Promise<boolean> {
  walk.server.feed.publish({ kind: 'correction', phase: 'asked' })
  stages.offer('correction', question)
  return (await firstOf(walk, { correct: true, skip: false }, askMs)) ?? false
}

async function corrected(part: Part, lesson: Lesson): Promise<CorrectionReport | null> {
  const { walk } = part
  const before = new Set((await corrections(walk)).map(({ id }) => id))
  const { takeovers } = await attempts(part, lesson)
  if (takeovers === 0) return null
  const made = (await corrections(walk)).filter(({ id }) => !before.has(id))
  if (made.length < takeovers)
    throw new CliError(
      'OVT-1736',
      exitCode.failed,
      `Someone took over from the agent ${takeovers} times, and the store has ${made.length} corrections of it.`,
      'Report this with the folder of this run: it is a defect of Overt.',
    )
  return { steps: made.reduce((sum, { steps }) => sum + steps.length, 0), success: made.at(-1)?.outcome === 'success' }
}

async function attempts(part: Part, lesson: Lesson): Promise<Pick<CorrectReport, 'takeovers'>> {
  const { walk, page, headless } = part
  const { folder, suite, terminal, server } = walk
  const { manifest, device } = await enrolled(walk)
  for (let turn = 0; turn < tries; turn += 1) {
    const report = await recordCorrection(device.permit, {
      browser: headless ? walk.hidden : (page.context().browser() ?? walk.hidden),
      suite,
      task: taskName,
      seed: evalSeed(trialSeed, turn),
      model: lesson.model,
      purpose: 'ground',
      receipt: device.receipt,
      manifest,
      keys: trustedKeys(folder.operator),
      to: { send: device.send },
      overseer: headless ? scriptedOverseer() : personOverseer(walk),
      onOutlook: (outlook, goal) => showDecision(walk, { task: `${suite.short}/${taskName}`, goal, ...outlook }),
      signal: terminal.signal,
    })
    if (report.takeovers > 0 || report.end === 'stopped' || report.end === 'closed') return report
    server.feed.publish({ kind: 'attempt', task: taskName, policy: 'agent', success: report.success })
  }
  return { takeovers: 0 }
}

/** The person's own receipt for corrections alone, on a device of its own. */
async function enrolled({ folder, suite, server }: Walk) {
  const manifest = await signedSample(folder.operator, {
    origins: [suite.origin],
    nowEpochMs: folder.store.nowEpochMs(),
    purposes: ['correct'],
    id: 'overt-demo-corrections',
    name: 'the page where the agent works',
  })
  return { manifest, device: await openDevice(folder, { person: people.own, manifest, purpose: 'correct', ingest: server.ingest }) }
}

/** The person's corrections as a reader finds them in the store. */
export async function corrections({ folder }: Walk): Promise<readonly Episode[]> {
  const found: Episode[] = []
  for await (const permit of permitsFor(folder.store, 'correct', { persons: [people.own] }))
    for await (const episode of readEpisodes(permit, folder.store, { reader: 'overt demo' }))
      if (episode.correction !== undefined) found.push(episode)
  return found
}
