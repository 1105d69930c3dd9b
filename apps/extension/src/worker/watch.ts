import { createDeviceKey } from '@overt/capture'

import { deviceKey } from './keys.ts'
import { recall, remember } from './memory.ts'
import type { Spool } from './spool.ts'

/** A request that is held longer costs the worker its life. */
const holdMs = 20_000
/** A server that is not there is asked again no sooner. */
const awayMs = 5_000

/** What a server says of this device's agreement: `http.401` and `http.403` are the end of it, `killed` a stop for everybody, until it is lifted. */
type Word = 'live' | 'away' | 'killed' | `http.${401 | 403}`

/** Has the server tell the moment it takes no more from this device: a recorder that has nothing to send would not hear of it. Resolves when it said so, or after a while. */
export function watchEnd(vault: IDBDatabase, spool: Spool, nowEpochMs: () => number): Promise<void> {
  // One at a time: the pages that wait for it take turns.
  return navigator.locks.request('watch', async () => {
    const word = await ask(vault, nowEpochMs)
    if (word === 'away') await new Promise((later) => setTimeout(later, awayMs))
    if (word === 'away' || word === 'live') return
    await remember({ stopped: word })
    await spool.forget(0)
  })
}

/** Why the server takes nothing more; null where it says that it still does, or nothing. */
export async function whyStopped(vault: IDBDatabase, nowEpochMs: () => number): Promise<string | null> {
  const word = await ask(vault, nowEpochMs)
  return word === 'live' || word === 'away' ? null : word
}

/** Goes on where a stop for everybody was lifted. */
export async function heedLift(vault: IDBDatabase, nowEpochMs: () => number): Promise<void> {
  if ((await recall()).stopped !== 'killed') return
  if ((await ask(vault, nowEpochMs)) === 'live') await remember({ stopped: '' })
}

async function ask(vault: IDBDatabase, nowEpochMs: () => number): Promise<Word> {
  const [{ enrolment }, key] = await Promise.all([recall(), deviceKey(vault)])
  if (enrolment === null || key === null) return 'away'
  const { endpoint, deviceId, receipt } = enrolment
  const body = new TextEncoder().encode(JSON.stringify({ receipt: receipt.id, purpose: receipt.purposes[0] ?? 'ground' }))
  try {
    const authorization = `Device ${await createDeviceKey(deviceId, key).tokenFor(body, nowEpochMs())}`
    const headers = { authorization, 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(holdMs)
    const answer = await fetch(`${endpoint}/v1/watch`, { method: 'POST', headers, body, signal, credentials: 'omit' })
    if (answer.ok) return 'live'
    if (answer.status !== 401 && answer.status !== 403) return 'away'
    return (await answer.text()).includes('"stopped"') ? 'killed' : `http.${answer.status}`
  } catch (error) {
    // Held for as long as this worker may wait: nothing has ended.
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'live' : 'away'
  }
}
