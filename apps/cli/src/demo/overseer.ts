import { driveSolve, touchPage, type Answer, type Overseer } from '@overt/agent'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoCommand } from '@overt/schema'

import { asked } from './own-part.ts'
import type { Walk } from './walk.ts'

/** So long the agent waits for someone to take over, and so long they have the page: the walk-through goes on without them. */
const watchMs = 3 * 60_000
const workMs = 10 * 60_000
const lookMs = 250

/** A script that stands for the person: touches the page once, with a trusted press, and finishes the task from where the agent left it. */
export function scriptedOverseer(): Overseer {
  let tookOver = false
  return {
    by: 'script',
    watch: async (_proposal, lease, page) => {
      if (tookOver) return 'stop'
      tookOver = true
      await touchPage(page, lease)
      return 'approve'
    },
    work: async (page) => {
      await driveSolve(page, { keyMs: 8 })
    },
  }
}

/** The person at the screen: the agent waits for them before every act, and they take over by a touch or a button, or skip it. */
export function personOverseer(walk: Walk): Overseer {
  const { feed } = walk.server
  return {
    by: 'person',
    watch: async ({ kind, name, argument }, lease) => {
      feed.publish({ kind: 'correction', phase: 'watching', next: { kind, name, argument } })
      const chosen = await firstOf<Answer>(walk, { 'take-over': 'take-over', skip: 'stop' }, watchMs, () =>
        Promise.resolve(lease.holder === 'person'),
      )
      return chosen ?? (lease.holder === 'person' ? 'approve' : 'stop')
    },
    work: async (_page, isOver) => {
      feed.publish({ kind: 'correction', phase: 'working' })
      await firstOf(walk, { 'hand-back': true, skip: true }, workMs, isOver)
    },
  }
}

/** What one of the page's buttons stands for; null where `holds` comes first, or the time is over. */
export async function firstOf<T>(
  walk: Walk,
  buttons: Readonly<Partial<Record<DemoCommand['kind'], T>>>,
  limitMs: number,
  holds: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<T | null> {
  const over = new AbortController()
  const kinds = Object.keys(buttons) as DemoCommand['kind'][] // as: the keys of a record of them
  const pressed = asked(walk, kinds, over.signal).then((kind) => buttons[kind] ?? null)
  try {
    return await Promise.race([pressed, heldIn(limitMs, holds, over.signal)])
  } finally {
    over.abort()
  }
}

async function heldIn(limitMs: number, holds: () => Promise<boolean>, signal: AbortSignal): Promise<null> {
  const endMs = performance.now() + limitMs
  while (!signal.aborted && performance.now() < endMs && !(await holds())) await sleep(lookMs)
  return null
}
