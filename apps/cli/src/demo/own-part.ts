import type { DemoCommand } from '@overt/schema'
import type { Page } from 'playwright-core'

import { agree, doTask, finished, showTask } from './own-task.ts'
import type { Stages } from './stages.ts'
import type { Walk } from './walk.ts'

/** What the person's own part needs: the page they look at, and whether a script acts for them. */
export interface OwnPart {
  readonly walk: Walk
  readonly stages: Stages
  readonly page: Page
  readonly headless: boolean
  readonly canary: string
}

/** What a person did of it: `declined` goes on with a scripted colleague's work alone. */
export type OwnWork = 'done' | 'not-as-asked' | 'declined'

const personMs = 30 * 60_000

/** Consent, then a task by the person's own hand (headless: by a script, with trusted input in the same page). */
export async function ownPart(part: OwnPart): Promise<OwnWork> {
  const { walk, stages, page, headless } = part
  const declinedText = 'You said no: nothing of yours is recorded. What follows is the work of a scripted colleague.'
  const agreed = await stages.run(
    'consent',
    'consent',
    'The back office asks whether it may record you',
    async () => (headless ? (await agree(page, walk), true) : (await asked(walk, ['consented', 'colleague'])) === 'consented'),
    (yes) => (yes ? 'You said yes: the back office records, until you say otherwise.' : declinedText),
  )
  if (!agreed) {
    stages.skip('task', 'task', declinedText)
    return 'declined'
  }
  const right = await stages.run(
    'task',
    'task',
    'Do this in the back office, or have it done for you.',
    () => ownTask(part),
    (asAsked) =>
      asAsked
        ? 'One refund, recorded step by step; the card number stayed on the page.'
        : 'Done, but not as the goal says: kept as a failed try, and not learnt from.',
  )
  return right ? 'done' : 'not-as-asked'
}

async function ownTask({ walk, page, headless, canary }: OwnPart): Promise<boolean> {
  const { frame } = await showTask(page, walk, canary)
  if (headless) return (await doTask(page, frame), true)
  const over = new AbortController()
  const forThem = asked(walk, ['colleague'], over.signal).then(async () => (await doTask(page, frame, true), true))
  try {
    return await Promise.race([finished(frame, personMs, over.signal), forThem])
  } finally {
    over.abort()
  }
}

/** Waits for one of these buttons of the page; rejects when the walk-through is interrupted, or nobody waits any more. */
export function asked(
  { server, terminal }: Walk,
  kinds: readonly DemoCommand['kind'][],
  signal: AbortSignal = terminal.signal,
): Promise<DemoCommand['kind']> {
  return new Promise((resolve, reject) => {
    const stop = server.feed.onCommand(({ kind }) => {
      if (!kinds.includes(kind)) return
      stop()
      resolve(kind)
    })
    AbortSignal.any([signal, terminal.signal]).addEventListener(
      'abort',
      () => {
        stop()
        reject(new Error('interrupted'))
      },
      { once: true },
    )
  })
}
