import { fileURLToPath } from 'node:url'

import { generateKeyPair, grantReceipt, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Batch, Event, Manifest, Modality, Observation, ObservationNode, Receipt, TrustedKey } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { Frame, Page } from 'playwright-core'

import type { Stage } from './chromium.ts'
import type { Recording, RecordingState, RecordOptions } from './src/options.ts'

/** The built recorder. */
export const overtBundle: string = fileURLToPath(new URL('dist/overt.iife.js', import.meta.url))

/** What `decide` is given in a page. */
export interface Papers {
  readonly receipt: Receipt
  readonly manifest: Manifest
  readonly keys: readonly TrustedKey[]
}

/** A local trial's signed documents for one origin. */
export async function papersFor(origin: string, modalities: readonly Modality[] = ['actions', 'text', 'structure']): Promise<Papers> {
  const [operator, person] = await Promise.all([generateKeyPair(), generateKeyPair()])
  const nowEpochMs = Date.now()
  const keyId = await keyIdOf(operator.publicKey)
  const sample = sampleManifest({ origin, nowEpochMs })
  const offered = (app: Manifest['apps'][number]): Modality[] => [...new Set([...app.modalities, ...modalities])]
  const open = { ...sample, apps: sample.apps.map((app) => ({ ...app, exceptPaths: ['/private/**'], modalities: offered(app) })) }
  const manifest = await signManifest(open, { keyId, by: 'operator', privateKey: operator.privateKey })
  const expiresAtEpochMs = nowEpochMs + 86_400_000
  const receipt = await grantReceipt(
    { person: 'ada', manifest, purposes: ['ground'], modalities: [...modalities], nowEpochMs, expiresAtEpochMs, assurance: 'local' },
    person,
  )
  return { receipt, manifest, keys: [{ keyId, by: 'operator', publicKey: operator.publicKey }] }
}

/** A page that is being recorded, and what has left it. */
export interface Trial {
  readonly page: Page
  readonly batches: readonly Batch[]
  readonly states: readonly RecordingState[]
  /** Sends what is held, and gives every event so far but the recorder's own. */
  events(): Promise<Event[]>
  observations(): Observation[]
  /** The row that an event happened on, in its own observation. */
  rowOf(event: Event | undefined): ObservationNode | undefined
  tell(method: 'pause' | 'resume' | 'flush' | 'startTask' | 'endTask', argument?: object): Promise<void>
  stop(): Promise<void>
  counters(): Promise<Readonly<Record<string, number>>>
}

interface InPage {
  Overt: typeof import('./src/index.ts')
  recording: Recording
  abort: AbortController
  overtSend(batch: Batch): Promise<void>
  overtState(state: RecordingState): Promise<void>
}

/** Opens a page and starts the built recorder in it, in a task session unless `record` says otherwise: an ambient one keeps no free text to look at. */
export async function startTrial(
  stage: Stage,
  html: string,
  options: { readonly modalities?: readonly Modality[]; readonly record?: Omit<RecordOptions, 'send' | 'onState'> } = {},
): Promise<Trial> {
  const page = await stage.open(html, [overtBundle])
  return recordPage(page, await papersFor(stage.origin, options.modalities), options.record ?? {})
}

/** Starts the recorder in a page that has the bundle, or in one frame of it. */
export async function recordPage(
  page: Page,
  papers: Papers,
  options: Omit<RecordOptions, 'send' | 'onState'>,
  frame: Frame = page.mainFrame(),
): Promise<Trial> {
  const batches: Batch[] = []
  const states: RecordingState[] = []
  await page.exposeFunction('overtSend', (batch: Batch) => void batches.push(batch))
  await page.exposeFunction('overtState', (state: RecordingState) => void states.push(state))
  await frame.evaluate(
    async ([given, more]) => {
      const inside = globalThis as unknown as InPage // as: the bundle and the functions were put there before
      inside.abort = new AbortController()
      const { keys, receipt, manifest } = given
      const decision = await inside.Overt.decide(receipt, manifest, 'ground', Date.now(), { keys, signal: inside.abort.signal })
      if (!decision.ok) throw new Error(`refused: ${decision.reason}`)
      const full: RecordOptions = {
        mode: 'task',
        ...(more as RecordOptions), // as: playwright widens what it carries over
        send: (batch) => inside.overtSend(batch),
        onState: (state) => void inside.overtState(state),
      }
      inside.recording = inside.Overt.record(decision.value, full)
    },
    [papers, options] as const,
  )
  const tell = (method: string, argument?: object): Promise<void> =>
    frame.evaluate(
      async ([name, value]) => {
        const { recording } = globalThis as unknown as InPage // as: put there above
        const act: unknown = Reflect.get(recording, name)
        if (typeof act === 'function') await Reflect.apply(act, recording, [value])
      },
      [method, argument] as const,
    )
  const decoded = (): { events: Event[]; observations: Observation[] } => {
    const all = batches.map((batch) => decodeColumns(batch))
    return { events: all.flatMap((one) => one.events), observations: all.flatMap((one) => one.observations) }
  }
  return {
    page,
    batches,
    states,
    tell,
    events: async () => {
      await new Promise((rest) => setTimeout(rest, 120))
      await frame.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
      await tell('flush')
      return decoded().events.filter((event) => event.kind !== 'recorder')
    },
    observations: () => decoded().observations,
    rowOf: (event) =>
      decoded()
        .observations.find((observation) => observation.id === event?.observation)
        ?.nodes.find((node) => node.id === event?.node),
    stop: () => frame.evaluate(() => (globalThis as unknown as InPage).recording()), // as: put there above
    counters: () => frame.evaluate(() => ({ ...(globalThis as unknown as InPage).recording.counters })), // as: put there above
  }
}
