import type { Browser, Page } from 'playwright-core'
import { rank, type HistoryEntry, type Model } from '@overt/learn'
import type { Observation, Purpose } from '@overt/schema'

import { act } from '../act/act.ts'
import { shortRest } from '../act/settle.ts'
import { AgentError } from '../error.ts'
import { mustAsk, riskOf, type Answer, type Approve, type Proposal } from '../takeover/approval.ts'
import { createLease, type Holder, type Lease } from '../takeover/lease.ts'
import { takeoverOf, type Outlook, type Takeover } from '../takeover/takeover.ts'
import { watchTouch, type Touch } from '../takeover/touch.ts'
import { openEye, type Eye } from './eye.ts'
import { createVeil } from './veil.ts'

/** What an agent is to do on a page, with which model, and who is asked. */
export interface DriveOptions {
  readonly model: Model
  /** What the agent is used for: it must be among the purposes that the model's data was given for. */
  readonly purpose: Purpose
  readonly goal: string
  readonly approve: Approve
  /** Asked where `approve` says so. */
  readonly ask: (proposal: Proposal, lease: Lease) => Promise<Answer>
  /** Hears who holds the page; with the lease a person can take over and hand back. */
  readonly onLease?: (holder: Holder, lease: Lease) => void
  /** Hears of every takeover, with what the agent would have done; the lease is the person's by then. */
  readonly onTakeover?: (takeover: Takeover, lease: Lease) => void
  /** Sees what the agent sees before each act, and what it might do, best first. */
  readonly onOutlook?: (outlook: Outlook) => void
  /** Whether the page itself says that there is nothing left to do. */
  readonly isOver?: () => Promise<boolean>
  readonly onStep?: (step: AgentStep) => void
  readonly maxActions?: number
  readonly signal?: AbortSignal
}

/** The same in a page of its own. */
export interface RunAgentOptions extends DriveOptions {
  readonly browser: Browser
  readonly url: string
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
  /** `finished`: the model or the page says so; `stopped`: a person did; `stuck`: nothing left to try; `bound`: too many acts. */
  readonly end: 'finished' | 'stopped' | 'stuck' | 'bound'
  readonly takeovers: number
  readonly steps: readonly AgentStep[]
}

interface Run {
  readonly options: DriveOptions
  readonly eye: Eye
  readonly touch: Touch
  readonly lease: Lease
  readonly veil: ReturnType<typeof createVeil>
  readonly history: HistoryEntry[]
  readonly steps: AgentStep[]
  /** null once it is acted on: the page is another then. */
  outlook: Outlook | null
}

/** Drives a real page towards a goal, asking a person as `approve` says; any touch of theirs on the page takes it over. */
export async function runAgent(options: RunAgentOptions): Promise<AgentReport> {
  mustServe(options)
  const context = await options.browser.newContext({ viewport: { width: 1024, height: 720 } })
  try {
    const page = await context.newPage()
    await open(page, options.url)
    return await driveAgent(await openEye(page), options)
  } finally {
    await context.close()
  }
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load', timeout: 30_000 }).catch((cause: unknown) => {
    throw new AgentError('OVT-1513', `${url} cannot be opened.`, { cause })
  })
}

function mustServe({ model, purpose }: DriveOptions): void {
  const { purposes } = model.head
  if (!purposes.includes(purpose))
    throw new AgentError('OVT-1512', `The model's data was given for ${purposes.join(', ')}, not for ${purpose}.`)
}

/** Drives a page that is open already, and stays so. */
export async function driveAgent(eye: Eye, options: DriveOptions): Promise<AgentReport> {
  mustServe(options)
  const veil = createVeil()
  const lease = createLease((holder, reason) => {
    options.onLease?.(holder, lease)
    if (reason !== null) options.onTakeover?.(takeoverOf(options.model.head.hash, reason, run.outlook, veil.original), lease)
  })
  const touch = watchTouch(eye, () => lease.takeOver('touch'))
  const run: Run = { options, eye, touch, lease, veil, history: [], steps: [], outlook: null }
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
  if (await options.isOver?.()) return 'finished'
  const { takeovers } = run.lease
  const observation = veil.observation(await eye.observe())
  const rejected = new Set(steps.slice(steps.findLastIndex((step) => step.acted === 'ok') + 1).map(keyOf))
  for (const { action, p01 } of look(run, observation)) {
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
    const answer = mustAsk(options.approve, proposal.risk) ? await options.ask(proposal, run.lease) : 'unasked'
    const note = (acted: string): void => {
      steps.push({ ...proposal, answer, acted })
      options.onStep?.({ ...proposal, answer, acted })
    }
    if (answer === 'stop') return 'stopped'
    if (answer === 'take-over') run.lease.takeOver('answer')
    // The page may have changed while a person thought, or be theirs now: look again.
    if (run.lease.takeovers !== takeovers) return null
    if (answer === 'reject') return (note('rejected'), null)
    run.outlook = null
    const acted = await run.touch.during(() => act(eye, action, observation, veil.original))
    note(acted.ok ? 'ok' : acted.reason)
    if (acted.ok) history.push({ action, observation })
    return null
  }
  return 'stuck'
}

function look(run: Run, observation: Observation): Outlook['ranked'] {
  const { options, veil, history } = run
  run.outlook = { observation, ranked: rank(options.model, observation, veil.goal(options.goal), history) }
  options.onOutlook?.(run.outlook)
  return run.outlook.ranked
}

function keyOf(step: Pick<Proposal, 'kind' | 'role' | 'name' | 'argument'>): string {
  return [step.kind, step.role, step.name, step.argument].join('\u001f')
}
