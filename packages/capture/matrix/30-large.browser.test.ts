import { fileURLToPath } from 'node:url'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Trial, overtBundle, papersFor, recordPage, startTrial } from '../trial.ts'
import { protocolOf, seenBy } from './browser-boxes.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const shareScript = fileURLToPath(new URL('pages/share.js', import.meta.url))

/** A page of about so many elements, all of them below what can be worked on. */
const large = (nodes: number, listeners = 0): string => `<style>body{margin:0}</style>
  <button id=b style="width:100px;height:30px">Count</button><input id=i aria-label=Note style="width:100px;height:30px"><output id=o>0</output><div id=list></div><script>
    const build = () => {
    ofPage = true
    const line = '<div><a href="#x">Link</a><span>text</span></div>'
    list.innerHTML = ('<section>' + ('<div>' + line.repeat(10) + '</div>').repeat(10) + '</section>').repeat(${Math.ceil(nodes / 300)})
    b.addEventListener('click', () => { o.textContent = Number(o.textContent) + 1 })
    let left = ${listeners}
    for (const element of list.querySelectorAll('*')) if (left-- > 0) element.addEventListener('click', () => {})
    ofPage = false
    }
  </script>`

/** What the recorder took. */
interface Share {
  readonly listeners: number
  readonly ms: number
  readonly longestMs: number
  /** Boxes and styles that it asked for. */
  readonly reads: number
}

interface Worked {
  readonly listeners: number
  /** Milliseconds of the recorder in each act, sorted. */
  readonly perActMs: readonly number[]
  /** Boxes and styles that it asked for in each, sorted. */
  readonly perActReads: readonly number[]
  readonly rows: number
  readonly batches: number
  readonly bytes: number
  readonly events: readonly string[]
  readonly nodes: number
}

async function openLarge(html: string): Promise<Trial> {
  const page = await stage.open(html, [shareScript, overtBundle])
  // A million elements take longer than a page may take to load.
  await page.evaluate('build()')
  return recordPage(page, await papersFor(stage.origin), {})
}

const shareOf = (page: Page): Promise<Share> => page.evaluate('({ ...share })')

/** The same acts on each page: presses, text, and turns of the wheel, each until the page has drawn again. */
async function work(html: string, turns: number): Promise<Worked> {
  const trial = await openLarge(html)
  const { page } = trial
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length)
  const [perActMs, perActReads]: [number[], number[]] = [[], []]
  const acts = [
    () => page.mouse.click(50, 15),
    () => page.mouse.click(150, 15).then(() => page.keyboard.type('a')),
    () => page.mouse.wheel(0, 300),
    () => page.mouse.wheel(0, -300),
  ]
  await page.mouse.click(50, 15)
  for (let turn = 0; turn < turns; turn += 1)
    for (const act of acts) {
      const before = await shareOf(page)
      await act()
      await page.evaluate(() => new Promise((rest) => requestAnimationFrame(() => setTimeout(rest, 60))))
      const after = await shareOf(page)
      perActMs.push(after.ms - before.ms)
      perActReads.push(after.reads - before.reads)
    }
  const pressed = await page.locator('#o').textContent()
  expect([Number(pressed), await page.locator('#i').inputValue()], 'the page took every act').toEqual([turns + 1, 'a'.repeat(turns)])
  const events = await trial.events()
  const [last] = events.filter((event) => event.kind === 'click').slice(-1)
  const worked = {
    listeners: (await shareOf(page)).listeners,
    perActMs: perActMs.toSorted((one, other) => one - other),
    perActReads: perActReads.toSorted((one, other) => one - other),
    rows: Math.max(...trial.observations().map((one) => one.nodes.length)),
    batches: trial.batches.length,
    // Of one: a slower page makes more of them.
    bytes: JSON.stringify(trial.batches).length / trial.batches.length,
    events: events.map((event) => event.kind).filter((kind) => kind === 'click' || kind === 'text'),
    nodes,
  }
  expect(seenBy(trial, last)?.nodes.length).toBeGreaterThan(10)
  await page.close()
  return worked
}

