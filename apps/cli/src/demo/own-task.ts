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
  if (!headless) await fillScreen(page)
  await page.goto(walk.server.signInLink('/demo'))
  return { browser, page }
}

const largestWindowPx = { width: 1600, height: 1000 } as const

/** Chromium's own first window is too narrow for two pages side by side. */
async function fillScreen(page: Page): Promise<void> {
  const screen = await page.evaluate<{ width: number; height: number }>('({ width: screen.availWidth, height: screen.availHeight })')
  const width = Math.min(largestWindowPx.width, screen.width)
  const height = Math.min(largestWindowPx.height, screen.height)
  const session = await page.context().newCDPSession(page)
  const { windowId } = await session.send('Browser.getWindowForTarget')
  await session.send('Browser.setWindowBounds', { windowId, bounds: { left: 0, top: 0, width, height } })
  await session.detach()
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
  const goal = await begin(frame)
  walk.server.feed.publish({
    kind: 'goal',
    goal,
    hint: 'The card number stands in the message of the order: watch that it does not leave this page. The note holds made-up words, to look for after the erasure.',
  })
  return { frame, goal }
}

/** Begins the task from its first page, whatever was done of it before. */
async function begin(frame: Frame): Promise<string> {
  const { instruction } = await frame.evaluate<{ instruction: string }>('window.overtTask.reset("demo-own")')
  return instruction
}

/** Does the task by trusted input in the page that records; from its beginning where a person has begun it. Throws where it does not come out as its goal says. */
export async function doTask(page: Page, frame: Frame, begun = false): Promise<void> {
  if (begun) await begin(frame)
  await driveSolve(page, { frame, keyMs: 8 })
  if (await finished(frame, waitMs)) return
  throw new CliError(
    'OVT-1752',
    exitCode.failed,
    'The task in the back office was not done as its goal says.',
    'Run the demo again; on a busy machine, with fewer programs open.',
  )
}

/** Waits until the task's page says that it is done; resolves to whether it was done right. */
export async function finished(frame: Frame, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  let reward = 0
  await until(
    'the refund',
    async () => {
      const outcome = await frame.evaluate<{ done: boolean; reward: number }>('window.overtTask.outcome()')
      reward = outcome.reward
      return outcome.done
    },
    timeoutMs,
    signal,
  )
  return reward === 1
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
  if (found === undefined) throw new CliError('OVT-1751', exitCode.failed, 'The back office did not open.', 'Run the demo again.')
  return found
}

async function until(what: string, holds: () => Promise<boolean>, timeoutMs = waitMs, signal?: AbortSignal): Promise<void> {
  const endMs = performance.now() + timeoutMs
  while (!(await holds())) {
    signal?.throwIfAborted()
    if (performance.now() > endMs)
      throw new CliError(
        'OVT-1751',
        exitCode.failed,
        `The demo waited ${timeoutMs / 1000} s for ${what}, and it did not come.`,
        'Run the demo again; on a busy machine, with fewer programs open.',
      )
    await sleep(50)
  }
}
