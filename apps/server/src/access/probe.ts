import type { FastifyInstance } from 'fastify'

import { callers, type Caller, type MatrixRow } from './matrix.ts'
import type { Sessions } from './session.ts'

/** Longer than any refusal takes: who is still waiting then is being answered. */
const patienceMs = 2_000

/** Calls every route as every caller that may not, through the router itself, and returns those that were not refused: `council GET /v1/mine/sessions`. */
export async function probe(
  server: FastifyInstance,
  context: { readonly rows: readonly MatrixRow[]; readonly sessions: Sessions; readonly url: string },
): Promise<readonly string[]> {
  const open: string[] = []
  for (const row of context.rows)
    for (const caller of callers)
      if (!row.signed && caller !== 'device' && row.cells[caller] === '-' && !(await isRefused(server, context, row, caller)))
        open.push(`${caller} ${row.route}`)
  return open
}

async function isRefused(
  server: FastifyInstance,
  { sessions, url }: { readonly sessions: Sessions; readonly url: string },
  { route }: MatrixRow,
  caller: Exclude<Caller, 'device'>,
): Promise<boolean> {
  const [method = '', path = ''] = route.split(' ')
  const session = caller === 'visitor' ? null : sessions.open({ id: 'probe', person: 'probe', roles: [caller], by: 'provider' })
  const headers = { host: new URL(url).host, origin: url, ...(session === null ? {} : { cookie: session.cookie }) }
  const body = method === 'POST' ? { payload: {} } : {}
  try {
    const asked = { method: method === 'POST' ? 'POST' : 'GET', url: path.replaceAll(/\{\w+\}|\*/g, 'probe'), headers, ...body } as const
    const { statusCode } = await server.inject({ ...asked, signal: AbortSignal.timeout(patienceMs) })
    return statusCode === 401 || statusCode === 403
  } catch {
    // A stream that goes on is no refusal.
    return false
  } finally {
    session?.end()
  }
}
