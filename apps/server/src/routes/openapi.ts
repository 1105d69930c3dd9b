import { Batch, DemoCommand, DemoEvent, Episode, LiveStep, MineAgreement, MineRead, MineSession, Receipt } from '@overt/schema'
import type { FastifyInstance } from 'fastify'

const schemas = { Batch, DemoCommand, DemoEvent, Episode, LiveStep, MineAgreement, MineRead, MineSession, Receipt }

const json = (schema: object) => ({ 'application/json': { schema } })
const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` })
const listOf = (name: string, schema: object) => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'array', items: schema } },
})
const answer = (description: string, schema: object) => ({
  '200': { description, content: json(schema) },
  default: { $ref: '#/components/responses/Refused' },
})
const stream = (description: string, schema: object) => ({
  '200': { description, content: { 'text/event-stream': { schema } } },
  default: { $ref: '#/components/responses/Refused' },
})
const signedIn = [{ cookie: [] }]

/** The description of this server, made of the schemas that it checks with. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Overt', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: { ...ingestPaths, ...minePaths, ...otherPaths },
    components: {
      schemas,
      securitySchemes: {
        device: { type: 'http', scheme: 'Device', description: 'A token over the body, signed by the device key.' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'overt_4747',
          description: 'Set by the one-time sign-in link; the number is the port.',
        },
      },
      responses: {
        Refused: {
          description: 'Why not.',
          content: json({
            type: 'object',
            required: ['code', 'reason'],
            properties: { code: { type: 'string' }, reason: { type: 'string' }, explain: { type: 'string' } },
          }),
        },
      },
    },
  }
}

const acked = {
  type: 'object',
  required: ['acked', 'duplicate'],
  properties: { acked: { type: 'string' }, duplicate: { type: 'boolean' } },
}

const ingestPaths = {
  '/v1/batches': {
    post: {
      summary: 'Stores a batch; answers once it is on disk.',
      security: [{ device: [] }],
      parameters: [{ name: 'content-encoding', in: 'header', schema: { enum: ['gzip', 'zstd', 'identity'] } }],
      requestBody: { required: true, content: json(ref('Batch')) },
      responses: answer('It is on disk.', acked),
    },
  },
  '/v1/devices': {
    post: {
      summary: 'Enrols a device with the one-time token of its person.',
      requestBody: {
        required: true,
        content: json({
          type: 'object',
          properties: { token: { type: 'string' }, publicKey: { type: 'string' }, receipt: ref('Receipt') },
        }),
      },
      responses: answer('The device may send.', { type: 'object', properties: { deviceId: { type: 'string' } } }),
    },
  },
}

const minePaths = {
  '/v1/mine/sessions': {
    get: { summary: 'Your recordings.', security: signedIn, responses: answer('Newest first.', listOf('sessions', ref('MineSession'))) },
  },
  '/v1/mine/sessions/{session}': {
    get: {
      summary: 'The steps of one recording.',
      security: signedIn,
      parameters: [{ name: 'session', in: 'path', required: true, schema: { type: 'string' } }],
      responses: answer('Its episodes.', listOf('episodes', ref('Episode'))),
    },
  },
  '/v1/mine/reads': {
    get: { summary: 'Who looked.', security: signedIn, responses: answer('Newest first.', listOf('reads', ref('MineRead'))) },
  },
  '/v1/mine/agreements': {
    get: {
      summary: 'What you agreed to.',
      security: signedIn,
      responses: answer('Newest first.', listOf('agreements', ref('MineAgreement'))),
    },
  },
  '/v1/mine/erasures': {
    post: {
      summary: 'Erases one recording, the last minutes, or all.',
      security: signedIn,
      responses: answer('What it reached.', { type: 'object' }),
    },
  },
  '/v1/mine/withdrawals': {
    post: { summary: 'Ends an agreement.', security: signedIn, responses: answer('It has ended.', { type: 'object' }) },
  },
  '/v1/live': {
    get: { summary: 'Your own steps as they arrive.', security: signedIn, responses: stream('One step a message.', ref('LiveStep')) },
  },
}

const otherPaths = {
  '/v1/demo/events': {
    get: { summary: 'The walk-through.', security: signedIn, responses: stream('One event a message.', ref('DemoEvent')) },
  },
  '/healthz': { get: { summary: 'The process lives.', responses: answer('Yes.', { type: 'object' }) } },
  '/readyz': { get: { summary: 'It can take batches.', responses: answer('Yes.', { type: 'object' }) } },
  '/metrics': {
    get: { summary: 'Counters, for Prometheus. None is per person or device.', responses: { '200': { description: 'Text.' } } },
  },
}

/** `/openapi.json`. */
export function openApiRoutes(server: FastifyInstance): void {
  server.get('/openapi.json', () => openApi())
}
