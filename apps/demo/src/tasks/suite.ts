import { approveRule } from './approve.ts'
import { refundCard, refundRule, refundSmall } from './refund.ts'
import type { Task } from './task.ts'

/** The tasks of the back office. */
export const tasks: readonly Task[] = [refundSmall, refundRule, refundCard, approveRule]

/** `suite.json` of the bundle. */
export function suite(): object {
  return {
    v: 1,
    tasks: tasks.map(({ name, families, maxActions }) => ({ name, page: `index.html?task=${name}`, maxActions, families })),
  }
}
