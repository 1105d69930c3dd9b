import { createDeviceKey } from '@overt/capture'

import { openSentLog } from '../ledger/sent-log.ts'
import type { Forgotten } from '../talk/message.ts'
import { deviceKey } from './keys.ts'
import { changeKept } from './change.ts'
import { recall } from './memory.ts'

/** A server that has not answered by then is not there. */
const answerMs = 20_000

/** Has the server erase what the person asked it to forget, oldest first; it is their right with a live agreement and without. `later`: the server is not there, and is asked again. */
export function eraseAtServer(vault: IDBDatabase, nowEpochMs: number): Promise<Forgotten['server']> {
  // One at a time: two would each strike off a span, and one of them none that was erased.
  return navigator.locks.request('erase', () => eraseInTurn(vault, nowEpochMs))
}

async function eraseInTurn(vault: IDBDatabase, nowEpochMs: number): Promise<Forgotten['server']> {
  const [{ enrolment }, key] = await Promise.all([recall(), deviceKey(vault)])
  if (enrolment === null || key === null) return 'refused'
  const device = createDeviceKey(enrolment.deviceId, key)
  let last: Forgotten['server'] = 'erased'
  for (let [span] = (await recall()).toErase; span !== undefined; [span] = (await recall()).toErase) {
    const body = new TextEncoder().encode(JSON.stringify(span))
    const headers = { authorization: `Device ${await device.tokenFor(body, nowEpochMs)}`, 'content-type': 'application/json' }
    const url = `${enrolment.endpoint}/v1/erasures`
    const signal = AbortSignal.timeout(answerMs)
    const status = await fetch(url, { method: 'POST', headers, body, signal, credentials: 'omit' }).then(
      (answer) => answer.status,
      () => 0,
    )
    if (status === 0 || status === 429 || status >= 500) return 'later'
    // One that says no would say so again: the person hears of it, and has their own page.
    last = status < 300 ? 'erased' : 'refused'
    if (last === 'erased') await openSentLog(vault).erased(span)
    await changeKept(({ toErase }) => ({ toErase: toErase.slice(1) }))
  }
  return last
}
