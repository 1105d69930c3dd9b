import { type Brief, type Kept, recall, recallBrief, remember, rememberBrief } from './memory.ts'

/** Changes what is kept on this machine by what it is now. One at a time: two at once would each keep what it read, and lose what the other wrote. */
export function changeKept(change: (kept: Kept) => Partial<Kept>): Promise<void> {
  return navigator.locks.request('kept', async () => remember(change(await recall())))
}

/** Changes what is kept until the browser closes, in the same way. */
export function changeBrief(change: (brief: Brief) => Partial<Brief>): Promise<void> {
  return navigator.locks.request('brief', async () => rememberBrief(change(await recallBrief())))
}
