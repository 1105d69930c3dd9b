import type { Recording } from '@overt/capture'

import type { BackEnd } from '../shop/back-end.ts'
import type { TaskRun } from '../tasks/task.ts'
import type { Parent } from './parent.ts'

const lookAgainMs = 300
const hint = 'Search for the order, open it, and press Refund. Over 500 euros a note is asked for.'

/** Tells the page around this one of the person's own task, and records it as one: from its goal to what came of it. Returns its own undo. */
export function recordTask(
  task: { readonly run: TaskRun; readonly backEnd: BackEnd; readonly template: string; readonly seed: string },
  recording: Recording,
  parent: Parent,
): () => void {
  const { run, backEnd, template, seed } = task
  recording.startTask({ goal: run.instruction, template, seed })
  parent.tell({ overt: 'task', goal: run.instruction, hint })
  const look = async () => {
    const { done, reward } = await run.outcome(backEnd)
    if (!done) return
    clearInterval(timer)
    recording.endTask({ outcome: reward === 1 ? 'success' : 'failure', by: 'page' })
    await recording.flush()
    parent.tell({ overt: 'task-done', success: reward === 1 })
  }
  const timer = setInterval(() => void look(), lookAgainMs)
  return () => clearInterval(timer)
}
