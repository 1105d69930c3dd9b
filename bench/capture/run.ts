import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'

import { type Browser, chromium } from 'playwright-core'

import { type BundleBytes, bundleOf, bytesOf, namedSdk, root } from './bundle.ts'
import { papersFor } from './papers.ts'
import { type Recorder, recorders } from './recorders.ts'
import { type CaptureRow, summarise, type Repetition } from './rows.ts'
import { openSite, type Site } from './site.ts'
import { type Run, runTrial } from './trial.ts'
import { workloads } from './workloads.ts'

/** What `overt bench capture` prints. */
export interface CaptureBench {
  readonly rows: readonly CaptureRow[]
  readonly bundles: readonly BundleBytes[]
  readonly machine: {
    readonly cpu: string
    readonly cpus: number
    readonly node: string
    readonly chromium: string
    readonly revision: string
  }
  /** One-minute load average when the run began and when it ended. */
  readonly load: readonly [number, number]
  readonly pipelines: Readonly<Record<string, string>>
  /** Trials that failed, by what they said. */
  readonly failed: readonly string[]
}

/** What to run. */
export interface CaptureBenchOptions {
  readonly repetitions?: number
  readonly workloads?: readonly string[]
  readonly recorders?: readonly string[]
  /** Recorders beside the known ones. */
  readonly more?: readonly Recorder[]
  readonly progress?: (line: string) => void
  /** Every run, as it ends. */
  readonly onRun?: (workload: string, recorder: string, run: Run) => void
  /** Whether there are runs under the profiler too (default true): they take as long as the others. */
  readonly profiled?: boolean
  /** Unminified, so that a profile can be read. Not for figures. */
  readonly names?: boolean
  readonly signal?: AbortSignal
}

const places = [process.env['OVERT_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Measures recorders side by side: in each repetition every recorder runs every workload once plain, and in every other one once more under the profiler. */
export async function runCaptureBench(options: CaptureBenchOptions = {}): Promise<CaptureBench> {
  const { repetitions = 5, names = false, progress = () => {} } = options
  const all = [...recorders, ...(options.more ?? [])]
  const chosen = pick(all, options.recorders, 'recorder')
  const works = pick(workloads, options.workloads, 'workload')
  const site = await openSite()
  const browser = await launch()
  const began = load()
  const failed: string[] = []
  const taken: Repetition[] = []
  try {
    const bundles = await serveAll(site, chosen, names)
    const ground = { site, browser, papers: await papersFor(site.origin) }
    for (let turn = 0; turn < repetitions; turn += 1) {
      for (const workload of works) {
        // The order turns with the repetition, so that no recorder always follows the same one.
        const order = chosen.map((_, at) => chosen[(at + turn) % chosen.length] ?? chosen[0]).filter((one) => one !== undefined)
        for (const profiled of turn % 2 === 0 && options.profiled !== false ? [false, true] : [false]) {
          for (const { name } of order) {
            if (profiled && name === 'none') continue
            options.signal?.throwIfAborted()
            progress(`capture ${turn + 1}/${repetitions} ${workload.name} ${name}${profiled ? ' profiled' : ''}`)
            try {
              const run = await runTrial(ground, workload, name, profiled)
              taken.push({ turn, workload: workload.name, recorder: name, run })
              options.onRun?.(workload.name, name, run)
            } catch (error) {
              failed.push(`${workload.name} ${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
            }
          }
        }
      }
    }
    const pipelines = Object.fromEntries(chosen.map(({ name, pipeline }) => [name, pipeline]))
    return { rows: summarise(taken), bundles, machine: machineOf(browser), load: [began, load()], pipelines, failed }
  } finally {
    await browser.close()
    await site.close()
  }
}

function pick<T extends { readonly name: string }>(all: readonly T[], names: readonly string[] | undefined, what: string): readonly T[] {
  const unknown = names?.find((name) => !all.some((one) => one.name === name))
  if (unknown !== undefined) throw new RangeError(`There is no ${what} ${unknown}; there are ${all.map(({ name }) => name).join(', ')}`)
  return names === undefined ? all : all.filter(({ name }) => names.includes(name))
}

async function serveAll(site: Site, chosen: readonly Recorder[], names: boolean): Promise<BundleBytes[]> {
  const script = 'text/javascript'
  for (const [entry, file] of [
    ['sdk.ts', 'overt.js'],
    ['redact.ts', 'overt-redact.js'],
  ] as const) {
    const shipped = join(root, 'packages/capture/dist', file)
    site.serve(`/recorder/${file}`, names ? await namedSdk(entry) : readFileSync(shipped, 'utf8'), script)
  }
  const suite = join(root, 'packages/agent/suites/own')
  for (const file of readdirSync(suite).filter((name) => /\.(js|css)$/.test(name)))
    site.serve(`/own/${file}`, readFileSync(join(suite, file), 'utf8'), file.endsWith('.css') ? 'text/css' : script)
  const bundles: BundleBytes[] = []
  for (const recorder of chosen) {
    const bundle = await bundleOf(recorder, { names })
    site.serve(`/recorder/${recorder.name}.js`, bundle, script)
    bundles.push(bytesOf(recorder, bundle))
  }
  return bundles
}

function launch(): Promise<Browser> {
  const executablePath = places.find((path) => path !== undefined && existsSync(path)) ?? chromium.executablePath()
  const args = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  return chromium.launch({ executablePath, args })
}

function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1))
}

function machineOf(browser: Browser): CaptureBench['machine'] {
  const [cpu] = cpus()
  const revision = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  return { cpu: cpu?.model ?? 'unknown', cpus: cpus().length, node: process.version, chromium: browser.version(), revision }
}
