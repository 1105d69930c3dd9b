import { setTimeout as sleep } from 'node:timers/promises'

import type { Browser, CDPSession, Page } from 'playwright-core'

import { quantile } from './figures.ts'
import type { papersFor } from './papers.ts'
import { attribute, type Attribution, type CpuProfile } from './profile.ts'
import type { Site } from './site.ts'
import type { Workload } from './workloads.ts'

/** What one run of one recorder on one workload gave, before anything is subtracted. */
export interface Run {
  readonly startScriptMs: number
  readonly scriptMs: number
  readonly taskMs: number
  readonly heapBytes: number
  readonly listeners: number
  readonly gzipBytes: number
  readonly handlerMs: { readonly p50: number; readonly p95: number; readonly p99: number }
  readonly inpMs: number
  readonly actions: number
  /** Acts, or redraws of the page where a workload is counted by them. */
  readonly units: number
  /** null where the run was not profiled. */
  readonly profile: Attribution | null
}

/** Where runs happen. */
export interface Ground {
  readonly browser: Browser
  readonly site: Site
  readonly papers: Awaited<ReturnType<typeof papersFor>>
}

interface Metrics {
  readonly scriptMs: number
  readonly taskMs: number
  readonly heapBytes: number
  readonly listeners: number
}

/** Runs a workload once in a fresh context with the recorder that is served at `/recorder/NAME.js`. Throws where the recorder did not start, or sent nothing. */
export async function runTrial(ground: Ground, workload: Workload, recorder: string, profiled: boolean): Promise<Run> {
  const context = await ground.browser.newContext({ viewport: { width: 1000, height: 700 } })
  try {
    const page = await context.newPage()
    await page.goto(ground.site.serve(workload.path ?? `/page/${workload.name}`, workload.html()), { waitUntil: 'load' })
    return await measure(ground, page, workload, recorder, profiled)
  } finally {
    await context.close()
  }
}

async function measure(ground: Ground, page: Page, workload: Workload, recorder: string, profiled: boolean): Promise<Run> {
  const cdp = await page.context().newCDPSession(page)
  // By the thread's own clock: what else runs on the machine meanwhile is in no figure.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await sleep(300)
  ground.site.takeBytes()
  const before = await metricsOf(cdp, false)
  await page.addScriptTag({ url: `/recorder/${recorder}.js`, type: 'module' })
  await page.waitForFunction('globalThis.benchRecorder !== undefined')
  await page.evaluate(
    async (given) => {
      const { benchRecorder, benchProbe } = globalThis as unknown as InPage // as: both scripts were put there before
      // In a task of the page's own: what runs inside this very call is not in the browser's script time.
      await new Promise<void>((started, failed) => {
        setTimeout(() => {
          void Promise.resolve(benchRecorder.start(given)).then(() => started(), failed)
        })
      })
      benchProbe.close()
    },
    { origin: ground.site.origin, papers: ground.papers },
  )
  await sleep(workload.settleMs)
  const started = await metricsOf(cdp, false)
  if (profiled) await startProfile(cdp)
  const actions = await workload.drive(page)
  const ticks = await page.evaluate<number>('globalThis.benchTicks ?? 0')
  // What timers hold back is the recorder's cost too: ours and Clarity's send within 2 s.
  await sleep(2_300)
  const worked = await metricsOf(cdp, false)
  const profile = profiled ? attribute(await stopProfile(cdp), (url) => url.includes('/recorder/')) : null
  const probed = await page.evaluate(() => (globalThis as unknown as InPage).benchProbe.take()) // as: see above
  await flush(page)
  const again = await retriesOf(page)
  if (again > 0) throw new Error(`${recorder} tried ${again} times to send again on ${workload.name}: what waited is in no figure`)
  await leave(page)
  const ended = await metricsOf(cdp, true)
  const { gzip } = ground.site.takeBytes()
  if (recorder !== 'none' && recorder !== 'burn' && gzip === 0) throw new Error(`${recorder} sent nothing on ${workload.name}`)
  return {
    startScriptMs: started.scriptMs - before.scriptMs,
    scriptMs: worked.scriptMs - started.scriptMs,
    taskMs: worked.taskMs - started.taskMs,
    heapBytes: ended.heapBytes,
    listeners: ended.listeners,
    gzipBytes: gzip,
    handlerMs: { p50: quantile(probed.times, 0.5), p95: quantile(probed.times, 0.95), p99: quantile(probed.times, 0.99) },
    inpMs: probed.interactions.length === 0 ? 0 : quantile(probed.interactions, 0.98),
    actions,
    units: workload.per === 'tick' ? ticks : actions,
    profile,
  }
}

interface InPage {
  readonly benchRecorder: { start(given: object): unknown }
  readonly benchProbe: { close(): void; take(): { readonly times: number[]; readonly interactions: number[] } }
  readonly benchRecording?: { flush?(): unknown; readonly counters?: Readonly<Record<string, number>> }
}

/** A recorder that cannot send what it holds in 10 s is measured by what it did send. */
async function flush(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { benchRecording } = globalThis as unknown as InPage // as: the recorder's script was put there before
    await Promise.race([benchRecording?.flush?.(), new Promise((late) => setTimeout(late, 10_000))])
  })
}

/** How often ours had to send something again; peers don't say. */
function retriesOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { benchRecording } = globalThis as unknown as InPage // as: the recorder's script was put there before
    return Object.entries(benchRecording?.counters ?? {}).reduce((sum, [name, n]) => sum + (name.startsWith('retry.') ? n : 0), 0)
  })
}

/** Tells the page that it is hidden, as a closed tab does, so that every recorder sends what it holds. */
async function leave(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(Document.prototype, 'visibilityState', { configurable: true, get: () => 'hidden' })
    Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    for (const type of ['beforeunload', 'pagehide']) dispatchEvent(new Event(type))
  })
  await sleep(700)
}

async function metricsOf(cdp: CDPSession, collect: boolean): Promise<Metrics> {
  if (collect) for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return {
    scriptMs: value('ScriptDuration') * 1_000,
    taskMs: value('TaskDuration') * 1_000,
    heapBytes: value('JSHeapUsedSize'),
    listeners: value('JSEventListeners'),
  }
}

async function startProfile(cdp: CDPSession): Promise<void> {
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.setSamplingInterval', { interval: 500 })
  await cdp.send('Profiler.start')
}

async function stopProfile(cdp: CDPSession): Promise<CpuProfile> {
  const { profile } = await cdp.send('Profiler.stop')
  return profile
}