const middleOf = ({ perActMs }: Worked): number => perActMs[Math.floor(perActMs.length / 2)] ?? NaN
/** The 99th percentile, by work done and not by a clock. */
const readsP99 = ({ perActReads }: Worked): number => perActReads[Math.ceil(perActReads.length * 0.99) - 1] ?? NaN
const told = (turns: number): readonly string[] => ['click', ...Array.from({ length: turns }, () => ['click', 'click', 'text']).flat()]

describe("row 30: 10k / 100k / 1M nodes, 50k listeners, an hour's session", { timeout: 300_000 }, () => {
  test('an act on a page of 100,000 elements with 50,000 listeners costs no more than a few times what it does on 10,000, and the dearest hundredth no more work', async () => {
    const turns = 8
    const small = await work(large(10_000), turns)
    const big = await work(large(100_000, 50_000), turns)
    expect([small.nodes > 10_000, big.nodes > 100_000]).toEqual([true, true])
    expect([small.events, big.events]).toEqual([told(turns), told(turns)])
    expect(big.listeners).toBe(small.listeners)
    expect(middleOf(big)).toBeLessThan(middleOf(small) * 4 + 2)
    expect(readsP99(small)).toBeGreaterThan(10)
    expect(readsP99(big), 'the dearest act asks for no more on the larger page').toBeLessThan(readsP99(small) * 1.5 + 50)
    expect(big.rows).toBeLessThanOrEqual(2_000)
    expect(big.bytes).toBeLessThan(small.bytes * 2)
    expect(big.batches).toBeLessThan(small.batches * 3)
  })

  test('a page of a million elements can still be worked on, each act for as much work as on 10,000, and what is done there is told', async () => {
    const turns = 3
    const small = await work(large(10_000), turns)
    const huge = await work(large(1_000_000), turns)
    expect(readsP99(huge)).toBeLessThan(readsP99(small) * 1.5 + 50)
    expect(huge.nodes).toBeGreaterThan(1_000_000)
    expect(huge.events).toEqual(told(turns))
    expect(huge.rows).toBeLessThanOrEqual(2_000)
  })

  test('a long session on a page that draws itself anew on every act keeps nothing of the acts that are over', async () => {
    const trial = await startTrial(
      stage,
      `<style>body{margin:0}button,input{width:100px;height:30px}</style><main></main><script>
        let turn = 0
        const draw = () => {
          turn += 1
          document.querySelector('main').innerHTML = '<button id=a>Orders ' + turn % 7 + '</button><input id=i aria-label=Note><table>' +
            Array.from({ length: 40 }, (_, at) => '<tr><td>Order ' + (turn * 40 + at) % 997 + '</td><td><button>Open</button></td></tr>').join('') + '</table>'
          document.querySelector('#a').addEventListener('click', () => { history.replaceState(null, '', '?' + turn % 50); draw() })
        }
        draw()
      </script>`,
    )
    const session = await protocolOf(trial.page)
    const sample = async () => {
      await trial.tell('flush')
      // A field that is left alone is written down after five seconds.
      await trial.page.waitForTimeout(6_000)
      for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage')
      return { heapBytes: (await session.send('Runtime.getHeapUsage')).usedSize, ...(await session.send('Memory.getDOMCounters')) }
    }
    const act = async (times: number): Promise<void> => {
      for (let done = 0; done < times; done += 2) {
        await trial.page.mouse.click(50, 15)
        await trial.page.mouse.click(150, 15)
        await trial.page.keyboard.type('a')
      }
    }
    await act(800)
    const before = await sample()
    await act(600)
    const after = await sample()
    // What is remembered up to a bound fills and is pruned, by about a megabyte; one act's observation, kept, would be 10 kB and more an act.
    expect((after.heapBytes - before.heapBytes) / 600).toBeLessThan(4_000)
    expect(after.jsEventListeners).toBeLessThan(before.jsEventListeners + 50)
    expect(after.nodes).toBeLessThan(before.nodes + 500)
    expect((await trial.events()).filter((event) => event.kind === 'click')).toHaveLength(1_400)
    await trial.page.close()
  })
})
