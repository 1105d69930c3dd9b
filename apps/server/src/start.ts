import { putManifest, trustKey, type Ingest, type Reemit, type Store } from '@overt/data'
import type { Manifest, TrustedKey } from '@overt/schema'
import type { FastifyInstance } from 'fastify'

import { assemble, type Registered } from './assemble.ts'
import { listenFailure } from './error.ts'
import type { DemoFeed } from './feed.ts'
import type { Door } from './http/sign-in.ts'
import type { Offer } from './routes/enrol.ts'
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
  /** All that it answers, so that its description can be held against it. */
  readonly routes: readonly Registered[]
  /** A new link at each call; it works once, for ten minutes. */
  signInLink(to?: Door): string
  close(): Promise<void>
}

const loopback = '127.0.0.1'

/** Starts the server, and the tool beside it where there is one. Throws `ServerError` where a port or a bundle is missing; then nothing listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, tool, host = loopback } = options
  const place = { url: '', toolUrl: null as string | null, offer: null as Offer | null } // as: filled below, once the ports are known
  const built = await assemble(options, place)
  const toolServer = tool === undefined ? null : await openTool(tool.root, () => place.url)
  const close = async () => {
    built.streams.closeAll()
    await Promise.all([built.server.close(), toolServer?.close(), built.retaining.stop()])
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
    routes: built.routes,
    signInLink: (to = '/mine') => place.url + built.signedIn.link(to),
    close,
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
