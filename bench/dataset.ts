import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

import { buildDataset, datasetContext, enrolDevice, openStore, permitFor, trustKey, type Store } from '@overt/data'
import { generateKeyPair, keyIdOf, redactionVersion, sampleManifest, signManifest, type Permit } from '@overt/privacy'
import type { Batch, Event, Observation } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'

/** Building a release of `scale` events: median over the repetitions, and the smallest and largest. */
export interface DatasetRow {
  readonly scale: number
  readonly eventsPerCpuS: number
  readonly spread: readonly [number, number]
  readonly n: number
  /** Highest resident set while the release was built, the process before it included. */
  readonly rssBytes: number
  readonly rows: number
  /** CPU time per event read: decrypted, decoded and reduced twice, written once. */
  readonly wallMs: number
}

/** What `overt bench dataset` prints. */
export interface DatasetBench {
  readonly machine: string
  readonly rows: readonly DatasetRow[]
}

const origin = 'http://127.0.0.1:4748'
const eventsPerTask = 6
const people = 4
const tasksPerSession = 25
const appendedAtOnce = 64

/** Fills a store with generated sessions of four people at each scale and measures the build of a release from it. */
export async function runDatasetBench(
  options: { readonly scales?: readonly number[]; readonly repetitions?: number } = {},
): Promise<DatasetBench> {
  const { scales = [3_000, 12_000, 48_000], repetitions = 3 } = options
  const rows: DatasetRow[] = []
  for (const scale of scales) rows.push(await measure(scale, repetitions))
  const [cpu] = cpus()
  return { machine: `${cpus().length} x ${cpu?.model ?? 'unknown'}, Node ${process.version}`, rows }
}

async function measure(scale: number, repetitions: number): Promise<DatasetRow> {
  const dir = await mkdtemp(join(tmpdir(), 'overt-bench-'))
  const store = await openStore(join(dir, 'store'))
  try {
    const events = await fill(store, Math.ceil(scale / eventsPerTask / people))
    const runs: Run[] = []
    for (let place = 0; place < repetitions; place += 1) runs.push(await buildOnce(store, join(dir, `release-${place}`), events))
    return summarise(scale, runs)
  } finally {
    await store.close()
    await rm(dir, { recursive: true, force: true })
  }
}

interface Run {
  readonly eventsPerCpuS: number
  readonly wallMs: number
  readonly rssBytes: number
  readonly rows: number
}

async function buildOnce(store: Store, outDir: string, events: number): Promise<Run> {
  const spec = { name: 'bench', purpose: 'ground', splits: { by: 'person', validation01: 0.25, test01: 0.25 } } as const
  let rssBytes = process.memoryUsage.rss()
  const started = performance.now()
  const before = process.cpuUsage()
  const report = await buildDataset(datasetContext(store), spec, outDir, () => {
    rssBytes = Math.max(rssBytes, process.memoryUsage.rss())
  })
  const spent = process.cpuUsage(before)
  if (!report.ok || report.rows === 0) throw new Error(`the release was not built: ${JSON.stringify(report.problems)}`)
  return { eventsPerCpuS: events / ((spent.user + spent.system) / 1e6), wallMs: performance.now() - started, rssBytes, rows: report.rows }
}

function summarise(scale: number, runs: readonly Run[]): DatasetRow {
  const rates = runs.map((run) => run.eventsPerCpuS).toSorted((left, right) => left - right)
  const walls = runs.map((run) => run.wallMs).toSorted((left, right) => left - right)
  const middle = Math.floor(rates.length / 2)
  return {
    scale,
    eventsPerCpuS: Math.round(rates[middle] ?? 0),
    spread: [Math.round(rates[0] ?? 0), Math.round(rates.at(-1) ?? 0)],
    n: runs.length,
    rssBytes: Math.max(...runs.map((run) => run.rssBytes)),
    rows: runs[0]?.rows ?? 0,
    wallMs: Math.round(walls[middle] ?? 0),
  }
}

