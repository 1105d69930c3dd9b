import { driveSolve, launchBrowser } from '@overt/agent'
import { receiptsOf } from '@overt/data'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Frame, Page } from 'playwright-core'

import { CliError, exitCode } from '../terminal/failure.ts'
import { pressButton } from './press.ts'
import { people, type Walk } from './walk.ts'

const waitMs = 60_000

/** Opens the walk-through's page in a real browser. */
export async function openPage(walk: Walk, headless: boolean): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const browser = headless ? walk.hidden : await launchBrowser({ headless: false })
  const context = await browser.newContext(headless ? { viewport: { width: 1440, height: 900 } } : { viewport: null })
  const page = await context.newPage()
  await page.goto(walk.server.signInLink('/demo'))
  return { browser, page }
}

/** Says yes on the consent card with a trusted click, and waits until the server has the receipt and the page, which keeps the key to it, records. */
export async function agree(page: Page, walk: Walk): Promise<void> {
  const frame = await toolFrame(page, walk)
  await pressButton(page, 'Start', waitMs)
  await until('the receipt', async () => receiptsOf(walk.folder.store, people.own).length > 0)
  await until('the recorder', () => isRecording(frame))
}

function isRecording(frame: Frame): Promise<boolean> {
  return frame.evaluate<boolean>('document.documentElement.dataset.overtState === "recording"')
}

/** Shows the person a refund to another card, with a planted string in its note. */
export async function showTask(page: Page, walk: Walk, canary: string): Promise<{ readonly frame: Frame; readonly goal: string }> {
  const frame = await toolFrame(page, walk)
  await frame.goto(`${walk.server.toolUrl ?? ''}/?task=refund-card&note=${encodeURIComponent(canary)}`)
  await until('the task', () => frame.evaluate<boolean>('"overtTask" in window'))
  await until('the recorder', () => isRecording(frame))
  const { instruction } = await frame.evaluate<{ instruction: string }>('window.overtTask.reset("demo-own")')
  walk.server.feed.publish({
    kind: 'goal',
    goal: instruction,
    hint: 'The card number stands in the message of the order. Watch on the right that it does not leave this page.',
  })
  return { frame, goal: instruction }
}

/** Does the task by trusted input in the page that records. */
export async function doTask(page: Page, frame: Frame): Promise<void> {
  await driveSolve(page, { frame, keyMs: 8 })
  await finished(frame, waitMs)
}

/** Waits until the task's page says that it is done, and done right. */
export async function finished(frame: Frame, timeoutMs: number): Promise<void> {
  let reward = 0
  await until(
    'the refund',
    async () => {
      const outcome = await frame.evaluate<{ done: boolean; reward: number }>('window.overtTask.outcome()')
      reward = outcome.reward
      return outcome.done
    },
    timeoutMs,
  )
  if (reward !== 1)
    throw new CliError(
      'OVT-1731',
      exitCode.failed,
      'The task in the back office was not done as its goal says.',
      'Run the demo again; with --headless it is done for you.',
    )
}

/** A string that redaction has no reason to touch, and that stands nowhere else. */
export function plantedString(): string {
  const letters = randomUUID()
    .replace(/[^a-f0-9]/g, '')
    .slice(0, 10)
  return `heron ${letters.replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'x')}`
}

async function toolFrame(page: Page, walk: Walk): Promise<Frame> {
  const origin = walk.server.toolUrl ?? ''
  let found: Frame | undefined
  await until('the back office', async () => (found = page.frames().find((frame) => frame.url().startsWith(origin))) !== undefined)
  if (found === undefined) throw new CliError('OVT-1730', exitCode.failed, 'The back office did not open.', 'Run the demo again.')
  return found
}

async function until(what: string, holds: () => Promise<boolean>, timeoutMs = waitMs): Promise<void> {
  const endMs = performance.now() + timeoutMs
  while (!(await holds())) {
    if (performance.now() > endMs)
      throw new CliError(
        'OVT-1730',
        exitCode.failed,
        `The demo waited ${timeoutMs / 1000} s for ${what}, and it did not come.`,
        'Run the demo again; on a busy machine, with fewer programs open.',
      )
    await sleep(50)
  }
}
