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
  const { receipt, manifest, keys, to } = options
  const here = 'send' in to
  await page.exposeBinding('overtSend', async (_, sent: { readonly events: number; readonly batch?: Batch }) => {
    count(sent.events)
    if (here && sent.batch !== undefined) await to.send(sent.batch)
  })
  await page.evaluate(bundle)
  const target = here ? {} : { endpoint: to.endpoint, deviceKey: to.deviceKey, deviceId: to.deviceId }
  const given = { receipt, manifest, keys, here, purpose: permit.purpose, target: { ...target, session: `demo-${randomUUID()}` } }
  const decision = await page.evaluate(startInPage, given)
  if (!decision.ok)
    throw new AgentError('OVT-1509', `The recorder refused to record ${page.url()}: ${decision.explain ?? decision.reason}.`)
}

type InPage = typeof globalThis & {
  readonly Overt: {
    decide(
      receipt: unknown,
      manifest: unknown,
      purpose: string,
      nowEpochMs: number,
      options: object,
    ): Promise<{ ok: boolean; value?: object; reason?: string; explain?: string }>
    record(permit: object, options: object): PageRecording
  }
  readonly overtSend: (sent: { events: number; batch?: unknown }) => Promise<void>
  overtRecording: PageRecording
}

type PageRecording = (() => Promise<void>) & Record<'startTask' | 'endTask' | 'flush', (argument?: unknown) => unknown>

/** Runs in the page. */
async function startInPage(given: {
  receipt: unknown
  manifest: unknown
  keys: readonly unknown[]
  here: boolean
  purpose: string
  target: object
}): Promise<{ ok: boolean; reason?: string | undefined; explain?: string | undefined }> {
  const page = globalThis as InPage // as: the bundle and the binding were put there before
  const decision = await page.Overt.decide(given.receipt, given.manifest, given.purpose, Date.now(), { keys: given.keys })
  if (!decision.ok || decision.value === undefined) return { ok: false, reason: decision.reason, explain: decision.explain }
  const send = given.here
    ? { send: (batch: { count: number }) => page.overtSend({ events: batch.count, batch }) }
    : {
        onSent: (sent: { events: number | readonly unknown[] }) =>
          void page.overtSend({ events: typeof sent.events === 'number' ? sent.events : sent.events.length }),
      }
  page.overtRecording = page.Overt.record(decision.value, { ...given.target, ...send, mode: 'task' })
  return { ok: true }
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
