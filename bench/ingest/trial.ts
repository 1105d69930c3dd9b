import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { quantile } from '../capture/figures.ts'
import { runLoad } from './load.ts'
import type { Workload } from './record.ts'
import { type Sender, shotsOf } from './requests.ts'
import type { Ask, Told } from './serve.ts'

/** What is run once. */
export interface TrialOptions {
  readonly store: string
  readonly origin: string
  readonly workload: Workload
  readonly clients: number
  /** Batches that are measured. */
  readonly batches: number
  /** Batches before those: what is measured is compiled and has collected its garbage. */
  readonly warm: number
  /** Batches that are sent afterwards at the pace of recorders, one a second by each client; none where it is left out. */
  readonly paced?: number
  /** Node's own options for the serving process: `--cpu-prof`. */
  readonly execArgv?: readonly string[]
}

/** What one run came to. */
export interface Trial {
  readonly acks: number
  readonly acksPerS: number
  readonly eventsPerCpuS: number
  readonly cpuUsPerBatch: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of what was sent at the pace of recorders, from when it was due; NaN for none. */
  readonly pacedP99Ms: number
  /** Processor time of the clients, which share the machine. */
  readonly clientUsPerBatch: number
  /** Most that was resident, start included. */
  readonly rssBytes: number
}

const serving = fileURLToPath(new URL('serve.ts', import.meta.url))
/** As `./overt up` starts its server. */
export const memoryOptions = {
  execArgv: ['--max-semi-space-size=16', '--heap-growing-percent=30'],
  env: { MALLOC_ARENA_MAX: '1' },
} as const
/** A device may send 500 batches a second: so many have room for all that one process takes. */
const devices = 128
/** As the SDK sends while somebody works. */
const paceMs = 1_000
const made: readonly Sender[] = [{ deviceId: 'peer', deviceKey: '', person: 'peer', receipt: 'peer', manifest: 'peer' }]

/** Starts a process with an empty store, warms it, then measures. Throws where what is stored is not what was acknowledged. */
export async function runTrial(options: TrialOptions, signer: Sender): Promise<Trial> {
  const { store, origin, workload, clients, paced = 0 } = options
  const execArgv = [...memoryOptions.execArgv, ...(options.execArgv ?? [])]
  const child = fork(serving, { execArgv, env: { ...process.env, ...memoryOptions.env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    const opened = await ask(child, { kind: 'open', store, origin, devices })
    if (opened.kind !== 'opened') throw new Error(JSON.stringify(opened))
    const senders = opened.senders.length === 0 ? made.map((one) => ({ ...one, deviceKey: signer.deviceKey })) : opened.senders
    const warm = await runLoad(opened.port, clients, shotsOf(opened.port, workload.batches, senders, options.warm))
    const shots = shotsOf(opened.port, workload.batches, senders, options.batches)
    const before = await costOf(child)
    const clientBefore = process.cpuUsage()
    const load = await runLoad(opened.port, clients, shots)
    const client = process.cpuUsage(clientBefore)
    const after = await costOf(child)
    const cpuUs = after.cpuUs - before.cpuUs
    const calm = await runLoad(opened.port, clients, shotsOf(opened.port, workload.batches, senders, paced), paceMs)
    const stored = await storedIn(child)
    const acks = warm.acks + load.acks + calm.acks
    if (stored !== acks) throw new Error(`${store} acknowledged ${acks} batches and has ${stored}`)
    return {
      acks: load.acks,
      acksPerS: (load.acks / load.wallMs) * 1_000,
      eventsPerCpuS: (load.events / cpuUs) * 1_000_000,
      cpuUsPerBatch: cpuUs / load.acks,
      p50Ms: quantile(load.latenciesMs, 0.5),
      p99Ms: quantile(load.latenciesMs, 0.99),
      pacedP99Ms: quantile(calm.latenciesMs, 0.99),
      clientUsPerBatch: (client.user + client.system) / load.acks,
      rssBytes: after.rssBytes,
    }
  } finally {
    if (child.connected) child.send({ kind: 'close' } satisfies Ask)
    await ended
  }
}

async function costOf(child: ChildProcess): Promise<Extract<Told, { kind: 'cost' }>> {
  const told = await ask(child, { kind: 'cost' })
  if (told.kind !== 'cost') throw new Error(JSON.stringify(told))
  return told
}

async function storedIn(child: ChildProcess): Promise<number> {
  const told = await ask(child, { kind: 'count' })
  if (told.kind !== 'count') throw new Error(JSON.stringify(told))
  return told.stored
}

function ask(child: ChildProcess, question: Ask): Promise<Told> {
  return new Promise((resolve, reject) => {
    child.once('message', (told: Told) => (told.kind === 'failed' ? reject(new Error(told.why)) : resolve(told)))
    child.once('exit', (code) => reject(new Error(`the serving process ended with ${code}`)))
    child.send(question)
  })
}
