import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

import type { Eye } from '../decide/eye.ts'
import { AgentError } from '../error.ts'
import type { Lease } from './lease.ts'

/** Tells a person's hand from the agent's on a page that both may touch. */
export interface Touch {
  /** Runs one act of the agent's: trusted input in that time is its own. */
  during<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Watches for trusted input that the agent did not make. Both arrive as trusted events, so time tells them apart: what arrives while the agent
 * acts counts as the agent's. A person's touch within an act is noticed at their next one.
 */
export function watchTouch(eye: Eye, onTouch: () => void): Touch {
  let acting = false
  eye.onTouch(() => {
    if (!acting) onTouch()
  })
  return {
    during: async (work) => {
      acting = true
      try {
        return await work()
      } finally {
        acting = false
      }
    },
  }
}

const noticedMs = 5_000

/** For a script that stands for a person: presses the page where nothing stands, and waits until the lease has noticed, as it notices anyone's touch. */
export async function touchPage(page: Page, lease: Lease): Promise<void> {
  await page.mouse.click(1, 1)
  const endMs = performance.now() + noticedMs
  while (lease.holder !== 'person') {
    if (performance.now() > endMs)
      throw new AgentError('OVT-1515', `A press on ${page.url()} did not take it over within ${noticedMs / 1000} s.`)
    await sleep(10)
  }
}
