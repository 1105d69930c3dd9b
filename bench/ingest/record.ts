import { randomUUID } from 'node:crypto'

import { driveSolve, launchBrowser, openSuite, recordSuite, tasksOf, type Suite, type SuiteTask } from '@overt/agent'
import { decide, type Permit } from '@overt/privacy'
import type { Batch } from '@overt/schema'
import type { Browser } from 'playwright-core'

import { readBundle } from '../../packages/agent/src/decide/eye.ts'
import { placeRecorder } from '../../packages/agent/src/trials/recorder.ts'
import { type Papers, papersFor } from '../capture/papers.ts'

/** Batches of one kind, as the recorder made them. */
export interface Workload {
  /** `demo`: cut where the demo cuts, after every demonstration; `full`: cut by the recorder where a batch is full. `+text`: of a person who agreed to text. */
  readonly name: string
  readonly batches: readonly Batch[]
}

/** Everything that is posted. `origin`: where it was recorded. */
export interface Recorded {
  readonly origin: string
  readonly workloads: readonly Workload[]
}

/** Every workload that is recorded. */
export const workloadNames = ['demo', 'full', 'demo+text', 'full+text'].map((name) => ({ name }))

const demonstrations = 6
const fullTasks = ['search-row-edit', 'dialog', 'date', 'dropdown'] as const
/** Far beyond a recording: only a full batch leaves. */
const neverMs = 3_600_000
const mostDemonstrations = 400

/** Records the demo's tasks in a real Chromium, by trusted input and the recorder's real bundle; the person in it is made up. */
export async function recordWorkloads(progress: (line: string) => void): Promise<Recorded> {
  const browser = await launchBrowser({ headless: true })
  const suite = await openSuite('own')
  try {
    const { withText, withoutText } = await papersFor(suite.origin)
    const workloads: Workload[] = []
    for (const [suffix, papers] of [
      ['', withoutText],
      ['+text', withText],
    ] as const) {
      progress(`recording demo${suffix}`)
      workloads.push({ name: `demo${suffix}`, batches: await recordDemo(browser, suite, papers) })
      progress(`recording full${suffix}`)
      workloads.push({ name: `full${suffix}`, batches: await recordFull(browser, suite, papers) })
    }
    return { origin: suite.origin, workloads }
  } finally {
    await browser.close()
    await suite.close()
  }
}

async function permitOf({ receipt, manifest, keys }: Papers): Promise<Permit> {
  const decision = await decide(receipt, manifest, 'ground', Date.now(), { keys, secure: true })
  if (!decision.ok) throw new Error(`the benchmark's own consent does not hold: ${decision.reason}`)
  return decision.value
}

async function recordDemo(browser: Browser, suite: Suite, papers: Papers): Promise<readonly Batch[]> {
  const batches: Batch[] = []
  const to = { send: (batch: Batch) => void batches.push(batch) }
  await recordSuite(await permitOf(papers), { browser, suite, ...papers, episodes: demonstrations, to })
  return batches
}

async function recordFull(browser: Browser, suite: Suite, papers: Papers): Promise<readonly Batch[]> {
  const bundle = await readBundle('overt.iife.js')
  const permit = await permitOf(papers)
  const made = tasksOf(suite, fullTasks).map((task) => fullBatch(permit, { browser, suite, task, papers, bundle }))
  return Promise.all(made)
}

interface Shift {
  readonly browser: Browser
  readonly suite: Suite
  readonly task: SuiteTask
  readonly papers: Papers
  readonly bundle: string
}

/** One task again and again in one page, until the recorder's batch is full. */
async function fullBatch(permit: Permit, { browser, suite, task, papers, bundle }: Shift): Promise<Batch> {
  const context = await browser.newContext({ viewport: suite.viewport })
  try {
    const page = await context.newPage()
    const sent: Batch[] = []
    await suite.reset(page, task, 'full-0')
    const to = { send: (batch: Batch) => void sent.push(batch) }
    await placeRecorder(permit, page, bundle, { ...papers, to }, () => undefined)
    await page.evaluate(
      `overtRecording = Overt.record(overtPermit, { mode: 'task', flushMs: ${neverMs}, session: 'full-${randomUUID()}', send: (batch) => overtSend({ events: batch.count, batch }) })`,
    )
    for (let turn = 1; turn < mostDemonstrations; turn += 1) {
      await driveSolve(page, { keyMs: 1 })
      const [batch] = sent
      if (batch !== undefined) return batch
      await suite.reset(page, task, `full-${turn}`)
    }
    throw new Error(`${task.name} filled no batch in ${mostDemonstrations} demonstrations`)
  } finally {
    await context.close()
  }
}
