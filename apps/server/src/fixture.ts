import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { enrolDevice, openStore, putManifest, trustKey, type Store } from '@overt/data'
import { generateKeyPair, importPrivateKey, keyIdOf, redactionVersion, sampleManifest, signBytes, signManifest } from '@overt/privacy'
import type { Batch, Event, Manifest, Modality, Observation, TrustedKey } from '@overt/schema'
import { canonicalJson, encodeColumns } from '@overt/schema/words'

import type { Role } from './access/role.ts'
import { startServer, type RunningServer, type ServerOptions } from './start.ts'

/** A log that nobody reads, where a test makes the server complain. */
export function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/** Where the fixture's work is recorded. */
export const workOrigin = 'http://127.0.0.1:4999'

/** A server over an empty folder, with pages and a tool of one line each. */
export interface Trial {
  readonly store: Store
  readonly server: RunningServer
  readonly keys: readonly TrustedKey[]
  /** The signed manifest for an origin: one, whoever answers it. */
  readonly sign: (origin: string) => Promise<Manifest>
  /** A cookie of the signed-in person, or of an account that holds these roles alone. */
  signIn(...roles: readonly Role[]): Promise<string>
  close(): Promise<void>
}

/** Starts a server for a test; whoever calls it closes it. */
export async function openTrial(
  person = 'ada',
  options: { readonly webRoot?: string; readonly toolRoot?: string } & Pick<
    ServerOptions,
    'host' | 'provider' | 'publicUrl' | 'log' | 'watchEveryMs'
  > = {},
  nowEpochMs: () => number = Date.now,
): Promise<Trial> {
  const dir = mkdtempSync(join(tmpdir(), 'overt-server-'))
  const store = await openStore(join(dir, 'data'), { nowEpochMs })
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  const keys: readonly TrustedKey[] = [{ keyId, by: 'operator', publicKey: pair.publicKey }]
  const signed = new Map<string, Promise<Manifest>>()
  const sign = (origin: string) => {
    const manifest = signed.get(origin) ?? signedSample(store, origin, keyId, pair)
    signed.set(origin, manifest)
    return manifest
  }
  const server = await startServer({
    store,
    person,
    ...options,
    webRoot: options.webRoot ?? pages(dir),
    port: 0,
    tool: { root: options.toolRoot ?? tool(dir), keys, manifest: sign },
  })
  const close = async () => {
    await server.close()
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
  return { store, server, keys, sign, signIn: (...roles) => signInTo(server, roles), close }
}

async function signedSample(
  store: Store,
  origin: string,
  keyId: string,
  pair: Awaited<ReturnType<typeof generateKeyPair>>,
): Promise<Manifest> {
  const sample = sampleManifest({ origin, purposes: ['ground'], nowEpochMs: store.nowEpochMs() })
  return signManifest(sample, { keyId, by: 'operator', privateKey: pair.privateKey })
}

/** Pages of one line each. */
export function pages(dir: string): string {
  const root = join(dir, 'web')
  mkdirSync(join(root, 'assets'), { recursive: true })
  for (const name of ['mine', 'demo']) writeFileSync(join(root, `${name}.html`), `<!doctype html><title>${name}</title>`)
  writeFileSync(join(root, 'assets', 'a.js'), 'export {}')
  return root
}

function tool(dir: string): string {
  const root = join(dir, 'tool')
  mkdirSync(root, { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>tool</title>')
  return root
}

async function signInTo(server: RunningServer, roles: readonly Role[]): Promise<string> {
  const [name] = roles
  const account = name === undefined ? [] : ([{ id: `some-${name}`, person: `some-${name}`, roles, by: 'provider' }] as const)
  const response = await fetch(server.signInLink('/mine', ...account))
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/** A person's device on this server. */
export interface Device {
  readonly id: string
  readonly person: string
  batch(id: string, change?: Partial<Batch>): Batch
  /** What its request says for a body: `Device <head>.<signature>`. */
  authorization(body: string): Promise<string>
  /** Sends JSON under the device's signature, to where batches go unless `path` says otherwise. */
  send(sent: object | string, path?: string): Promise<Response>
}

/** Enrols a person's device for pages of an origin, as `overt device enrol` does. */
export async function enrolFor({ store, server, keys, sign }: Trial, person: string, origin: string, modalities?: readonly Modality[]) {
  for (const key of keys) await trustKey(store, key)
  const manifest = await sign(origin)
  await putManifest(store, manifest)
  const some = modalities === undefined ? {} : { modalities }
  return { ...(await enrolDevice(store, { person, manifest, endpoint: server.url, ...some })), manifest }
}

/** Enrols a device for a person. */
export async function openDevice(trial: Trial, person: string): Promise<Device> {
  const { server } = trial
  const enrolment = await enrolFor(trial, person, workOrigin)
  const privateKey = await importPrivateKey(enrolment.deviceKey)
  const { deviceId, receipt } = enrolment
  const authorization = async (body: string): Promise<string> => {
    const claim = { body: createHash('sha256').update(body).digest('hex'), device: deviceId, iat: Date.now(), nonce: randomUUID() }
    const head = Buffer.from(canonicalJson(claim)).toString('base64url')
    return `Device ${head}.${await signBytes(privateKey, new TextEncoder().encode(head))}`
  }
  return {
    id: deviceId,
    person,
    authorization,
    batch: (id, change = {}) => ({
      ...emptyBatch(id),
      person,
      device: deviceId,
      receipt: receipt.id,
      manifest: receipt.manifestSha256,
      ...change,
    }),
    async send(sent, path = '/v1/batches') {
      const body = typeof sent === 'string' ? sent : JSON.stringify(sent)
      const headers = { authorization: await authorization(body), 'content-type': 'application/json' }
      return fetch(server.url + path, { method: 'POST', headers, body })
    },
  }
}

const node = { inputType: '', value: '', states: [], options: [], look: '', keys: '', parent: -1 }
const page: Observation = {
  id: 0,
  url: `${workOrigin}/orders`,
  title: 'Orders',
  viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
  status: 'fresh',
  nodes: [
    { ...node, id: 1, tag: 'button', role: 'button', name: 'Refund', box: [10, 10, 80, 30] },
    { ...node, id: 2, tag: 'input', inputType: 'text', role: 'textbox', name: 'Amount', box: [10, 60, 200, 30] },
  ],
}
const base = { gap: 0, observation: 0 }
const events: readonly Event[] = [
  { kind: 'task', seq: 0, ...base, node: -1, phase: 'start', goal: 'refund it', template: '', seed: '', outcome: 'unknown', by: 'none' },
  { kind: 'text', seq: 1, ...base, node: 2, before: '', after: '12.50', cause: 'typed', secret: false },
  { kind: 'click', seq: 2, ...base, node: 1, button: 0, count: 1, modifiers: '', x: 20, y: 20, cause: 'pointer' },
]

function emptyBatch(id: string): Batch {
  return {
    v: 'overt.batch/2',
    id,
    person: '',
    device: '',
    session: 'session-1',
    producer: 'page-1',
    receipt: '',
    manifest: '',
    purpose: 'ground',
    modalities: ['actions', 'text', 'structure'],
    mode: 'task',
    origin: workOrigin,
    path: '/orders',
    closedAtEpochMs: Date.now(),
    redaction: redactionVersion,
    ...encodeColumns(events, [page]),
    counters: {},
  }
}

/** A request with headers that `fetch` does not let one set. */
export function rawRequest(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname } = new URL(url)
    request({ hostname, port, path: pathname, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

/** Reads events of a stream until enough have come. */
export async function readEvents<T>(url: string, cookie: string, enough: (events: readonly T[]) => boolean): Promise<readonly T[]> {
  const response = await fetch(url, { headers: { cookie } })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const told = text.split('\n\n').slice(0, -1)
    const found = told.filter((block) => block.startsWith('data: ')).map((block) => JSON.parse(block.slice(6)) as T)
    if (enough(found)) return found
  }
  return []
}
