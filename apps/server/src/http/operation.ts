import { parser } from '@overt/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'

import { refuse, type Refusal } from './refusal.ts'
import type { SignIn } from './sign-in.ts'

/** What an operation is asked. `person`: who is signed in, '' where it is not for a person; `body`: checked against the operation's schema. */
export interface Asked<B> {
  readonly person: string
  readonly body: B
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What one status carries; JSON unless `type` says otherwise. */
export interface Answer {
  readonly description: string
  readonly schema?: TSchema
  readonly type?: 'text/event-stream' | 'text/html' | 'text/plain' | 'application/octet-stream'
}

/** One route: how it is called, what it takes and gives, and what answers it. The server and its description are both made of these. */
export interface Operation<S extends TSchema = TSchema> {
  readonly method: 'GET' | 'POST'
  /** As OpenAPI writes it: `/v1/mine/sessions/{session}`; `{tile*}` at the end is all the rest of a path, slashes and all. */
  readonly path: string
  readonly summary: string
  /** Whose request it takes: a signed-in person's, a device's that signed it, or anybody's. */
  readonly by: 'person' | 'device' | 'anyone'
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

/** Registers operations: the sign-in and the body are checked here, once, before anything answers. */
export function serve(server: FastifyInstance, operations: readonly Operation[], personOf: SignIn['personOf']): void {
  for (const one of operations) {
    const url = one.path.replaceAll(/\{\w+\*\}/g, '*').replaceAll(/\{(\w+)\}/g, ':$1')
    const limit = one.bodyLimitBytes === undefined ? {} : { bodyLimit: one.bodyLimitBytes }
    server.route({ method: one.method, url, ...limit, handler: handlerOf(one, personOf) })
  }
}

function handlerOf(one: Operation, personOf: SignIn['personOf']) {
  const parse = one.body === undefined || one.by === 'device' ? undefined : parser(one.body)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const person = one.by === 'person' ? personOf(request) : ''
    if (person === undefined) return refuse(reply, 'signed-out')
    const parsed = parse?.(request.body)
    if (parsed?.ok === false) return refuse(reply, 'malformed', parsed.reason)
    return one.answer({ person, body: parsed?.value, request, reply })
  }
}
