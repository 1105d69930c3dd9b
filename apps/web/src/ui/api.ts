import { stepUp } from './step-up.ts'

/** How the server says that a passkey has to be touched first. */
const needsPasskey = 'OVT-1622'

/** Why a request brought nothing. `refused`: not signed in, or not allowed; `offline`: the server was not reached. */
export class ApiError extends Error {
  readonly kind: 'refused' | 'offline' | 'failed'
  /** Stable, for a report: `OVT-1612`. */
  readonly code: string

  constructor(kind: ApiError['kind'], code: string, explain: string, cause?: unknown) {
    super(explain, cause === undefined ? {} : { cause })
    this.name = 'ApiError'
    this.kind = kind
    this.code = code
  }
}

/** Asks the server; throws ApiError. `T` is what the server's schema says it answers. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  const response = await send(path, body)
  if (response.status === 204) return undefined as T // as: the caller asked for nothing
  const answer: unknown = await response.json().catch(() => ({}))
  if (response.ok) return answer as T // as: our own server, whose answers follow the schemas that T comes from
  const { code = 'OVT-1619', explain = 'The server failed.' } = answer as { code?: string; explain?: string } // as: both are checked for absence
  if (code === needsPasskey && (await stepUp(send))) return ask(path, body)
  throw new ApiError(response.status === 401 || response.status === 403 ? 'refused' : 'failed', code, explain)
}

function send(path: string, body?: object): Promise<Response> {
  const init = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return fetch(path, init).catch((error: unknown) => {
    throw new ApiError('offline', 'OVT-1699', 'The server on this machine does not answer. Is `overt up` still running?', error)
  })
}

/** Follows an event stream, one JSON object a message; returns its own undo. `onState` tells whether the stream is up. */
export function follow(path: string, onEvent: (event: unknown) => void, onState: (up: boolean) => void): () => void {
  const source = new EventSource(path)
  source.onopen = () => onState(true)
  source.onerror = () => onState(false)
  source.onmessage = (message: MessageEvent<string>) => onEvent(JSON.parse(message.data))
  return () => source.close()
}
