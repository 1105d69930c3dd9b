import { createDeviceKey, httpTransport } from '@overt/capture'
import type { Permit } from '@overt/privacy'

import { openSentLog } from '../ledger/sent-log.ts'
import type { Enrolment } from '../talk/enrolment.ts'
import { deviceKey } from './keys.ts'
import { recallBrief, remember, rememberBrief } from './memory.ts'
import { recentOf } from './recent.ts'
import type { Spool } from './spool.ts'
import { whyStopped } from './watch.ts'

const firstWaitMs = 1_000
const longestWaitMs = 300_000
const shown = 5

/** Sends what waits, oldest first, until there is none or the server is not there; then says how many ms to wait, with jitter. null: nothing is left to do. */
export async function upload(
  permit: Permit,
  given: { readonly vault: IDBDatabase; readonly spool: Spool; readonly enrolment: Enrolment; readonly nowEpochMs: () => number },
): Promise<number | null> {
  const { spool, enrolment, vault, nowEpochMs } = given
  const key = await deviceKey(vault)
  if (key === null) return null
  const transport = httpTransport(enrolment.endpoint, createDeviceKey(enrolment.deviceId, key), nowEpochMs)
  for (let next = await spool.oldest(permit); next !== null; next = await spool.oldest(permit)) {
    const delivery = await transport.deliver(next.batch, false)
    switch (delivery.kind) {
      case 'done': {
        await openSentLog(vault).acknowledged(next.batch.id, nowEpochMs())
        await spool.drop(next.n)
        const { recent } = await recallBrief()
        await rememberBrief({ recent: [...recentOf(next.batch), ...recent].slice(0, shown), failures: 0, nextTryEpochMs: 0 })
        break
      }
      case 'refused':
        await spool.drop(next.n, delivery.reason)
        break
      case 'stop':
        await remember({ stopped: (await whyStopped(vault, nowEpochMs)) ?? delivery.reason })
        await spool.forget(0)
        return null
      case 'retry':
        return backOff(delivery.afterMs, nowEpochMs())
    }
  }
  return null
}

/** How many ms to wait for a server that was not there: twice as long each time, with jitter, no less than it said. */
export async function backOff(afterMs: number | null, nowEpochMs: number): Promise<number> {
  const { failures } = await recallBrief()
  const longestMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 12))
  const waitMs = Math.max(afterMs ?? 0, longestMs * (0.5 + Math.random() / 2))
  await rememberBrief({ failures: failures + 1, nextTryEpochMs: nowEpochMs + waitMs })
  return waitMs
}
