import type { Browser, Page } from 'playwright-core'
import { rank, type HistoryEntry, type Model } from '@overt/learn'
import type { Purpose } from '@overt/schema'

import { act } from '../act/act.ts'
import { shortRest } from '../act/settle.ts'
import { AgentError } from '../error.ts'
import { mustAsk, riskOf, type Answer, type Approve, type Proposal } from '../takeover/approval.ts'
import { createLease, type Holder, type Lease } from '../takeover/lease.ts'
import { watchTouch, type Touch } from '../takeover/touch.ts'
import { openEye, type Eye } from './eye.ts'
import { createVeil } from './veil.ts'

/** What an agent is to do, where, with which model, and who is asked. */
export interface RunAgentOptions {
  readonly browser: Browser
  readonly model: Model
  /** What the agent is used for: it must be among the purposes that the model's data was given for. */
  readonly purpose: Purpose
  readonly url: string
  readonly goal: string
  readonly approve: Approve
  /** Asked where `approve` says so. */
  readonly ask: (proposal: Proposal) => Promise<Answer>
  /** Hears who holds the page; with the lease a person can take over and hand back. */
  readonly onLease?: (holder: Holder, lease: Lease) => void
  readonly onStep?: (step: AgentStep) => void
  readonly maxActions?: number
  readonly signal?: AbortSignal
}

/** A proposal and what became of it. */
export interface AgentStep extends Proposal {
  readonly answer: Answer | 'unasked'
  /** `ok`, or why it was not done. */
  readonly acted: string
}

/** What a run did, step by step, and how it ended. */
export interface AgentReport {
  readonly v: 1
  /** `finished`: the model says so; `stopped`: a person did; `stuck`: nothing left to try; `bound`: too many acts. */
  readonly end: 'finished' | 'stopped' | 'stuck' | 'bound'
  readonly takeovers: number
  readonly steps: readonly AgentStep[]
}

interface Run {
  readonly options: RunAgentOptions
  readonly eye: Eye
  readonly touch: Touch
  readonly lease: Lease
  readonly veil: ReturnType<typeof createVeil>
  readonly history: HistoryEntry[]
  readonly steps: AgentStep[]
}

/** Drives a real page towards a goal, asking a person as `approve` says; any touch of theirs on the page takes it over. */
export async function runAgent(options: RunAgentOptions): Promise<AgentReport> {
  const { purposes } = options.model.head
  if (!purposes.includes(options.purpose))
    throw new AgentError('OVT-1512', `The model's data was given for ${purposes.join(', ')}, not for ${options.purpose}.`)
  const context = await options.browser.newContext({ viewport: { width: 1024, height: 720 } })
  try {
    const page = await context.newPage()
    await open(page, options.url)
    return await drive(await openEye(page), options)
  } finally {
    await context.close()
  }
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load', timeout: 30_000 }).catch((cause: unknown) => {
    throw new AgentError('OVT-1513', `${url} cannot be opened.`, { cause })
  })
}

async function drive(eye: Eye, options: RunAgentOptions): Promise<AgentReport> {
  const lease = createLease((holder) => {
    options.onLease?.(holder, lease)
  })
  const touch = watchTouch(eye, () => lease.takeOver())
  const run: Run = { options, eye, touch, lease, veil: createVeil(), history: [], steps: [] }
  await eye.rest(shortRest)
  let end: AgentReport['end'] | null = null
  while (end === null) end = await turn(run)
  return { v: 1, end, takeovers: lease.takeovers, steps: run.steps }
}

/** One look, one proposal, one act; an end where there is one. */
async function turn(run: Run): Promise<AgentReport['end'] | null> {
  const { options, eye, veil, history, steps } = run
  await run.lease.granted(options.signal)
  if (steps.length >= (options.maxActions ?? 40)) return 'bound'
  const { takeovers } = run.lease
  const observation = veil.observation(await eye.observe())
  const rejected = new Set(steps.slice(steps.findLastIndex((step) => step.acted === 'ok') + 1).map(keyOf))
  for (const { action, p01 } of rank(options.model, observation, veil.goal(options.goal), history)) {
    if (action.kind === 'done') return 'finished'
    const node = observation.nodes.find((one) => one.id === action.node)
    const proposal: Proposal = {
      kind: action.kind,
      role: node?.role ?? '',
      name: node?.name ?? '',
      argument: action.argument,
      p01,
      risk: riskOf(action.kind, node, action.argument, p01),
    }
    if (rejected.has(keyOf(proposal))) continue
    const answer = mustAsk(options.approve, proposal.risk) ? await options.ask(proposal) : 'unasked'
    const note = (acted: string): void => {
      steps.push({ ...proposal, answer, acted })
      options.onStep?.({ ...proposal, answer, acted })
    }
    if (answer === 'stop') return 'stopped'
    if (answer === 'take-over') run.lease.takeOver()
    // The page may have changed while a person thought, or be theirs now: look again.
    if (run.lease.takeovers !== takeovers) return null
    if (answer === 'reject') return (note('rejected'), null)
    const acted = await run.touch.during(() => act(eye, action, observation, veil.original))
    note(acted.ok ? 'ok' : acted.reason)
    if (acted.ok) history.push({ action, observation })
    return null
  }
  return 'stuck'
}

function keyOf(step: Pick<Proposal, 'kind' | 'role' | 'name' | 'argument'>): string {
  return [step.kind, step.role, step.name, step.argument].join('\u001f')
}
