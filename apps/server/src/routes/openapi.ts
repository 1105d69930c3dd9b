import { ingestRefusals } from '@overt/data'
import {
  Batch,
  DemoCommand,
  DemoEvent,
  Episode,
  LiveStep,
  Manifest,
  MineAgreement,
  MinePicture,
  MineRead,
  MineSession,
  Receipt,
  TrustedKey,
} from '@overt/schema'
import { FirstBatch } from '@overt/schema/told'
import Type from 'typebox'

import { operation, type Answer, type Operation } from '../http/operation.ts'
import { refusals, type Refusal } from '../http/refusal.ts'
import { cookieNameOf } from '../access/session.ts'

const schemas = {
  Batch,
  DemoCommand,
  DemoEvent,
  Episode,
  FirstBatch,
  LiveStep,
  Manifest,
  MineAgreement,
  MinePicture,
  MineRead,
  MineSession,
  Receipt,
  TrustedKey,
}
const names = new Map(Object.entries(schemas).map(([name, schema]) => [JSON.stringify(schema), name]))

const Refused = Type.Object({ code: Type.String(), reason: Type.String(), explain: Type.Optional(Type.String()) })

/** The description of a server, made of the very operations that it serves. */
export function openApi(operations: readonly Operation[], url: string): object {
  const paths = Map.groupBy(operations, ({ path }) => path.replace('*', ''))
  return {
    openapi: '3.1.0',
    info: { title: 'Overt', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: Object.fromEntries(
      [...paths].map(([path, group]) => [path, Object.fromEntries(group.map((one) => [one.method.toLowerCase(), described(one)]))]),
    ),
    components: { schemas: { ...schemas, Refused }, securitySchemes: securitySchemes(url) },
  }
}

/** `/openapi.json`. `all` gives every operation, this one included. */
export function openApiOperation(all: () => readonly Operation[], url: () => string): Operation {
  return operation({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description.',
    by: 'anyone',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: Type.Object({}) } },
    answer: () => openApi(all(), url()),
  })
}

function described(one: Operation): object {
  const inPath = [...one.path.matchAll(/\{(\w+)\*?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const parameters = [...inPath, ...(one.parameters ?? [])]
  const body = one.body === undefined ? {} : { requestBody: { required: true, content: json(one.body) } }
  const security = { person: { security: [{ cookie: [] }] }, device: { security: [{ device: [] }] }, anyone: {} }[one.by]
  return { summary: one.summary, ...security, ...(parameters.length === 0 ? {} : { parameters }), ...body, responses: responsesOf(one) }
}

function responsesOf(one: Operation): object {
  const answers = Object.entries(one.answers).map(([status, answer]) => [status, response(answer)] as const)
  const own = Map.groupBy(reasonsOf(one), ({ status }) => String(status))
  const refused = [...own].map(([status, group]) => [status, refusedFor(group.map(({ reason }) => reason))] as const)
  return { ...Object.fromEntries(refused), ...Object.fromEntries(answers), default: refusedFor(['failed']) }
}

/** Every way in which the guard, the check of sign-in and body, the operation itself and ingest may say no. */
function reasonsOf(one: Operation): readonly { readonly status: number; readonly reason: string }[] {
  const own: readonly Refusal[] = [
    'wrong-host',
    ...(one.method === 'POST' ? (['wrong-origin'] as const) : []),
    ...(one.by === 'person' ? (['signed-out', 'not-allowed', 'step-up', 'stopped'] as const) : []),
    ...(one.by === 'device' ? (['stopped'] as const) : []),
    ...(one.body !== undefined && one.by !== 'device' ? (['malformed', 'too-large'] as const) : []),
    ...(one.refusals ?? []),
  ]
  const ingest = one.by === 'device' ? Object.entries(ingestRefusals).map(([reason, { status }]) => ({ status, reason })) : []
  return [...own.map((reason) => ({ status: refusals[reason].status, reason })), ...ingest]
}

function refusedFor(reasons: readonly string[]): object {
  return { description: `\`reason\`: ${reasons.join(', ')}.`, content: json(Refused) }
}

function response({ description, schema, type }: Answer): object {
  if (type !== undefined) return { description, content: { [type]: schema === undefined ? {} : { schema: named(schema) } } }
  return schema === undefined ? { description } : { description, content: json(schema) }
}

function json(schema: object): object {
  return { 'application/json': { schema: schema === Refused ? { $ref: '#/components/schemas/Refused' } : named(schema) } }
}

/** A schema with those that have a name of their own, at any depth, named. */
function named(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  const name = names.get(JSON.stringify(schema))
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` }
  if (Array.isArray(schema)) return schema.map(named)
  return Object.fromEntries(Object.entries(schema).map(([key, member]) => [key, named(member)]))
}

function securitySchemes(url: string): object {
  return {
    device: { type: 'http', scheme: 'Device', description: 'A token over the body, signed by the device key: docs/spec/ingest.md.' },
    cookie: { type: 'apiKey', in: 'cookie', name: cookieNameOf(url), description: 'Set at sign-in.' },
  }
}
