import type { Permit } from '@overt/privacy'

import { bare } from '../bare.ts'
import { listenTo, random01 } from '../natives.ts'
import type { Undo } from '../observe/scribe.ts'
import type { Transport } from './delivery.ts'

/** Asked again within this time, also where the server is not there or does not know the question. */
const longestWaitMs = 1_800

/** Has the server tell at once when the person withdraws elsewhere. Only while the page is seen: a browser keeps few connections to one server, and a page that is not seen records nothing. */
export function watchEnd(
  permit: Permit,
  page: Document,
  parts: { readonly transport: Transport; onStop(reason: string): void },
  wait: (delayMs: number) => Promise<void>,
): Undo {
  let turn = new AbortController()
  const run = async (signal: AbortSignal): Promise<void> => {
    const { transport } = parts
    while (transport.watch !== undefined && !signal.aborted) {
      const said = await transport.watch(permit, signal)
      if (said.kind === 'stop') parts.onStop(said.reason)
      await wait(longestWaitMs * random01())
    }
  }
  const look = (): void => {
    turn.abort()
    turn = new AbortController()
    if (!bare(page).hidden) void run(turn.signal)
  }
  const deaf = listenTo(page, 'visibilitychange', look)
  look()
  return () => {
    deaf()
    turn.abort()
  }
}
