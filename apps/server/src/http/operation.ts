import { parser } from '@overt/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'

import type { Why } from '../access/gate.ts'
import type { Session, Sessions } from '../access/session.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What an operation is asked. `person`: whose recordings are the signed-in account's own, '' where it is not for an account; `body`: checked against the operation's schema. */
export interface Asked<B> {
  readonly person: string
  readonly session: Session | undefined
  readonly body: B
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What one status carries; JSON unless `type` says otherwise. */
export interface Answer {
  readonly description: string
  readonly schema?: TSchema
  readonly type?: 'application/x-ndjson' | 'text/event-stream' | 'text/html' | 'text/plain' | 'image/webp' | 'application/octet-stream'
}

/** One route: how it is called, what it takes and gives, and what answers it. The server and its description are both made of these. */
export interface Operation<S extends TSchema = TSchema> {
  readonly method: 'GET' | 'POST'
  /** As OpenAPI writes it: `/v1/mine/sessions/{session}`; `{tile*}` at the end is all the rest of a path, slashes and all. */
  readonly path: string
  readonly summary: string
  /** Whose request it takes: a signed-in account's, a device's that signed it, or anybody's. Which roles, the policies say. */
  readonly by: 'person' | 'device' | 'anyone'
  /** Why it is called; the policies are asked with it. */
  readonly why?: Why
  /** Of the body. A device's is checked by ingest, as bytes. */
  readonly body?: S
  /** Parameters of the query or headers, with their schemas. */
  readonly parameters?: readonly { readonly name: string; readonly in: 'query' | 'header'; readonly schema: object }[]
  readonly answers: Readonly<Record<number, Answer>>
  /** Reasons beside those that follow from `by`, `body` and the guard. */
  readonly refusals?: readonly Refusal[]
  readonly bodyLimitBytes?: number
  answer(asked: Asked<Static<S>>): unknown
}

/** Names an operation's schema for its own answer. */
export function operation<S extends TSchema>(one: Operation<S>): Operation {
  return one
}

/** Registers operations. The gate has asked the policies before; the body is checked here, once, before anything answers. */
export function serve(server: FastifyInstance, operations: readonly Operation[], sessionOf: Sessions['of']): void {
  for (const one of operations) {
    const url = one.path.replaceAll(/\{\w+\*\}/g, '*').replaceAll(/\{(\w+)\}/g, ':$1')
    const limit = one.bodyLimitBytes === undefined ? {} : { bodyLimit: one.bodyLimitBytes }
    const config = { signed: one.by === 'device', ...(one.why === undefined ? {} : { why: one.why }) }
    server.route({ method: one.method, url, config, ...limit, handler: handlerOf(one, sessionOf) })
  }
}

function handlerOf(one: Operation, sessionOf: Sessions['of']) {
  const parse = one.body === undefined || one.by === 'device' ? undefined : parser(one.body)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const session = one.by === 'person' ? sessionOf(request) : undefined
    if (one.by === 'person' && session === undefined) return refuse(reply, 'signed-out')
    const parsed = parse?.(request.body)
    if (parsed?.ok === false) return refuse(reply, 'malformed', parsed.reason)
    return one.answer({ person: session?.account.person ?? '', session, body: parsed?.value, request, reply })
  }
}
