import { ask } from '../ui/api.ts'

/** Where this browser keeps what it knows: apart for each account, and for each log by its name, which a new data folder has anew. */
export interface LogPlace {
  readonly account: string
  readonly log: string
}

/** Asks as whom the person is signed in, and how the server's log is called: the first line of its checkpoint. */
export async function logPlace(): Promise<LogPlace> {
  const [{ account }, checkpoint] = await Promise.all([
    ask<{ account: string }>('/v1/session'),
    fetch('/checkpoint', { cache: 'no-store' }),
  ])
  const [log = ''] = checkpoint.ok ? (await checkpoint.text()).split('\n') : []
  return { account, log }
}
