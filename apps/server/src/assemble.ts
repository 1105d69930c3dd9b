import { createIngest, senderOrigins, type Ingest, type Reemit, type Store } from '@overt/data'
import type { Ner } from '@overt/data/govern'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'

import { gate, routeOf, type Why } from './access/gate.ts'
import { matrixOf, matrixPage, type MatrixRoute } from './access/matrix.ts'
import { openPolicy } from './access/policy.ts'
import { openProvider, type ProviderOptions } from './access/provider.ts'
import { probe } from './access/probe.ts'
import { openSessions } from './access/session.ts'
import { openFeed } from './feed.ts'
import { guard } from './http/guard.ts'
import { serve, type Operation } from './http/operation.ts'
import { refuse } from './http/refusal.ts'
import { signIn } from './http/sign-in.ts'
import { openStreams } from './http/sse.ts'
import { demoOperations } from './routes/demo.ts'
import { enrolOperations, type Offer } from './routes/enrol.ts'
import { erasureOperation } from './routes/erasures.ts'
import { healthOperations, type Metrics } from './routes/health.ts'
import { ingestOperation, serveSigned } from './routes/ingest.ts'
import { killOperations } from './routes/kill.ts'
import { deviceLedgerOperation, ledgerOperations } from './routes/ledger.ts'
import { liveViews } from './routes/live.ts'
import { mineOperations } from './routes/mine.ts'
import { openApiOperation } from './routes/openapi.ts'
import { oversightOperations } from './routes/oversight.ts'
import { pictureOperations } from './routes/pictures.ts'
import { pageRoutes } from './routes/pages.ts'
import { passkeyOperations } from './routes/passkeys.ts'
import { providerOperations } from './routes/provider.ts'
import { sessionOperation } from './routes/session.ts'
import { takeoutOperation } from './routes/takeout.ts'
import { watchOperation } from './routes/watch.ts'
import { openWatch, type Alarm, type Watch } from './watch.ts'
import { retain, type Retaining } from './retain.ts'

/** A path and a method that a server answers, as its router spells them, and what its operation says of itself. */
export interface Registered {
  readonly method: string
  readonly url: string
  readonly why: Why
  readonly signed: boolean
}

/** What a server needs beside its place. */
export interface AssembleOptions {
  readonly store: Store
  readonly webRoot: string
  readonly reemit?: Reemit
  readonly provider?: ProviderOptions
  readonly ner?: Ner | undefined
  /** Where the log goes; standard error by default. */
  readonly log?: NodeJS.WritableStream
}

/** Where a server is reached and what it offers, filled once the ports are known. */
export interface Place {
  readonly url: string
  readonly toolUrl: string | null
  readonly offer: Offer | null
}

/** A body that takes longer than this to arrive is not waited for: one byte at a time would hold a connection for ever. */
const slowestRequestMs = 30_000
/** How often it is looked for those; Node's own half a minute would give every one of them twice as long. */
const lookForSlowMs = 1_000

