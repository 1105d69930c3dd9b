import { setTimeout as sleep } from 'node:timers/promises'

import { driveSolve } from '@overt/agent'
import type { Page } from 'playwright-core'

import { officePage } from './office-page.ts'
import { gridPage, nodesPage, quietPage, taskPage } from './pages.ts'

/** A page and what is done in it by trusted input. */
export interface Workload {
  readonly name: string
  readonly html: () => string
  /** Where its page stands on the site, if not by its name. */
  readonly path?: string
  /** What costs are divided by: an act of the person, or the page's own redraw. */
  readonly per: 'action' | 'tick'
  /** Gives the number of acts that the page was seen to answer. */
  readonly drive: (page: Page) => Promise<number>
  /** Time given to a start before work begins. */
  readonly settleMs: number
}

/** From one act to the next on a form: faster than a person, slow enough that timers of seconds fall between; on the one with work to do also that it is drawn in between. */
const officePaceMs = 50
const quietPaceMs = 25
/** So that about 87 acts fit into the 8 s of the grid. */
const gridPaceMs = 92
const gridMs = 8_000

/** What is measured, in the order of the report. */
export const workloads: readonly Workload[] = [
  { name: 'form', html: officePage, per: 'action', drive: (page) => driveForm(page, officeKeys, officePaceMs), settleMs: 1_500 },
  { name: 'form-quiet', html: quietPage, per: 'action', drive: (page) => driveForm(page, quietKeys, quietPaceMs), settleMs: 1_500 },
  { name: 'grid', html: gridPage, per: 'tick', drive: driveGrid, settleMs: 1_000 },
  { name: 'tasks', html: taskPage, path: '/own/tasks.html', per: 'action', drive: driveTasks, settleMs: 1_000 },
  ...[1_000, 10_000, 100_000].map((nodes): Workload => ({
    name: `nodes-${nodes / 1_000}k`,
    html: () => nodesPage(nodes),
    per: 'action',
    drive: drivePress,
    settleMs: nodes > 50_000 ? 3_000 : 1_500,
  })),
]

/** Three keys for each field: first letters of what is there to be found, amounts, words. */
function officeKeys(field: number): readonly string[] {
  const words = ['ord', 'cus', 'del', 'elm', 'lat', 'gen', 'dou', 'ced', 'aar', 'hue']
  return (field < 20 ? (words[field % 10] ?? '') : field < 35 ? `${100 + field * 7}` : 'bay').split('')
}

function quietKeys(field: number): readonly string[] {
  return [`${field % 10}`, 'b', 'c']
}

/** 300 acts: 50 fields clicked and given three keys each, ten dropdowns opened and chosen from, 60 presses in the table, 20 turns of the wheel. */
async function driveForm(page: Page, keysOf: (field: number) => readonly string[], paceMs: number): Promise<number> {
  let acts = 0
  let next = performance.now()
  const act = async (work: Promise<unknown>): Promise<void> => {
    await work
    acts += 1
    next += paceMs
    await sleep(Math.max(0, next - performance.now()))
  }
  const press = async (selector: string): Promise<void> => {
    const box = await page.evaluate((name) => {
      const rect = document.querySelector(name)?.getBoundingClientRect()
      return rect === undefined ? [0, 0] : [rect.x + rect.width / 2, rect.y + rect.height / 2]
    }, selector)
    await page.mouse.click(box[0] ?? 0, box[1] ?? 0)
  }
  for (let field = 0; field < 50; field += 1) {
    await act(press(`#f${field}`))
    for (const key of keysOf(field)) await act(page.keyboard.press(key))
  }
  for (let drop = 0; drop < 10; drop += 1) {
    await act(press(`#d${drop}`))
    await act(press(`[role=listbox] [role=option]:nth-child(${(drop % 8) + 1})`))
  }
  const rows = [2, 3, 4, 5, 6]
  for (let round = 0; round < 6; round += 1) for (const row of rows) for (const what of ['c', 'b']) await act(press(`#${what}${row}`))
  for (let turn = 0; turn < 20; turn += 1) await act(page.mouse.wheel(0, turn < 10 ? 120 : -120))
  return acts
}

async function driveGrid(page: Page): Promise<number> {
  await page.click('#note')
  await page.evaluate('benchStart()')
  const began = performance.now()
  let acts = 0
  for (let turn = 0; performance.now() - began < gridMs; turn += 1) {
    await page.keyboard.press('abcdefghij '[turn % 11] ?? 'a')
    // Answered when the page has drawn it.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    if (performance.now() - began < gridMs) acts += 1
    await sleep(Math.max(0, began + (turn + 1) * gridPaceMs - performance.now()))
  }
  return acts
}

async function drivePress(page: Page): Promise<number> {
  for (let turn = 0; turn < 5; turn += 1) {
    await page.click('#press')
    await sleep(50)
  }
  return 5
}

/** One episode each of six families of our own task pages, by their own solutions; the page is the same document throughout. */
async function driveTasks(page: Page): Promise<number> {
  let acts = 0
  for (const family of ['select', 'dropdown', 'autocomplete', 'grid', 'dialog', 'date']) {
    await page.evaluate(`import('/own/${family}.js').then(() => void overtTask.reset('bench'))`)
    acts += await driveSolve(page)
  }
  return acts
}
