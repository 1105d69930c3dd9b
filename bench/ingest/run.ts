import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'

import { exportPrivateKey, generateKeyPair } from '@overt/privacy'

import { root } from '../capture/bundle.ts'
import { ours } from './ours.ts'
import { workloadNames } from './record.ts'
import type { Sender } from './requests.ts'
import { type IngestRow, type Taken, summarise } from './rows.ts'
import { sizeOf } from './size.ts'
import { stores } from './stores.ts'
import { most } from './targets.ts'
import { runTrial } from './trial.ts'
import { openRecorded } from './workload.ts'

/** What `overt bench ingest` prints. */
export interface IngestBench {
  readonly rows: readonly IngestRow[]
  readonly workloads: readonly {
    readonly name: string
    readonly batches: number
    readonly eventsPerBatch: number
    readonly bytesPerBatch: number
  }[]
  readonly machine: { readonly cpu: string; readonly cpus: number; readonly node: string; readonly revision: string }
  /** One-minute load average when the run began and when it ended. */
  readonly load: readonly [number, number]
  readonly stores: Readonly<Record<string, string>>
  /** Stores that can't run here, and trials that failed, by what they said. */
  readonly missing: readonly string[]
  readonly failed: readonly string[]
}

/** What to run. */
export interface IngestBenchOptions {
  readonly repetitions?: number
  readonly workloads?: readonly string[]
  readonly stores?: readonly string[]
  readonly clients?: readonly number[]
  readonly progress?: (line: string) => void
  readonly signal?: AbortSignal
}

/** Ten seconds of so many clients. */
const pacedBatches = 10 * most

/** Peers keep bytes, whatever is in them: one kind of batch is enough. */
const peerWorkloads: readonly string[] = ['demo+text', 'full+text']

/** Measures stores side by side: in each repetition each of them takes every load, one after another, in a process of its own over an empty folder. */
export async function runIngestBench(options: IngestBenchOptions = {}): Promise<IngestBench> {
  const { repetitions = 3, clients = [1, 16, 128], progress = () => {} } = options
  const chosen = pick(stores, options.stores, 'store')
  // Before anything is recorded: that takes minutes.
  pick(workloadNames, options.workloads, 'workload')
  const { origin, workloads } = await openRecorded(progress)
  const works = pick(workloads, options.workloads, 'workload')
  const signer = await madeSigner()
  const missing = chosen.flatMap((store) => store.missing?.() ?? [])
  const able = chosen.filter(({ missing: why }) => why?.() === undefined)
  const began = load()
  const taken: Taken[] = []
  const failed: string[] = []
  for (let turn = 0; turn < repetitions; turn += 1)
    for (const workload of works)
      for (const count of clients)
        for (const { name } of rotated(able, turn)) {
          if (name !== ours.name && !peerWorkloads.includes(workload.name)) continue
          options.signal?.throwIfAborted()
          progress(`ingest ${turn + 1}/${repetitions} ${workload.name} ${count} clients ${name}`)
          try {
            const trial = await runTrial(
              { store: name, origin, workload, clients: count, ...sizeOf(workload.batches), paced: count === most ? pacedBatches : 0 },
              signer,
            )
            taken.push({ store: name, workload: workload.name, clients: count, trial })
            progress(
              `  ${Math.round(trial.eventsPerCpuS)} events a CPU-second, p99 ${Math.round(trial.p99Ms)} ms, ${Math.round(trial.rssBytes / 1e6)} MB`,
            )
          } catch (error) {
            failed.push(`${name} ${workload.name} ${count}: ${error instanceof Error ? error.message : String(error)}`)
          }
        }
  const kinds = works.map(({ name, batches }) => ({
    name,
    batches: batches.length,
    eventsPerBatch: mean(batches.map(({ count }) => count)),
    bytesPerBatch: Math.round(mean(batches.map((batch) => JSON.stringify(batch).length))),
  }))
  const means = Object.fromEntries(able.map(({ name, means: text }) => [name, text]))
  return { rows: summarise(taken), workloads: kinds, machine: machine(), load: [began, load()], stores: means, missing, failed }
}

function pick<T extends { readonly name: string }>(all: readonly T[], names: readonly string[] | undefined, what: string): readonly T[] {
  const unknown = names?.find((name) => !all.some((one) => one.name === name))
  if (unknown !== undefined) throw new RangeError(`There is no ${what} ${unknown}; there are ${all.map(({ name }) => name).join(', ')}`)
  return names === undefined ? all : all.filter(({ name }) => names.includes(name))
}

/** The order turns with the repetition, so that no store always follows the same one. */
function rotated<T>(all: readonly T[], turn: number): readonly T[] {
  const from = turn % Math.max(1, all.length)
  return [...all.slice(from), ...all.slice(0, from)]
}

function mean(values: readonly number[]): number {
  return Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1))
}

/** Peers get the same requests, signature and all: it has to be by some key. */
async function madeSigner(): Promise<Sender> {
  const { privateKey } = await generateKeyPair({ extractable: true })
  return { deviceId: 'peer', deviceKey: await exportPrivateKey(privateKey), person: 'peer', receipt: 'peer', manifest: 'peer' }
}

function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1))
}

function machine(): IngestBench['machine'] {
  const revision = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  return { cpu: cpus()[0]?.model ?? 'unknown', cpus: cpus().length, node: process.version, revision }
}
