import { putManifest, trustKey, type Ingest, type Reemit, type Store } from '@overt/data'
import type { Ner } from '@overt/data/govern'
import type { Manifest, TrustedKey } from '@overt/schema'
import type { FastifyInstance } from 'fastify'

import type { Policy } from './access/policy.ts'
import type { ProviderOptions } from './access/provider.ts'
import type { Account } from './access/role.ts'
import { assemble, type Registered } from './assemble.ts'
import { listenFailure } from './error.ts'
import type { DemoFeed } from './feed.ts'
import type { Door } from './http/sign-in.ts'
import type { Offer } from './routes/enrol.ts'
import { openTool } from './tool.ts'
import type { Watch } from './watch.ts'

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
  /** Where accounts sign in; without it the link alone signs in. */
  readonly provider?: ProviderOptions
  /** An operator's own model for names; the server does not close it. */
  readonly ner?: Ner | undefined
  /** Where browsers reach it, where that is not where it listens: behind a proxy that holds the certificate. */
  readonly publicUrl?: string
  readonly log?: NodeJS.WritableStream
  /** How often it is looked for what must not happen; 120,000 by default, at most 300,000. */
  readonly watchEveryMs?: number
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string
  readonly toolUrl: string | null
  /** Whether others than this machine reach it: then it takes no receipt of assurance `local`. */
  readonly onNetwork: boolean
  readonly ingest: Ingest
  readonly feed: DemoFeed
  /** All that it answers, so that its description can be held against it. */
  readonly routes: readonly Registered[]
  /** Who may what. */
  readonly policy: Policy
  /** A new link at each call; it works once, for ten minutes, and signs in whoever `person` is unless another account is given. */
  signInLink(to?: Door, account?: Account): string
  close(): Promise<void>
}

const loopback = '127.0.0.1'

/** Starts the server, and the tool beside it where there is one. Throws `ServerError` where a port or a bundle is missing; then nothing listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, tool, host = loopback } = options
  const owner: Account = { id: options.person, person: options.person, roles: ['person'], by: 'link' }
  const place = { url: '', toolUrl: null as string | null, offer: null as Offer | null } // as: filled below, once the ports are known
  const built = await assemble(options, place)
  const toolServer = tool === undefined ? null : await openTool(tool.root, () => place.url)
  let watch: Watch | null = null
  const close = async () => {
    await watch?.close()
    built.streams.closeAll()
    await Promise.all([built.server.close(), toolServer?.close(), built.retaining.stop()])
  }
  try {
    const listened = await listen(built.server, host, options.port ?? 4747)
    place.url = options.publicUrl === undefined ? listened : publicOrigin(options.publicUrl, listened)
    if (tool !== undefined && toolServer !== null) {
      place.toolUrl = await listen(toolServer, host, tool.port ?? 0)
      place.offer = await offerOf(store, tool, place.toolUrl)
    }
    // On one's own machine there is nobody to watch.
    watch = options.provider === undefined ? null : built.startWatch(options.watchEveryMs)
  } catch (error) {
    await close()
    throw error
  }
  return {
    url: place.url,
    toolUrl: place.toolUrl,
    onNetwork: built.onNetwork(),
    ingest: built.ingest,
    feed: built.relay.feed,
    routes: built.routes,
    policy: built.policy,
    signInLink: (to = '/mine', account = owner) => place.url + built.signedIn.link(to, account),
    close,
  }
}

/** The origin that the options name; a port of 0 there is the one that was found free. */
function publicOrigin(publicUrl: string, listened: string): string {
  const url = new URL(publicUrl)
  if (url.port === '0') url.port = new URL(listened).port
  return url.origin
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
