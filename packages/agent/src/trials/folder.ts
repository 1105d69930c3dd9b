import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'

import { AgentError } from '../error.ts'
import { serveFolder } from './serve.ts'
import type { Suite, SuiteTask, TaskOutcome } from './suite.ts'

interface OvertTask {
  reset(seed: string): Promise<{ instruction: string }> | { instruction: string }
  outcome(): Promise<TaskOutcome> | TaskOutcome
}

/** Opens a folder whose `suite.json` names its pages. Throws `AgentError` where it is missing or wrong. */
export async function openFolder(name: string, folder: string): Promise<Suite> {
  const entries = await readSuite(folder)
  const served = await serveFolder(folder)
  const tasks = entries.map(({ page, ...entry }): SuiteTask => ({ ...entry, url: new URL(page, `${served.origin}/`).href }))
  return {
    name,
    short: name === 'own' ? 'own' : basename(folder),
    origin: served.origin,
    tasks,
    viewport: { width: 1024, height: 720 },
    reset: async (page, task, seed) => {
      if (page.url() !== task.url) await open(page, task)
      const drawn = await page.evaluate(async (given) => (window as unknown as { overtTask: OvertTask }).overtTask.reset(given), seed) // as: the page defines it
      if (typeof drawn?.instruction !== 'string') throw new AgentError('OVT-1507', `${task.name}: overtTask.reset gave no instruction.`)
      return { instruction: drawn.instruction }
    },
    outcome: (page) => readOutcome(page),
    close: () => served.close(),
  }
}

async function open(page: Page, task: SuiteTask): Promise<void> {
  await page.goto(task.url, { waitUntil: 'domcontentloaded' })
  await page
    .waitForFunction('typeof window.overtTask?.reset === "function"', undefined, { timeout: 5_000, polling: 20 })
    .catch((cause: unknown) => {
      throw new AgentError('OVT-1507', `${task.url} defines no window.overtTask.`, { cause })
    })
}

async function readOutcome(page: Page): Promise<TaskOutcome> {
  const outcome = await page.evaluate(async () => (window as unknown as { overtTask?: OvertTask }).overtTask?.outcome()) // as: the page defines it
  if (outcome === undefined) return { done: true, reward: 0 } // the act led away from the task page
  const { done, reward } = outcome
  if (typeof done !== 'boolean' || !Number.isFinite(reward))
    throw new AgentError('OVT-1508', `${page.url()}: overtTask.outcome gave ${JSON.stringify(outcome)}.`)
  return { done, reward: reward >= 1 ? 1 : 0 }
}

interface Entry {
  readonly name: string
  readonly page: string
  readonly maxActions: number
  readonly families: readonly string[]
}

async function readSuite(folder: string): Promise<readonly Entry[]> {
  const path = join(folder, 'suite.json')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AgentError('OVT-1504', `There is no suite at ${folder}: ${path} cannot be read.`, { cause })
  })
  const said = parseJson(text, path)
  const list: unknown = typeof said === 'object' && said !== null && 'v' in said && said.v === 1 && 'tasks' in said ? said.tasks : undefined
  if (!Array.isArray(list) || list.length === 0 || !list.every(isEntry)) {
    throw new AgentError('OVT-1505', `${path} must be {"v":1,"tasks":[{"name","page","maxActions","families"}]} with at least one task.`)
  }
  return list
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AgentError('OVT-1505', `${path} is not JSON.`, { cause })
  }
}

function isEntry(entry: unknown): entry is Entry {
  if (typeof entry !== 'object' || entry === null) return false
  const { name, page, maxActions, families } = entry as Record<string, unknown> // as: every member is checked in the next lines
  const named = typeof name === 'string' && name !== '' && typeof page === 'string' && page !== ''
  const bounded = typeof maxActions === 'number' && Number.isInteger(maxActions) && maxActions > 0
  return named && bounded && Array.isArray(families) && families.every((family) => typeof family === 'string')
}