async function fill(store: Store, tasksPerPerson: number): Promise<number> {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
  const unsigned = sampleManifest({ origin, purposes: ['ground'], nowEpochMs: store.nowEpochMs() })
  const manifest = await signManifest(unsigned, { keyId, by: 'operator', privateKey: pair.privateKey })
  for (let place = 0; place < people; place += 1) {
    const person = `person-${place}`
    const { receipt, deviceId } = await enrolDevice(store, { person, manifest, endpoint: origin })
    const decision = await permitFor(store, receipt.id, 'ground')
    if (!decision.ok) throw new Error(`no permit: ${decision.reason}`)
    const who = { person, device: deviceId, receipt: receipt.id, manifest: receipt.manifestSha256 }
    for (let first = 0; first < tasksPerPerson; first += appendedAtOnce) {
      const tasks = Array.from({ length: Math.min(appendedAtOnce, tasksPerPerson - first) }, (_, place) => batchOf(first + place, who))
      await Promise.all(tasks.map((batch) => append(store, decision.value, batch)))
    }
  }
  return tasksPerPerson * people * eventsPerTask
}

function append(store: Store, permit: Permit, batch: Batch): Promise<unknown> {
  const bytes = Buffer.from(JSON.stringify(batch))
  const { id, person, session, device, mode, receipt, closedAtEpochMs: atEpochMs } = batch
  const contentSha256 = createHash('sha256').update(bytes).digest('hex')
  const envelope = { kind: 'batch' as const, id, contentSha256, form: batch.v, person, session, device, mode, origin, receipt, atEpochMs }
  return store.append(permit, bytes, { ...envelope, events: batch.count, observations: batch.observations.sights.length, tasks: 1 })
}

/** One task on a page of 60 rows: a name is typed, an option chosen, a button pressed. */
function batchOf(
  task: number,
  who: { readonly person: string; readonly device: string; readonly receipt: string; readonly manifest: string },
): Batch {
  const firstSeq = 0
  const base = { gap: 1 }
  const text = `Name ${task} of ${who.person}`
  const events: Event[] = [
    {
      kind: 'task',
      seq: 0,
      ...base,
      observation: -1,
      node: -1,
      phase: 'start',
      goal: `Enter ${text}`,
      template: `bench/t${task % 8}`,
      seed: `demo-${task}`,
      outcome: 'unknown',
      by: 'none',
    },
    { kind: 'click', seq: 1, ...base, observation: 0, node: 1, button: 0, count: 1, modifiers: '', x: 9, y: 9, cause: 'pointer' },
    { kind: 'text', seq: 2, ...base, observation: 0, node: 1, before: '', after: text, cause: 'typed', secret: false },
    { kind: 'check', seq: 3, ...base, observation: 1, node: 2, before: false, after: true, cause: 'pointer' },
    { kind: 'click', seq: 4, ...base, observation: 2, node: 3, button: 0, count: 1, modifiers: '', x: 9, y: 9, cause: 'pointer' },
    {
      kind: 'task',
      seq: 5,
      ...base,
      observation: 2,
      node: -1,
      phase: 'end',
      goal: '',
      template: '',
      seed: '',
      outcome: 'success',
      by: 'page',
    },
  ]
  return {
    v: 'overt.batch/2',
    id: `${who.person}-${task}`.padEnd(8, '-'),
    ...who,
    session: `${who.person}.${Math.floor(task / tasksPerSession)}`,
    producer: `page-${task % tasksPerSession}`,
    purpose: 'ground',
    modalities: ['actions', 'text', 'structure'],
    mode: 'task',
    origin,
    path: '/orders',
    closedAtEpochMs: Date.now(),
    redaction: redactionVersion,
    ...encodeColumns(
      events,
      [0, 1, 2].map((id) => observationOf(id, task, id === 0 ? '' : text)),
    ),
    firstSeq,
    counters: {},
  }
}

function observationOf(id: number, task: number, value: string): Observation {
  const nodes = Array.from({ length: 60 }, (_, place): Observation['nodes'][number] => ({
    id: place,
    parent: -1,
    tag: place === 1 ? 'input' : 'div',
    inputType: '',
    role: place === 1 ? 'textbox' : place === 2 ? 'checkbox' : place === 3 ? 'button' : 'text',
    name: place < 4 ? `Control ${place}` : `Row ${place} of order ${task * 7 + place}`,
    value: place === 1 ? value : '',
    states: [],
    box: [8, place * 24, 320, 20],
    options: [],
    look: '',
    keys: '',
  }))
  return {
    id,
    url: `${origin}/orders`,
    title: 'Orders',
    viewport: { width: 1280, height: 720, scrollX: 0, scrollY: 0, pixelRatio: 1 },
    status: 'fresh',
    nodes,
  }
}
