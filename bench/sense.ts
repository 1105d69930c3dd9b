import { fileURLToPath } from 'node:url'
import { cpus } from 'node:os'

import type { Page } from 'playwright-core'

import { openStage } from '../packages/capture/chromium.ts'

/** Milliseconds of one sensing of one page, first and after something happened. */
export interface SenseRow {
  readonly page: string
  readonly after: string
  readonly n: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly rows: number
}

interface Sensed {
  readonly times: readonly number[]
  readonly rows: number
}

const bundle = fileURLToPath(new URL('../packages/capture/dist/sense.iife.js', import.meta.url))

const fields = Array.from({ length: 60 }, (_, at) => `<p><label>Field ${at} <input value="v${at}"></label></p>`).join('')
const cells = (row: number): string =>
  `<tr><td><input type=checkbox aria-label="Pick ${row}"></td><td>Order ${row}</td><td>Customer ${row % 40}</td><td>${row * 7}.00</td><td><button>Open</button></td></tr>`
const form = `<h1>Orders</h1><div style="columns:4">${fields}</div><table><tbody id=list>${Array.from({ length: 500 }, (_, row) => cells(row)).join('')}</table>`

/** A page of about `nodes` elements: sections of lists of paragraphs, or one flat list. */
function big(nodes: number, flat: boolean): string {
  const line = '<div class=r><a href=#>Link</a><span>text</span></div>'
  const count = Math.round(nodes / 3)
  return `<input id=first><div id=list></div><script>const line='${line}';const lines=(n)=>line.repeat(n);list.innerHTML=${
    flat ? `lines(${count})` : `('<section>'+('<div>'+lines(10)+'</div>').repeat(10)+'</section>').repeat(${Math.ceil(count / 100)})`
  }</script>`
}

const grid = `<input id=first aria-label=Filter><div id=list role=grid></div><script>
  const draw=()=>{list.replaceChildren(...Array.from({length:200},(_,row)=>{const tr=document.createElement('div');tr.role='row';tr.style.cssText='display:flex;height:24px';
  for(let at=0;at<8;at++){const td=document.createElement('div');td.role='gridcell';td.style.width='100px';td.textContent=(Math.random()*1e6).toFixed(2);tr.append(td)};return tr}))};draw();setInterval(draw,100)</script>`

const acts: Readonly<Record<string, (page: Page, turn: number) => Promise<unknown>>> = {
  nothing: () => Promise.resolve(),
  click: (page) => page.mouse.click(20, 15),
  typing: async (page) => {
    await page.locator('input:visible').first().focus()
    await page.keyboard.type('a')
  },
  scroll: (page, turn) => page.mouse.wheel(0, turn % 8 < 4 ? 300 : -300),
}

async function sense(page: Page): Promise<Sensed> {
  return page.evaluate(() => {
    type Inside = { senser?: { sense(): { nodes: object[] } }; OvertSense: typeof import('../packages/capture/src/sense/index.ts') }
    const inside = globalThis as unknown as Inside // as: the bundle's global
    inside.senser ??= inside.OvertSense.createSenser(document)
    const from = performance.now()
    const { nodes } = inside.senser.sense()
    return { times: [performance.now() - from], rows: nodes.length }
  })
}

function rowOf(page: string, after: string, all: readonly Sensed[]): SenseRow {
  const times = all.flatMap((one) => one.times).toSorted((left, right) => left - right)
  const at = (share01: number): number =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share01))] ?? 0) * 100) / 100
  return { page, after, n: times.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), rows: all.at(-1)?.rows ?? 0 }
}

async function measure(name: string, page: Page, turns: number): Promise<readonly SenseRow[]> {
  const rows = [rowOf(name, 'load', [await sense(page)])]
  for (const [after, act] of Object.entries(acts)) {
    const all: Sensed[] = []
    for (let turn = 0; turn < turns; turn += 1) {
      await act(page, turn)
      await page.evaluate(() => new Promise((rest) => requestAnimationFrame(() => setTimeout(rest, 30))))
      all.push(await sense(page))
    }
    rows.push(rowOf(name, after, all))
  }
  return rows
}

/** Measures sensing on pages of every size. */
export async function benchSense(turns = 30): Promise<readonly SenseRow[]> {
  const stage = await openStage()
  const pages: Readonly<Record<string, string>> = {
    form,
    grid,
    '1k': big(1_000, false),
    '10k': big(10_000, false),
    '100k': big(100_000, false),
    '100k flat': big(100_000, true),
    '1M': big(1_000_000, false),
  }
  const rows: SenseRow[] = []
  const only = process.env['ONLY']?.split(',')
  for (const [name, html] of Object.entries(pages)) {
    if (only !== undefined && !only.includes(name)) continue
    const page = await stage.open(html, [bundle])
    rows.push(...(await measure(name, page, name === '1M' ? 5 : turns)))
    for (const row of rows.slice(-5))
      process.stdout.write(
        `${row.page.padEnd(10)} ${row.after.padEnd(8)} n ${row.n} p50 ${row.p50Ms} p99 ${row.p99Ms} ms, ${row.rows} rows\n`,
      )
    await page.close()
  }
  await stage.close()
  return rows
}

if (import.meta.main) {
  process.stdout.write(`${cpus()[0]?.model ?? ''}, ${cpus().length} cores\n`)
  await benchSense()
}
