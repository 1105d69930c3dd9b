import { readFileSync } from 'node:fs'
import { type IncomingHttpHeaders, createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

import { exportPrivateKey, generateKeyPair } from '@overt/privacy'
import type { Batch, Event, Modality } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { BrowserContext, Page } from 'playwright-core'

import type { Recording, RecordingState } from '../src/options.ts'
import { overtBundle, papersFor } from '../trial.ts'

/** One request as it came in. */
export interface Got {
  readonly headers: IncomingHttpHeaders
  /** As sent. */
  readonly raw: Buffer
  readonly batch: Batch
}

/** A server of another origin that acknowledges batches, and what it got. */
export interface Endpoint {
  readonly url: string
  readonly got: readonly Got[]
  /** Events of a producer, or of all, each batch once, in the order of their producers' numbers. */
  events(producer?: string): Event[]
  /** Producers in the order of their first batch. */
  producers(): string[]
  /** `ok` is the usual; `lost`: takes the batch and breaks off without an answer; `away`: as if nobody were there. */
  answer(how: 'ok' | 'lost' | 'away' | 413 | 503): void
  close(): void
}

/** Starts it; whoever opens it closes it. `more`: headers of its answers. */
export async function openEndpoint(more: Readonly<Record<string, string>> = {}): Promise<Endpoint> {
  const got: Got[] = []
  let how: Parameters<Endpoint['answer']>[0] = 'ok'
  const server = createServer((request, response) => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'overt-base',
      'access-control-allow-headers': 'authorization, content-type, content-encoding',
    }
    const open = { ...cors, ...more, 'cross-origin-resource-policy': 'cross-origin' }
    if (how === 'away') return void request.socket.destroy()
    if (request.method === 'OPTIONS') return void response.writeHead(204, open).end()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (typeof how === 'number') return void response.writeHead(how, open).end('{}')
      const raw = Buffer.concat(chunks)
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      got.push({ headers: request.headers, raw, batch: JSON.parse(String(body)) })
      if (how === 'lost') request.socket.destroy()
      else response.writeHead(200, open).end('{}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const once = (): Batch[] => [...new Map(got.map(({ batch }) => [batch.id, batch])).values()]
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    got,
    events: (producer) =>
      once()
        .filter((batch) => producer === undefined || batch.producer === producer)
        .flatMap((batch) => decodeColumns(batch).events)
        .toSorted((one, other) => (producer === undefined ? 0 : one.seq - other.seq)),
    producers: () => [...new Set(got.map(({ batch }) => batch.producer))],
    answer: (next) => void (how = next),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** What the init script leaves in a page for the test. */
export interface Inside {
  readonly Overt: typeof import('../src/index.ts')
  recording: Recording
  last: RecordingState
  refused: string
  violations: string[]
}

/** Waits until a page is being recorded. */
export async function untilRecorded(page: Page): Promise<void> {
  await page.waitForLoadState()
  // A popup keeps the window of the blank document that it began with, and Chromium runs no init script for the one that takes its place: that one is loaded anew.
  if (!(await page.evaluate<boolean>('globalThis.last?.state === "recording"'))) await page.reload()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
}

/** Records every document of a context from its very start, to an endpoint. */
export async function recordContext(
  context: BrowserContext,
  origin: string,
  endpoint: string,
  options: { readonly modalities?: readonly Modality[]; readonly mode?: 'ambient' | 'task'; readonly before?: string } = {},
): Promise<void> {
  await context.addInitScript({ content: await recordScript(origin, endpoint, options) })
}

/** The script that does it in a document. */
export async function recordScript(origin: string, endpoint: string, options: Parameters<typeof recordContext>[3] = {}): Promise<string> {
  const { privateKey } = await generateKeyPair()
  const { modalities, mode = 'task', before = '' } = options
  const given = { ...(await papersFor(origin, modalities)), deviceKey: await exportPrivateKey(privateKey), endpoint, mode }
  // One script: Chromium has run a second init script before the first on a busy machine.
  return `${before};${readFileSync(overtBundle, 'utf8')};(${start})(${JSON.stringify(given)})`
}

const start = `async ({ receipt, manifest, keys, deviceKey, endpoint, mode }) => {
  globalThis.violations = []
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI))
  if (window !== top) return
  const decision = await Overt.decide(receipt, manifest, 'ground', Date.now(), { keys })
  if (!decision.ok) return void (globalThis.refused = decision.reason)
  globalThis.recording = Overt.record(decision.value, {
    endpoint, deviceKey, mode, session: 'session-of-a-test', onState: (state) => void (globalThis.last = state),
  })
}`
