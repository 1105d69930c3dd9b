import type { Browser, Page } from 'playwright-core'
import type { Permit } from '@overt/privacy'
import type { Model } from '@overt/learn'
import type { Purpose } from '@overt/schema'

import { openEye, readBundle } from '../decide/eye.ts'
import { driveAgent, type AgentReport } from '../decide/run-agent.ts'
import { AgentError } from '../error.ts'
import type { Answer, Proposal } from '../takeover/approval.ts'
import type { Lease } from '../takeover/lease.ts'
import type { Outlook, Takeover } from '../takeover/takeover.ts'
import { beginRecording, placeRecorder, stopRecorder, tellRecorder, type RecorderOptions } from './recorder.ts'
import { tasksOf, type Suite, type SuiteTask } from './suite.ts'

/** Whoever stands beside the agent: a person, or a script that stands for one and is labelled so. */
export interface Overseer {
  readonly by: 'person' | 'script'
  /** Asked before every act but the first. Taking over is by this answer, by the lease, or by a touch of the page; the answer is moot then. */
  watch(proposal: Proposal, lease: Lease, page: Page): Promise<Answer>
  /** Has the page and is recorded; resolves when they hand it back. `isOver`: whether the page says that the task is done. */
  work(page: Page, isOver: () => Promise<boolean>): Promise<void>
}

/** One task of the agent's that someone may take over, and under which consent what they do then is recorded. */
export interface CorrectOptions extends RecorderOptions {
  readonly browser: Browser
  readonly suite: Suite
  readonly task: string
  readonly seed: string
  readonly model: Model
  /** What the agent is used for. */
  readonly purpose: Purpose
  readonly overseer: Overseer
  readonly onOutlook?: (outlook: Outlook, goal: string) => void
  readonly signal?: AbortSignal
}

/** How it went. `success`: the task was done right in the end; `end` is `closed` where the page was. */
export interface CorrectReport {
  readonly end: AgentReport['end'] | 'closed'
  readonly takeovers: number
  readonly success: boolean
  readonly events: number
}

/**
 * Lets the agent do one task in a page where the real recorder stands ready. It records nothing of the agent's: each recording starts when someone takes over
 * and ends when they hand back. Throws `AgentError` where the bundle is not built or the recorder refuses.
 */
export async function recordCorrection(permit: Permit, options: CorrectOptions): Promise<CorrectReport> {
  const { suite, browser } = options
  const bundle = await readBundle('overt.iife.js')
  const [task] = tasksOf(suite, [options.task])
  if (task === undefined || !permit.allows({ url: task.url }, 'actions'))
    throw new AgentError('OVT-1509', `The permit does not reach ${task?.url ?? options.task}.`)
  const context = await browser.newContext({ viewport: suite.viewport })
  try {
    const page = await context.newPage()
    let events = 0
    const { instruction } = await suite.reset(page, task, options.seed)
    await placeRecorder(permit, page, bundle, options, (count) => (events += count))
    return { ...(await attempt(permit, { options, page, task, goal: instruction })), events }
  } finally {
    await context.close()
  }
}

interface Attempt {
  readonly options: CorrectOptions
  readonly page: Page
  readonly task: SuiteTask
  readonly goal: string
}

async function attempt(permit: Permit, given: Attempt): Promise<Omit<CorrectReport, 'events'>> {
  const { options, page, task, goal } = given
  const { overseer, suite } = options
  const broken = Promise.withResolvers<never>()
  const closed = new Promise<null>((resolve) => page.once('close', () => resolve(null)))
  let acts = 0
  const driven = driveAgent(await openEye(page), {
    model: options.model,
    purpose: options.purpose,
    goal,
    approve: 'each',
    ask: (proposal, lease) => ((acts += 1) === 1 ? Promise.resolve('approve') : overseer.watch(proposal, lease, page)),
    onTakeover: (takeover, lease) => void corrected(permit, given, takeover).then(() => lease.handBack(), broken.reject),
    onOutlook: (outlook) => options.onOutlook?.(outlook, goal),
    isOver: async () => (await suite.outcome(page)).done,
    maxActions: task.maxActions,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  const report = await Promise.race([driven, broken.promise, closed]).catch((error: unknown) => {
    // A person who closes the page ends it, whatever was going on there.
    if (page.isClosed()) return null
    throw error
  })
  if (report === null) return { end: 'closed', takeovers: 0, success: false }
  const { done, reward } = await suite.outcome(page)
  return { end: report.end, takeovers: report.takeovers, success: done && reward === 1 }
}

/** Records what is done from the takeover to the hand-back, as a task that says what it corrects. */
async function corrected(permit: Permit, { options, page, task, goal }: Attempt, takeover: Takeover): Promise<void> {
  const { suite, overseer, seed } = options
  await beginRecording(permit, page, options.to)
  await tellRecorder(page, 'startTask', {
    goal,
    template: `${suite.short}/${task.name}`,
    seed,
    takeover: { by: overseer.by, ...takeover },
  })
  await overseer.work(page, async () => (await suite.outcome(page)).done)
  const { done, reward } = await suite.outcome(page)
  const outcome = done ? (reward === 1 ? 'success' : 'failure') : 'unknown'
  await tellRecorder(page, 'endTask', { outcome, by: done ? 'page' : 'none' })
  await stopRecorder(page)
}
