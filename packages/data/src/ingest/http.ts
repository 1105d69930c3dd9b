import { type Refusal, refusals } from './refusal.ts'

/** A request without its framework: lower-case header names, the body as it came. */
export interface IngestRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Uint8Array
}

/** The answer to a request. */
export interface IngestAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

/** The answer that turns a request away. */
export function answerRefusal(refusal: Refusal): IngestAnswer {
  const { status, code } = refusals[refusal.kind]
  const retry = refusal.retryAfterS ?? (status === 503 ? 5 : 0)
  const headers: Record<string, string> = retry > 0 ? { 'retry-after': String(retry) } : {}
  return { status, body: { code, reason: refusal.kind, explain: refusal.explain }, headers }
}

/** A header's value; several of one name are joined as HTTP joins them. */
export function header(request: Pick<IngestRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' || value === undefined ? value : value.join(', ')
}
