import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Permit } from '@overt/privacy'
import type { Batch, Manifest, Receipt, TrustedKey } from '@overt/schema'

import { AgentError } from '../error.ts'

/** Where batches go: to a callback here, or straight from the page to a server that the person's device is enrolled with. */
export type Destination =
  | { readonly send: (batch: Batch) => void | Promise<void> }
  | { readonly endpoint: string; readonly deviceKey: string; readonly deviceId: string }

/** What the page's own `decide` and `record` are given. */
export interface RecorderOptions {
  readonly receipt: Receipt
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
  readonly to: Destination
}

/** Puts the built recorder into the page, lets it decide for itself, and starts it in a task session. Throws `AgentError` where it refuses. */
export async function startRecorder(
  permit: Permit,
  page: Page,
  bundle: string,
  options: RecorderOptions,
  count: (events: number) => void,
): Promise<void> {
  await placeRecorder(permit, page, bundle, options, count)
  await beginRecording(permit, page, options.to)
}

/** Puts the built recorder into the page and lets it decide for itself; it records nothing yet. Throws `AgentError` where it refuses. */
export async function placeRecorder(
  permit: Permit,
  page: Page,
  bundle: string,
  options: RecorderOptions,
  count: (events: number) => void,
): Promise<void> {
  const { receipt, manifest, keys, to } = options
  const here = 'send' in to
  await page.exposeBinding('overtSend', async (_, sent: { readonly events: number; readonly batch?: Batch }) => {
    count(sent.events)
    if (here && sent.batch !== undefined) await to.send(sent.batch)
  })
  await page.evaluate(bundle)
  const decision = await page.evaluate(decideInPage, { receipt, manifest, keys, purpose: permit.purpose })
  if (!decision.ok) throw new AgentError('OVT-1509', `The recorder refused to record ${page.url()}: ${decision.reason}.`)
}

/** Starts a recorder that was placed, in a session of its own. */
export async function beginRecording(permit: Permit, page: Page, to: Destination): Promise<void> {
  permit.signal.throwIfAborted()
  const here = 'send' in to
  const target = here ? {} : { endpoint: to.endpoint, deviceKey: to.deviceKey, deviceId: to.deviceId }
  await page.evaluate(recordInPage, { here, target: { ...target, session: `demo-${randomUUID()}` } })
}

type InPage = typeof globalThis & {
  readonly Overt: {
    decide(
      receipt: unknown,
      manifest: unknown,
      purpose: string,
      nowEpochMs: number,
      options: object,
    ): Promise<{ ok: boolean; value?: object; reason?: string }>
    record(permit: object, options: object): PageRecording
  }
  readonly overtSend: (sent: { events: number; batch?: unknown }) => Promise<void>
  overtPermit: object
  overtRecording: PageRecording
}

type PageRecording = (() => Promise<void>) & Record<'startTask' | 'endTask' | 'flush', (argument?: unknown) => unknown>

/** Runs in the page. */
async function decideInPage(given: {
  receipt: unknown
  manifest: unknown
  keys: readonly unknown[]
  purpose: string
}): Promise<{ ok: boolean; reason?: string | undefined }> {
  const page = globalThis as InPage // as: the bundle was put there before
  const decision = await page.Overt.decide(given.receipt, given.manifest, given.purpose, Date.now(), { keys: given.keys })
  if (!decision.ok || decision.value === undefined) return { ok: false, reason: decision.reason }
  page.overtPermit = decision.value
  return { ok: true }
}

/** Runs in the page. */
function recordInPage(given: { here: boolean; target: object }): void {
  const page = globalThis as InPage // as: the bundle, the binding and the permit were put there before
  const send = given.here
    ? { send: (batch: { count: number }) => page.overtSend({ events: batch.count, batch }) }
    : {
        onSent: (sent: { events: number | readonly unknown[] }) =>
          void page.overtSend({ events: typeof sent.events === 'number' ? sent.events : sent.events.length }),
      }
  page.overtRecording = page.Overt.record(page.overtPermit, { ...given.target, ...send, mode: 'task' })
}

/** Calls one of the recording's own methods in the page. */
export async function tellRecorder(page: Page, method: 'startTask' | 'endTask' | 'flush', argument?: object): Promise<void> {
  await page.evaluate(
    async ([name, value]) => {
      await (globalThis as InPage).overtRecording[name](value) // as: startRecorder put it there
    },
    [method, argument] as const,
  )
}

/** Stops the recording; what is left is sent first. */
export async function stopRecorder(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as InPage).overtRecording()) // as: startRecorder put it there
}
