import { createDeviceKey, httpTransport } from '@overt/capture'
import type { Permit } from '@overt/privacy'
import { decodeColumns } from '@overt/schema/words'

import { openSentLog } from '../ledger/sent-log.ts'
import type { Enrolment } from '../talk/enrolment.ts'
import { deviceKey } from './keys.ts'
import { changeBrief } from './change.ts'
import { recallBrief, remember, rememberBrief } from './memory.ts'
import { actsOf } from './recent.ts'
import { oneAtATime } from './review.ts'
import type { Spool } from './spool.ts'
import { whyStopped } from './watch.ts'

type Transport = ReturnType<typeof httpTransport>

const firstWaitMs = 1_000
const longestWaitMs = 300_000
const shown = 5

/** Gives the transport for an enrolment: the same one for as long as this worker lives, since it knows what the server has acknowledged. */
export function createRoads(nowEpochMs: () => number): (enrolment: Enrolment, key: CryptoKey) => Transport {
  let road: { readonly to: string; readonly transport: Transport } | null = null
  return ({ endpoint, deviceId }, key) => {
    const to = `${deviceId} ${endpoint}`
    if (road?.to !== to) road = { to, transport: httpTransport(endpoint, createDeviceKey(deviceId, key), nowEpochMs) }
    return road.transport
  }
}

/** Sends what waits, oldest first, until there is none or the server is not there; then says how many ms to wait, with jitter. null: nothing is left to do. */
export async function upload(
  permit: Permit,
  given: {
    readonly vault: IDBDatabase
    readonly spool: Spool
    readonly enrolment: Enrolment
    readonly nowEpochMs: () => number
    readonly roadTo: ReturnType<typeof createRoads>
  },
): Promise<number | null> {
  const { spool, enrolment, vault, nowEpochMs } = given
  const key = await deviceKey(vault)
  if (key === null) return null
  const transport = given.roadTo(enrolment, key)
  for (;;) {
    // What its person wants to hold is held between two batches.
    const step = await oneAtATime(() => sendOne(permit, { spool, vault, transport, nowEpochMs }))
    if (step !== 'went') return step === 'none' ? null : backOff(step.afterMs, nowEpochMs())
  }
}

interface Sending {
  readonly spool: Spool
  readonly vault: IDBDatabase
  readonly transport: Transport
  readonly nowEpochMs: () => number
}

/** Sends the oldest that may be sent. `went`: it is no longer here. `none`: nothing is left that could be sent. */
async function sendOne(permit: Permit, sending: Sending): Promise<'went' | 'none' | { readonly afterMs: number | null }> {
  const { spool, vault, transport, nowEpochMs } = sending
  const next = await spool.oldest(permit)
  if (next === null) return 'none'
  // What waited under an agreement that has ended meanwhile is deleted, never sent.
  if (next.batch.receipt !== permit.receipt) {
    await spool.drop(next.n, 'consent')
    return 'went'
  }
  transport.prepare?.(next.batch, decodeColumns(next.batch).observations)
  const delivery = await transport.deliver(next.batch, false)
  switch (delivery.kind) {
    case 'done': {
      await openSentLog(vault).acknowledged(next.batch.id, nowEpochMs())
      await spool.drop(next.n)
      const acts = actsOf(next.batch).toReversed()
      await changeBrief(({ recent }) => ({ recent: [...acts, ...recent].slice(0, shown), failures: 0, nextTryEpochMs: 0 }))
      return 'went'
    }
    case 'refused':
      await spool.drop(next.n, delivery.reason)
      return 'went'
    case 'stop':
      await remember({ stopped: (await whyStopped(vault, nowEpochMs)) ?? delivery.reason })
      await spool.forget(0)
      return 'none'
    case 'retry':
      return { afterMs: delivery.afterMs }
  }
}

/** How many ms to wait for a server that was not there: twice as long each time, with jitter, no less than it said. */
export async function backOff(afterMs: number | null, nowEpochMs: number): Promise<number> {
  const { failures } = await recallBrief()
  const longestMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 12))
  const waitMs = Math.max(afterMs ?? 0, longestMs * (0.5 + Math.random() / 2))
  await rememberBrief({ failures: failures + 1, nextTryEpochMs: nowEpochMs + waitMs })
  return waitMs
}
