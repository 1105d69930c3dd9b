import { createDeviceKey } from '@overt/capture'
import type { Asking, Shown } from '@overt/privacy/ledger'
import type { Manifest } from '@overt/schema'

import type { Enrolment } from '../talk/enrolment.ts'

/** A server that has not answered by then is not there. */
const answerMs = 20_000

/** What the server says to the device: its person's own part of the ledger, and the key of the log. */
type OwnAnswer = NonNullable<Shown['answer']> & { readonly log: string }

/** How this device asks its server, and how it learns the log's key the first time. */
export interface ServerAsking extends Asking {
  readonly own: (request: Parameters<Asking['own']>[0]) => Promise<OwnAnswer | null>
}

/** Asks the server of an enrolment over HTTP, in the name of the device where that is needed. `offerUrl`: where people are asked what to agree to. */
export function serverAsking(enrolment: Enrolment, key: CryptoKey, offerUrl: string, nowEpochMs: () => number): ServerAsking {
  const { endpoint, deviceId } = enrolment
  const device = createDeviceKey(deviceId, key)
  return {
    nowEpochMs,
    read: async (path) => {
      const answer = await ask(`${endpoint}/${path}`, {})
      return answer === null ? null : new Uint8Array(await answer.arrayBuffer())
    },
    own: async (request) => {
      const body = new TextEncoder().encode(JSON.stringify(request))
      const headers = { authorization: `Device ${await device.tokenFor(body, nowEpochMs())}`, 'content-type': 'application/json' }
      const answer = await json(await ask(`${endpoint}/v1/ledger`, { method: 'POST', headers, body }))
      return isOwnAnswer(answer) ? answer : null
    },
    witnesses: [],
    offered: async () => {
      const found = await json(await ask(offerUrl, {}))
      // A server wraps it together with its keys; a file is the bare document.
      const manifest = found !== null && 'manifest' in found ? found.manifest : found
      return manifest instanceof Object && 'apps' in manifest ? (manifest as Manifest) : null // as: held against the ledger by its hash, and never recorded under
    },
  }
}

async function ask(url: string, init: RequestInit): Promise<Response | null> {
  try {
    const signal = AbortSignal.timeout(answerMs)
    const answer = await fetch(url, { ...init, signal, credentials: 'omit', cache: 'no-store' })
    return answer.ok ? answer : null
  } catch {
    return null // not there: whether that is a finding is judged by who calls
  }
}

async function json(answer: Response | null): Promise<object | null> {
  try {
    const found: unknown = await answer?.json()
    return found instanceof Object ? found : null
  } catch {
    return null // no JSON is no answer
  }
}

function isOwnAnswer(answer: object | null): answer is OwnAnswer {
  const { log, who, lines, opened }: Readonly<Record<string, unknown>> = { ...answer }
  const words = (list: unknown): boolean => Array.isArray(list) && list.every((one) => typeof one === 'string')
  return typeof log === 'string' && (who === null || typeof who === 'string') && words(lines) && words(opened)
}
