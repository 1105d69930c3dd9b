import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Page } from 'playwright-core'

import { AgentError } from '../error.ts'
import { serveFolder } from './serve.ts'
import type { Suite, SuiteTask, TaskOutcome } from './suite.ts'

/** What MiniWoB++ lays over its pages: the utterance, the score, the start cover, the click marks. Neither agent nor recorder is to see it. */
const overlays = '#query, #reward-display, #sync-task-cover, #click-canvas'

/** Opens MiniWoB++'s html folder, or the folder of task pages in it. Success is a raw reward of 1. */
export async function openMiniwob(name: string, folder: string): Promise<Suite> {
  const root = [folder, join(folder, 'html'), dirname(folder)].find(
    (place) => existsSync(join(place, 'miniwob')) && existsSync(join(place, 'core', 'core.js')),
  )
  if (root === undefined) {
    throw new AgentError(
      'OVT-1504',
      `${folder} is not MiniWoB++'s html folder: it has no miniwob/ and core/core.js. The folder comes inside the miniwob package on PyPI.`,
    )
  }
  const pages = (await readdir(join(root, 'miniwob'))).filter((file) => file.endsWith('.html')).sort()
  const served = await serveFolder(root)
  const tasks = pages.map((file): SuiteTask => ({
    name: basename(file, '.html'),
    url: `${served.origin}/miniwob/${file}`,
    maxActions: 25,
    families: ['miniwob'],
  }))
  return {
    name,
    short: 'miniwob',
    origin: served.origin,
    tasks,
    viewport: { width: 500, height: 320 },
    reset,
    outcome: readOutcome,
    close: () => served.close(),
  }
}

interface MiniwobWindow {
  readonly core: {
    EPISODE_MAX_TIME: number
    startEpisodeReal(): void
    endEpisode(reward: number): void
    getUtterance(): string | { utterance: string }
  }
  readonly WOB_DONE_GLOBAL: boolean
  readonly WOB_RAW_REWARD_GLOBAL: number
}

async function reset(page: Page, task: SuiteTask, seed: string): Promise<{ instruction: string }> {
  if (page.url() !== task.url) {
    await page.goto(task.url, { waitUntil: 'load' })
    await page
      .waitForFunction('typeof core === "object" && document.getElementById("sync-task-cover") !== null', undefined, {
        timeout: 5_000,
        polling: 20,
      })
      .catch((cause: unknown) => {
        throw new AgentError('OVT-1507', `${task.url} is not a MiniWoB++ page.`, { cause })
      })
  }
  const instruction = await page.evaluate(startEpisode, { seed, overlays })
  return { instruction }
}

/** Runs in the page. */
function startEpisode({ seed, overlays }: { seed: string; overlays: string }): string {
  const { core } = window as unknown as MiniwobWindow // as: the page defines it
  core.EPISODE_MAX_TIME = 10_000_000
  core.endEpisode(0)
  ;(Math as unknown as { seedrandom(seed: string): void }).seedrandom(seed) // as: core.js adds it
  core.startEpisodeReal()
  for (const overlay of document.querySelectorAll(overlays)) overlay.setAttribute('data-overt-ignore', '')
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  const said = core.getUtterance()
  return typeof said === 'string' ? said : said.utterance
}

async function readOutcome(page: Page): Promise<TaskOutcome> {
  return page.evaluate(() => {
    const { WOB_DONE_GLOBAL, WOB_RAW_REWARD_GLOBAL } = window as unknown as MiniwobWindow // as: the page defines them
    return { done: WOB_DONE_GLOBAL, reward: WOB_DONE_GLOBAL && WOB_RAW_REWARD_GLOBAL === 1 ? 1 : 0 }
  })
}