/** Makes a server of its operations and pages; nothing listens yet. */
export async function assemble(options: AssembleOptions, place: Place) {
  const { store, ner } = options
  const server = fastify({
    forceCloseConnections: true,
    trustProxy: false,
    requestTimeout: slowestRequestMs,
    // Where Node waits longer for a head than for a request, it ends no request whose body does not come.
    http: { headersTimeout: slowestRequestMs, connectionsCheckingInterval: lookForSlowMs },
    logger: { level: 'error', stream: options.log ?? process.stderr, redact: ['req.headers'] },
  })
  const routes = noteRoutes(server)
  const nowEpochMs = () => store.nowEpochMs()
  const url = () => place.url
  const sessions = openSessions(url, nowEpochMs)
  const relay = openFeed()
  const policy = openPolicy()
  guard(server, { own: () => place.url, tool: () => place.toolUrl, sends: senderOrigins(store) })
  const streams = openStreams(gate(server, { policy, sessions, isStopped: () => store.killSwitch.stop !== null }))
  sessions.onEnd(() => streams.closeRefused())
  answerErrors(server)
  const signedIn = signIn(sessions, nowEpochMs)
  const views = liveViews(server, { store, streams })
  let alarms = 0
  const retaining = retain(store, { reemit: options.reemit, failed: (error) => server.log.error({ error }, 'the retention failed') })
  const ingest = createIngest(store, { onStored: views.onStored, follows: views.follow, ner, onNetwork: reach(server) })
  const signed = [ingestOperation(ingest), erasureOperation(ingest, options.reemit), deviceLedgerOperation(ingest), watchOperation(ingest)]
  const operations: Operation[] = [
    ...signedIn.operations,
    ...(options.provider === undefined ? [] : providerOperations({ provider: openProvider(options.provider), sessions, url, nowEpochMs })),
    sessionOperation(sessions),
    ...passkeyOperations({ store, sessions, url }),
    ...views.operations,
    ...enrolOperations({ store, offer: () => place.offer, nowEpochMs, onNetwork: reach(server) }),
    ...mineOperations({ store, reemit: options.reemit }),
    ...ledgerOperations(store),
    takeoutOperation(store),
    ...killOperations(store),
    ...oversightOperations(store),
    ...pictureOperations(store),
    ...demoOperations({ relay, streams, toolUrl: () => place.toolUrl }),
    ...healthOperations(
      () => !store.failed.aborted,
      () => metricsOf(ingest, retaining, alarms),
    ),
    openApiOperation(() => [...signed, ...operations], url),
  ]
  await serveSigned(server, ingest, signed)
  serve(server, operations, sessions.of)
  await pageRoutes(server, options.webRoot, (request) => options.provider !== undefined && sessions.of(request) === undefined)
  const startWatch = (everyMs?: number): Watch => {
    const rows = matrixOf(policy, served(routes))
    const tell = (alarm: Alarm): void => {
      alarms += 1
      server.log.error({ alarm }, 'an alarm')
    }
    const failed = (error: unknown): void => server.log.error({ error }, 'a look at what must not happen failed')
    const probing = () => probe(server, { rows, sessions, url: url() })
    return openWatch({ store, probe: probing, tell, failed, rules: matrixPage(rows), ...(everyMs === undefined ? {} : { everyMs }) })
  }
  return { server, streams, relay, signedIn, ingest, retaining, routes, policy, startWatch, onNetwork: reach(server) }
}

/** Whether others than this machine reach a server, by what it is bound to when that is asked. */
function reach(server: FastifyInstance): () => boolean {
  return () => server.addresses().some((at) => typeof at === 'string' || !isLoopback(at.address))
}

/** Of an address that a socket is bound to, in digits. */
function isLoopback(address: string): boolean {
  return address === '::1' || /^127(\.\d+){3}$/.test(address)
}

/** Every route that will be added. */
function noteRoutes(server: FastifyInstance): readonly Registered[] {
  const routes: Registered[] = []
  server.addHook('onRoute', ({ method, url, config }) => {
    const { why = 'none', signed = false } = config ?? {}
    routes.push(...[method].flat().map((one) => ({ method: one, url, why, signed })))
  })
  return routes
}

/** The routes as the policies and the matrix name them. */
export function served(routes: readonly Registered[]): readonly MatrixRoute[] {
  return routes
    .filter(({ method }) => method !== 'HEAD')
    .map(({ method, url, why, signed }) => ({ route: routeOf(method, url), why, signed }))
}

/** Whatever Fastify refuses by itself is answered in the words of this server. */
function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error.statusCode === 413) return refuse(reply, 'too-large')
    if (error.statusCode !== undefined && error.statusCode < 500) return refuse(reply, 'malformed')
    request.log.error({ error, path: request.routeOptions.url }, 'a request failed')
    return refuse(reply, 'failed')
  })
}

function metricsOf(ingest: Ingest, retaining: Retaining, alarms: number): Metrics {
  const { refused, inFlight, ...counts } = ingest.counters()
  const kinds = Object.entries(counts).map(([name, count]) => [`batches_${name}`, count] as const)
  const reasons = Object.entries(refused).map(([reason, count]) => [`batches_refused_${reason}`, count] as const)
  const { unsigned, unforgotten } = ingest.store.ledger
  return {
    counters: { ...Object.fromEntries([...kinds, ...reasons]), ...retaining.counters(), alarms },
    gauges: { batches_inflight: inFlight, ledger_unsigned: unsigned, ledger_unforgotten: unforgotten },
  }
}
