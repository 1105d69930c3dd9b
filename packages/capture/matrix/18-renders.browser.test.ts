import type { Event, Observation, ObservationNode } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** How often the page has drawn itself anew, by its own count. */
const turns = (trial: Trial): Promise<number> => trial.page.evaluate<number>('globalThis.turn')

async function untilTurns(trial: Trial, more: number): Promise<void> {
  const from = await turns(trial)
  await expect.poll(() => turns(trial), { timeout: 60_000 }).toBeGreaterThanOrEqual(from + more)
}

/** Presses a town's button and lets go after the page was drawn anew so many times. */
async function order(trial: Trial, town: string, heldTurns = 0): Promise<void> {
  // In one go: no node lives until the next question.
  const [x, y] = await trial.page.evaluate((name) => {
    const row = [...document.querySelectorAll('tr')].find((one) => one.textContent.startsWith(name))
    const rect = row?.querySelector('button')?.getBoundingClientRect() ?? new DOMRect()
    return [rect.left + rect.width / 2, rect.top + rect.height / 2] as const
  }, town)
  await trial.page.mouse.move(x, y, { steps: 3 })
  await trial.page.waitForTimeout(250)
  await trial.page.mouse.down()
  if (heldTurns > 0) await untilTurns(trial, heldTurns)
  await trial.page.mouse.up()
  await expect.poll(() => trial.page.textContent('#board output')).toBe(town)
}

const seenAt = (trial: Trial, event: Event | undefined): Observation | undefined =>
  trial.observations().find(({ id }) => id === event?.observation)

/** `Order in Lyon`: what was acted on, in which row of the table. */
function told(trial: Trial, event: Event): string {
  const nodes = seenAt(trial, event)?.nodes ?? []
  let row: ObservationNode | undefined = nodes.find(({ id }) => id === event.node)
  const name = row?.name
  while (row !== undefined && row.role !== 'row') row = nodes[row.parent]
  const place = row === undefined ? -1 : nodes.indexOf(row)
  return `${event.kind} ${name} in ${nodes.find(({ parent }) => parent === place)?.name}`
}

/** What one recording sent: rows that were written out, bytes of all batches, and the numbers in its last observation. */
async function costOf(
  between: number,
): Promise<{ readonly rows: number; readonly observations: number; readonly sizeBytes: number; readonly highest: number }> {
  const trial = await openMatrix(stage, 'renders.tsx', { record: { flushMs: 600_000 } })
  await untilTurns(trial, 2)
  await order(trial, 'Lyon')
  await untilTurns(trial, between)
  await order(trial, 'Rome')
  await trial.events()
  const sent = trial.batches.map(({ observations }) => observations)
  const cost = {
    rows: sent.reduce((sum, { ids }) => sum + ids.length, 0),
    observations: sent.reduce((sum, { sights }) => sum + sights.length, 0),
    sizeBytes: JSON.stringify(trial.batches).length,
    highest: Math.max(...trial.observations().flatMap(({ nodes }) => nodes.map(({ id }) => id))),
  }
  await trial.page.close()
  return cost
}

/** Presses the button of a value on the page that draws all anew; gives nothing until the page says that it was pressed. */
async function pressValue(trial: Trial, value: string): Promise<void> {
  await trial.page.locator('output').evaluate((output) => output.replaceChildren())
  await trial.page.hover(`button[value="${value}"]`)
  // What a look has no time for on a busy machine is looked at when the page is idle: a press that finds it half read is told as one on something new.
  await trial.page.evaluate(() => new Promise((idle) => requestIdleCallback(() => requestIdleCallback(() => setTimeout(idle, 20)))))
  await trial.page.click(`button[value="${value}"]`)
  await expect.poll(() => trial.page.textContent('output')).toBe(value)
}

/** What is pressed, then drawn anew by a change of what the page shows, then pressed: each of the latter is what one of the former was, or null for none of them. */
const changes = [
  [
    'another name',
    { likes: 4 },
    ['Like', 'Share'],
    [
      ['Like', 'Like'],
      ['Share', 'Share'],
    ],
  ],
  [
    'another place',
    { tall: 90 },
    ['Save', 'Copy all', 'Open Lyon'],
    [
      ['Save', 'Save'],
      ['Copy all', 'Copy all'],
      ['Open Lyon', 'Open Lyon'],
    ],
  ],
  ['another name and another place on the screen', { likes: 12, tall: 40 }, ['Like'], [['Like', 'Like']]],
  [
    'one more before it',
    { tools: ['Undo', 'Cut', 'Copy'] },
    ['Cut', 'Copy', 'Paste', 'Cut all', 'Copy all', 'Paste all'],
    [
      ['Undo', null],
      ['Cut', 'Cut'],
      ['Copy', 'Copy'],
      ['Undo all', null],
      ['Cut all', 'Cut all'],
      ['Copy all', 'Copy all'],
    ],
  ],
  [
    'one less before it',
    { tools: ['Copy', 'Paste'] },
    ['Cut', 'Copy', 'Paste'],
    [
      ['Copy', 'Copy'],
      ['Paste', 'Paste'],
    ],
  ],
  [
    'a card before its card, with the same words in it',
    { towns: ['Rome', 'Kiel', 'Lyon'] },
    ['Open Kiel', 'Open Lyon', 'Open Bern'],
    [
      ['Open Rome', null],
      ['Open Kiel', 'Open Kiel'],
      ['Open Lyon', 'Open Lyon'],
    ],
  ],
  [
    'its cards in another order',
    { towns: ['Bern', 'Lyon', 'Kiel'] },
    ['Open Kiel', 'Open Lyon', 'Open Bern'],
    [
      ['Open Bern', 'Open Bern'],
      ['Open Kiel', 'Open Kiel'],
    ],
  ],
] as const

