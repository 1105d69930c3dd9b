import type { Event, Observation, ObservationNode } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { accessibleAt } from './accessible.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Name of the list, where it is, and whether the node that is pressed first is the one that is pressed ten rows further down. */
const lists = [
  ['react-window', '#window', false],
  ['AG Grid', '#grid', false],
  ['nodes used in turn that say which row they are', '#numbered', true],
  ['nodes used in turn that say nothing', '#plain', true],
  ['nodes used in turn that have neither role nor place', '#bare', true],
  ['nodes used in turn in a box that is moved', '#boxed', true],
] as const

const held = (trial: Trial): Promise<string | null> => trial.page.textContent('#opened')

interface Point {
  readonly x: number
  readonly y: number
}

/** Brings the pointer over a button near the middle of the list, or over that of one order, and lets it rest there. */
async function pointAt(trial: Trial, list: string, order = 'Order'): Promise<Point> {
  const point = await trial.page.locator(list).evaluate((host, wanted) => {
    const { top, bottom } = host.getBoundingClientRect()
    const off = (one: Element): number => Math.abs(one.getBoundingClientRect().top - (top + bottom) / 2)
    const buttons = [...host.querySelectorAll('.line button, [role=row] button')]
    const fit = buttons.filter((one) => one.closest('.line,[role=row]')?.textContent?.startsWith(wanted))
    const rect = fit.toSorted((one, other) => off(one) - off(other))[0]?.getBoundingClientRect()
    return rect === undefined ? null : { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 }
  }, order)
  if (point === null) throw new Error('no button is in sight')
  await trial.page.mouse.move(point.x, point.y, { steps: 3 })
  await trial.page.waitForTimeout(250)
  return point
}

/** Presses what lies there; gives the page's own word for the row it opened, the browser's for the button, and the number of the node in the list. */
async function open(trial: Trial, { x, y }: Point): Promise<{ readonly order: string; readonly button: string; readonly node: number }> {
  const button = (await accessibleAt(trial.page, x, y)).find(({ role }) => role === 'button')?.name ?? ''
  const node = await trial.page.evaluate(
    ([left, top]) => {
      const pressed = document.elementFromPoint(left, top)
      const known: (Element | null)[] = Reflect.get(globalThis, 'pressed') ?? []
      if (!known.includes(pressed)) known.push(pressed)
      Reflect.set(globalThis, 'pressed', known)
      return known.indexOf(pressed)
    },
    [x, y] as const,
  )
  const before = await held(trial)
  await trial.page.mouse.down()
  await trial.page.mouse.up()
  await expect.poll(() => held(trial)).not.toBe(before)
  return { order: (await held(trial)) ?? '', button, node }
}

async function turn(trial: Trial, byPx: number): Promise<void> {
  await trial.page.mouse.wheel(0, byPx)
  await trial.page.waitForTimeout(700)
}

/** All that the observation of an event says in the row of the list that it happened in. */
function rowTold(trial: Trial, event: Event | undefined): string {
  const nodes = observationOf(trial, event)?.nodes ?? []
  const inside = (node: ObservationNode | undefined, outer: number): boolean =>
    node !== undefined && (node.parent === outer || inside(nodes[node.parent], outer))
  let row = nodes.findIndex(({ id }) => id === event?.node)
  while (row !== -1 && !nodes.some((node) => inside(node, row) && node.name.startsWith('Order'))) row = nodes[row]?.parent ?? -1
  const names = nodes.filter((node) => inside(node, row) && node.name.startsWith('Order')).map(({ name }) => name)
  return [...new Set(names)].join(' and ')
}

const observationOf = (trial: Trial, event: Event | undefined): Observation | undefined =>
  trial.observations().find(({ id }) => id === event?.observation)

/** Each click tells its row as it was. A machine too busy to look in time gives the observation of before, which says that it is stale: there the row may be lacking, though not in all, and no other is told in its place. */
function expectRows(trial: Trial, clicks: readonly (Event | undefined)[], rows: readonly (string | null | undefined)[]): void {
  const told = clicks.map((click) => rowTold(trial, click))
  const isLacking = (at: number): boolean => observationOf(trial, clicks[at])?.status === 'stale' && told[at]?.includes(' and ') === true
  expect(told).toEqual(rows.map((row, at) => (isLacking(at) ? told[at] : row)))
  expect(told.some((row, at) => row === rows[at])).toBe(true)
}

describe('row 17: virtualised lists, recycled nodes', () => {
  for (const [name, list, reused] of lists)
    test(`${name}: the row is told as it was when it was pressed, and no two rows are one`, async () => {
      const trial = await openMatrix(stage, 'lists.tsx')
      await trial.page.locator(`${list} button >> nth=3`).waitFor()
      const seen: Awaited<ReturnType<typeof open>>[] = []
      for (const byPx of [0, 280, 2_800, -1_400]) {
        if (byPx !== 0) await turn(trial, byPx)
        seen.push(await open(trial, await pointAt(trial, list)))
      }
      expect(new Set(seen.map(({ order }) => order)).size).toBe(4)
      expect(seen[1]?.node === seen[0]?.node, 'the same node showed both').toBe(reused)
      const clicks = (await trial.events()).filter(({ kind }) => kind === 'click')
      expect(clicks.map((click) => trial.rowOf(click)?.name)).toEqual(seen.map(({ button }) => button))
      const rows = seen.map(({ order }) => order)
      expectRows(trial, clicks, rows)
      expect(new Set(clicks.map(({ node }) => node)).size).toBe(4)
      await trial.page.close()
    })

  for (const [name, list] of lists)
    test(`${name}: a row that is still in sight after a scroll is the same`, async () => {
      const trial = await openMatrix(stage, 'lists.tsx')
      await trial.page.locator(`${list} button >> nth=3`).waitFor()
      const { order } = await open(trial, await pointAt(trial, list))
      await turn(trial, 56)
      const other = await pointAt(trial, list)
      await open(trial, other)
      await open(trial, await pointAt(trial, list, order))
      const [first, second, third] = (await trial.events()).filter(({ kind }) => kind === 'click')
      expectRows(trial, [first, third], [order, order])
      expect(third?.node).toBe(first?.node)
      expect(second?.node).not.toBe(first?.node)
      await trial.page.close()
    })

  for (const list of ['#numbered', '#plain', '#bare', '#boxed'])
    test(`${list}: a node that shows another row by the time it is let go tells of the one that was pressed`, async () => {
      const trial = await openMatrix(stage, 'lists.tsx')
      const { x, y } = await pointAt(trial, list)
      const pressed = await trial.page.evaluate(
        ([left, top]) => document.elementFromPoint(left, top)?.closest('.line')?.firstElementChild?.textContent,
        [x, y] as const,
      )
      await trial.page.mouse.down()
      await turn(trial, 280)
      await trial.page.mouse.up()
      await expect.poll(() => held(trial)).toMatch(/^Order/)
      expect(await held(trial), 'the page took it for the row that is there now').not.toBe(pressed)
      const clicks = (await trial.events()).filter(({ kind }) => kind === 'click')
      expectRows(trial, clicks, [pressed])
      await trial.page.close()
    })
})
