import { createIngest, putManifest, senderOrigins, trustKey, type Ingest, type Reemit, type Store } from '@overt/data'
import type { Manifest, TrustedKey } from '@overt/schema'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'

import { listenFailure } from './error.ts'
import { openFeed, type DemoFeed } from './feed.ts'
import { guard } from './http/guard.ts'
import { refuse } from './http/refusal.ts'
import { signIn, type Door, type SignIn } from './http/sign-in.ts'
import { openStreams } from './http/sse.ts'
import { demoRoutes } from './routes/demo.ts'
import { enrolRoutes, type Offer } from './routes/enrol.ts'
import { healthRoutes } from './routes/health.ts'
import { ingestRoutes } from './routes/ingest.ts'
import { liveRoutes } from './routes/live.ts'
import { mineRoutes } from './routes/mine.ts'
import { openApiRoutes } from './routes/openapi.ts'
import { pageRoutes } from './routes/pages.ts'
import { openTool } from './tool.ts'

/** The bundled tool that is recorded in the walk-through. */
export interface ToolOptions {
  /** Its bundle. */
  readonly root: string
  /** 0, the default, for any free one. */
  readonly port?: number
  /** The signed statement of what may be recorded at this origin. */
  readonly manifest: (origin: string) => Promise<Manifest>
  /** The keys whose signatures on it count. */
  readonly keys: readonly TrustedKey[]
}

/** What a server is made of. */
export interface ServerOptions {
  /** Open; the server does not close it. */
  readonly store: Store
  /** Whom the sign-in link signs in. */
  readonly person: string
  /** The bundle of the web pages. */
  readonly webRoot: string
  /** 4747 by default; 0 for any free one. */
  readonly port?: number
  readonly host?: string
  readonly tool?: ToolOptions
  /** Makes the next version of a release without erased work. */
  readonly reemit?: Reemit
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string
  readonly toolUrl: string | null
  readonly ingest: Ingest
  readonly feed: DemoFeed
  /** A new link at each call; it works once, for ten minutes. */
  signInLink(to?: Door): string
  close(): Promise<void>
}

const loopback = '127.0.0.1'

/** Starts the server, and the tool beside it where there is one. Throws `ServerError` where a port or a bundle is missing; then nothing listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, tool, host = loopback } = options
  const place = { url: '', toolUrl: null as string | null, offer: null as Offer | null } // as: filled below, once the ports are known
  const built = await buildServer(options, place)
  const toolServer = tool === undefined ? null : await openTool(tool.root, () => place.url)
  const close = async () => {
    built.streams.closeAll()
    await Promise.all([built.server.close(), toolServer?.close()])
  }
  try {
    place.url = await listen(built.server, host, options.port ?? 4747)
    if (tool !== undefined && toolServer !== null) {
      place.toolUrl = await listen(toolServer, host, tool.port ?? 0)
      place.offer = await offerOf(store, tool, place.toolUrl)
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    url: place.url,
    toolUrl: place.toolUrl,
    ingest: built.ingest,
    feed: built.relay.feed,
    signInLink: (to = '/mine') => place.url + built.signedIn.link(to),
    close,
  }
}

interface Place {
  readonly url: string
  readonly toolUrl: string | null
  readonly offer: Offer | null
}

async function buildServer(options: ServerOptions, place: Place) {
  const { store } = options
  const server = fastify({
    forceCloseConnections: true,
    trustProxy: false,
    logger: { level: 'error', stream: process.stderr, redact: ['req.headers'] },
  })
  const nowEpochMs = () => store.nowEpochMs()
  const streams = openStreams()
  const relay = openFeed()
  guard(server, { own: () => place.url, tool: () => place.toolUrl, sends: senderOrigins(store) })
  answerErrors(server)
  const signedIn: SignIn = signIn(server, options.person, () => Number(new URL(place.url).port), nowEpochMs)
  const views = liveRoutes(server, { store, signedIn, streams })
  const ingest = createIngest(store, { onStored: (batch) => views.onStored(batch) })
  await ingestRoutes(server, ingest)
  enrolRoutes(server, { store, signedIn, offer: () => place.offer, nowEpochMs })
  mineRoutes(server, { store, signedIn, reemit: options.reemit })
  demoRoutes(server, { relay, signedIn, streams, toolUrl: () => place.toolUrl })
  healthRoutes(
    server,
    () => !store.failed.aborted,
    () => countersOf(ingest),
  )
  openApiRoutes(server)
  await pageRoutes(server, options.webRoot)
  return { server, streams, relay, signedIn, ingest }
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

function countersOf(ingest: Ingest): Readonly<Record<string, number>> {
  const { refused, ...counters } = ingest.counters()
  const reasons = Object.entries(refused).map(([reason, count]) => [`batches_refused_${reason}`, count] as const)
  return {
    ...Object.fromEntries(Object.entries(counters).map(([name, count]) => [`batches_${name}`, count])),
    ...Object.fromEntries(reasons),
  }
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    const address = await server.listen({ host, port })
    return new URL(address).origin
  } catch (error) {
    throw listenFailure(error, host, port)
  }
}

async function offerOf(store: Store, tool: ToolOptions, origin: string): Promise<Offer> {
  for (const key of tool.keys) await trustKey(store, key)
  const manifest = await tool.manifest(origin)
  const put = await putManifest(store, manifest)
  if (!put.ok) throw new TypeError(`The tool's manifest can't be used (${put.reason}): ${put.explain}`)
  return { manifest, keys: tool.keys }
}