describe('row 18: re-render under the pointer at 10 Hz, key changes, hydration', () => {
  test('what is drawn anew with other keys is the same thing, and nothing else is told', async () => {
    const trial = await openMatrix(stage, 'renders.tsx')
    for (const town of ['Lyon', 'Rome', 'Lyon', 'Kiel', 'Lyon']) {
      const pressed = await trial.page.locator('tr button').first().elementHandle()
      await untilTurns(trial, 3)
      expect(await pressed?.evaluate((element) => element.isConnected), 'its nodes are gone').toBe(false)
      await order(trial, town)
    }
    const events = await trial.events()
    expect(events.map((event) => told(trial, event))).toEqual(
      ['Lyon', 'Rome', 'Lyon', 'Kiel', 'Lyon'].map((town) => `click Order in ${town}`),
    )
    const [lyon, rome, again, kiel, last] = events.map(({ node }) => node)
    expect([again, last]).toEqual([lyon, lyon])
    expect(new Set([lyon, rome, kiel]).size).toBe(3)
    await trial.page.close()
  })

  test('a button that is replaced while it is held down is one click on what was pressed', async () => {
    const trial = await openMatrix(stage, 'renders.tsx')
    await untilTurns(trial, 2)
    await order(trial, 'Bern', 4)
    await order(trial, 'Oslo', 1)
    expect((await trial.events()).map((event) => told(trial, event))).toEqual(['click Order in Bern', 'click Order in Oslo'])
    await trial.page.close()
  })

  for (const [what, change, first, then] of changes)
    test(`a node that is replaced by one with ${what} is the same thing, and no other is`, async () => {
      const trial = await openMatrix(stage, 'replaced.html')
      for (const value of first) await pressValue(trial, value)
      const before = await trial.page.$$('main button')
      await trial.page.evaluate(`draw(${JSON.stringify(change)})`)
      for (const node of before) expect(await node.evaluate((element) => element.isConnected), 'its nodes are gone').toBe(false)
      for (const [value] of then) await pressValue(trial, value)
      const clicks = (await trial.events()).filter(({ kind }) => kind === 'click').map(({ node }) => node)
      expect(new Set(clicks.slice(0, first.length)).size).toBe(first.length)
      const was = clicks.slice(first.length).map((node) => first.find((_, at) => clicks[at] === node) ?? null)
      expect(was).toEqual(then.map(([, one]) => one))
      await trial.page.close()
    })

  test('what is sent does not grow with how often the page was drawn anew', async () => {
    const few = await costOf(4)
    const many = await costOf(50)
    // A page that was still being drawn when it was first seen has a row or two more.
    expect(many.rows).toBeLessThan(few.rows * 1.3)
    expect(many.highest).toBeLessThan(few.highest * 1.3)
    expect(many.observations).toBeLessThanOrEqual(few.observations + 1)
    expect(many.sizeBytes).toBeLessThan(few.sizeBytes * 1.2)
  })

  for (const how of ['same', 'other'] as const)
    test(`hydration that ${how === 'same' ? 'keeps the nodes that came with the page' : 'replaces them all'}: a button is the same before and after`, async () => {
      const trial = await openMatrix(stage, 'renders.tsx')
      const before = await trial.page.locator('#served button').elementHandle()
      await trial.page.click('#served button')
      await trial.page.evaluate(`hydrate('${how}')`)
      await expect
        .poll(async () => {
          await trial.page.click('#served button')
          return trial.page.textContent('#served p')
        })
        .toMatch(/times$/)
      expect(await before?.evaluate((element) => element.isConnected)).toBe(how === 'same')
      const clicks = (await trial.events()).filter(({ kind }) => kind === 'click')
      expect(clicks.length).toBeGreaterThan(1)
      expect(clicks.map((click) => [trial.rowOf(click)?.name, click.node])).toEqual(clicks.map(() => ['Subscribe', clicks[0]?.node]))
      await trial.page.close()
    })
})
