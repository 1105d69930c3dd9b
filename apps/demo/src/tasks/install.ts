import type { Recording } from '@overt/capture'

import type { BackEnd } from '../shop/back-end.ts'
import type { Shop } from '../shop/shop.ts'
import type { Act } from './act.ts'
import { extrasOf } from './refund.ts'
import { tasks } from './suite.ts'
import type { TaskRun } from './task.ts'

/** What a task page offers to whoever drives it. */
export interface OvertTask {
  reset(seed: string): Promise<{ instruction: string }>
  outcome(): Promise<{ done: boolean; reward: number }>
  solve(): AsyncGenerator<Act>
}

/** Makes the page's `overtTask`. `search` is the page's query (`?task=refund-small`); `open` shows a shop from its first page on; where a recording is under way, a reset begins a task in it and a final outcome ends it. */
export function overtTask(search: string, open: (shop: Shop) => Promise<BackEnd>, recording: () => Recording | null): OvertTask {
  const wanted = new URLSearchParams(search).get('task')
  const task = tasks.find((candidate) => candidate.name === wanted) ?? tasks[0]
  let current: { readonly run: TaskRun; readonly backEnd: BackEnd } | null = null
  let ended = true
  const started = () => {
    if (current === null) throw new Error('reset(seed) comes first')
    return current
  }
  return {
    async reset(seed) {
      if (task === undefined) throw new Error('this page has no task')
      const run = task.start(seed, extrasOf(search))
      current = { run, backEnd: await open(run.shop) }
      recording()?.startTask({ goal: run.instruction, template: `back-office/${task.name}`, seed })
      ended = false
      return { instruction: run.instruction }
    },
    async outcome() {
      const { done, reward } = await started().run.outcome(started().backEnd)
      if (done && !ended) recording()?.endTask({ outcome: reward === 1 ? 'success' : 'failure', by: 'page' })
      ended ||= done
      return { done, reward }
    },
    solve: () => started().run.solve(),
  }
}
