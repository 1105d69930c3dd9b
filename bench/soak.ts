import { loadavg } from 'node:os'

import { openStage } from '../packages/capture/chromium.ts'
import { openEndpoint, recordContext } from '../packages/capture/matrix/recorded.ts'

/** One look at a page in the middle of a session, after a forced collection. */
export interface SoakSample {
  readonly actions: number
  readonly heapBytes: number
  readonly listeners: number
  readonly nodes: number
}

/** What the soak found. */
export interface Soak {
  readonly samples: readonly SoakSample[]
  /** Least squares over the samples after the first fifth. */
  readonly slopeBytesPerAction: number
  readonly events: number
  /** Numbers missing from the producer's sequence. */
  readonly holes: number
  readonly lost: number
  readonly machine: { readonly node: string; readonly load: number }
}

/** A page that a framework might have made: it renders itself anew on every action and moves between addresses. */
const page = `<!doctype html><meta charset=utf-8><title>Soak</title><body><main></main><script>
  let turn = 0
  const render = () => {
    turn += 1
    document.querySelector('main').innerHTML = '<nav><button id=a>Orders ' + turn % 7 + '</button><button id=b>Next</button></nav><input id=i aria-label=Note><label><input type=checkbox id=c>Urgent</label><table>'
      + Array.from({ length: 40 }, (_, at) => '<tr><td>Order ' + (turn * 40 + at) % 997 + '</td><td>' + (at * 7 % 31) + ' euros</td><td><button>Open</button></td></tr>').join('') + '</table>'
    document.querySelector('#a').addEventListener('click', () => { history.pushState(null, '', '/soak/' + turn % 50); render() })
    document.querySelector('#b').addEventListener('click', render)
  }
  render()
</script>`

const everyActions = 250

/** Works through a long session at speed by trusted input, and samples the page: `actions` in all (an hour's session has about 3,000). `record` false: the same page without a recorder. */
export async function runSoak(actions = 3_000, record = true): Promise<Soak> {
  const [stage, endpoint] = [await openStage(), await openEndpoint()]
  const context = await stage.browser.newContext()
  if (record) await recordContext(context, stage.origin, endpoint.url)
  const tab = await context.newPage()
  await tab.goto(stage.serve('/soak', page))
  if (record) await tab.locator('overt-indicator').waitFor({ state: 'attached' })
  const client = await context.newCDPSession(tab)
  await client.send('Performance.enable')
  const samples: SoakSample[] = []
  for (let done = 0; done <= actions; done += 4) {
    if (done % everyActions < 4) samples.push(await sampleOf(client, done))
    await tab.click('#a')
    await tab.click('#i')
    await tab.keyboard.type('ab')
    await tab.click('#c')
    await tab.click('#b')
  }
  const lost = record
    ? await tab.evaluate(
        'recording().then(() => Object.entries(recording.counters).reduce((sum, [name, n]) => sum + (name.startsWith("lost.") ? n : 0), 0))',
      )
    : 0
  const [producer = ''] = endpoint.producers()
  const events = record ? endpoint.events(producer) : []
  await context.close()
  await stage.close()
  endpoint.close()
  return {
    samples,
    slopeBytesPerAction: slopeOf(samples.slice(Math.ceil(samples.length / 5))),
    events: events.length,
    holes: (events.at(-1)?.seq ?? -1) + 1 - events.length,
    lost: Number(lost),
    machine: { node: process.version, load: Number((loadavg()[0] ?? 0).toFixed(1)) },
  }
}

type Client = Awaited<ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof openStage>>['browser']['newContext']>>['newCDPSession']>>

async function sampleOf(client: Client, actions: number): Promise<SoakSample> {
  for (let turn = 0; turn < 2; turn += 1) await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  const { metrics } = await client.send('Performance.getMetrics')
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
  return { actions, heapBytes: usedSize, listeners: metric('JSEventListeners'), nodes: metric('Nodes') }
}

function slopeOf(samples: readonly SoakSample[]): number {
  const mean = (of: (one: SoakSample) => number): number => samples.reduce((sum, one) => sum + of(one), 0) / samples.length
  const [x, y] = [mean(({ actions }) => actions), mean(({ heapBytes }) => heapBytes)]
  const across = samples.reduce((sum, { actions, heapBytes }) => sum + (actions - x) * (heapBytes - y), 0)
  return across / samples.reduce((sum, { actions }) => sum + (actions - x) ** 2, 0)
}

if (import.meta.main) {
  const [actions = '3000', without = ''] = process.argv.slice(2)
  console.log(JSON.stringify(await runSoak(Number(actions), without !== 'without'), null, 1))
}
