import type { Event, Observation, ObservationNode } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { accessibleAt, middleOf } from './accessible.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const seenAt = (trial: Trial, event: Event): Observation => {
  const seen = trial.observations().find(({ id }) => id === event.observation)
  if (seen === undefined) throw new Error('the click has no observation')
  return seen
}

/** The day that an observation tells of a cell, as `2026-11-12`: by the cell's own name, else with the month that names what it stands in, or is written beside it there. */
function dayOf(row: ObservationNode, { nodes }: Observation): string {
  const inside = (node: ObservationNode, outer: number): boolean => {
    for (let up = node.parent; up !== -1; up = nodes[up]?.parent ?? -1) if (up === outer) return true
    return false
  }
  const asDay = (text: string): string => {
    const [, month = '', day = '', year = ''] = /([A-Z][a-z]+) (\d+)(?:st|nd|rd|th)?, (\d{4})/.exec(text) ?? []
    return month === '' ? '' : new Date(`${month} ${day}, ${year} UTC`).toISOString().slice(0, 10)
  }
  const own = asDay(row.name)
  if (own !== '') return own
  for (let up = row.parent; up !== -1; up = nodes[up]?.parent ?? -1) {
    const names = [nodes[up]?.name ?? '', ...nodes.filter((node) => inside(node, up)).map(({ name }) => name)]
    const months = new Set(names.filter((name) => /^[A-Z][a-z]+ \d{4}$/.test(name)))
    if (months.size > 0) return asDay([...months].join(' and ').replace(' ', ` ${row.name}, `))
  }
  return ''
}

/** Brings the pointer over it and presses there, by a hand that lands before it presses; gives what the browser says lay there. */
async function pressOn(trial: Trial, selector: string): Promise<Awaited<ReturnType<typeof accessibleAt>>> {
  const { x, y } = await middleOf(trial.page, selector)
  await trial.page.mouse.move(x, y, { steps: 4 })
  await trial.page.waitForTimeout(250)
  const said = await accessibleAt(trial.page, x, y)
  await trial.page.mouse.down()
  await trial.page.waitForTimeout(60)
  await trial.page.mouse.up()
  return said
}

/** Name, what opens it or turns to the next month, the cell of the twelfth, and where the page holds what was picked. */
const pickers = [
  ['flatpickr', '#flat', '.flatpickr-day:not(.prevMonthDay,.nextMonthDay) >> text="12"', '#flat'],
  ['react-day-picker', '.rdp-button_next', '.rdp-day_button >> text="12"', '#days'],
  ['a grid that is named', '[data-how=grid] [data-by="1"]', '[data-how=grid] [data-day="12"]', '#grid'],
  ['a table with a caption', '[data-how=table] [data-by="1"]', '[data-how=table] [data-day="12"]', '#table'],
  ['boxes below a heading', '[data-how=boxes] [data-by="1"]', '[data-how=boxes] [data-day="12"]', '#boxes'],
] as const

const held = (trial: Trial, selector: string): Promise<string> =>
  trial.page
    .locator(selector)
    .evaluate((element) => ('value' in element && typeof element.value === 'string' ? element.value : (element.textContent ?? '')))

describe('row 11: custom date pickers re-rendered under the pointer', () => {
  for (const [name, opens, cell, holder] of pickers)
    test(`${name}: the click is on the cell as it was pressed, and its observation tells the full date`, async () => {
      const trial = await openMatrix(stage, 'dates.tsx')
      await pressOn(trial, opens)
      const pressed = await trial.page.locator(cell).first().elementHandle()
      const said = await pressOn(trial, cell)
      await expect.poll(() => held(trial, holder)).toMatch(/^\d{4}-\d\d-12$/)
      const day = await held(trial, holder)
      expect(await pressed?.evaluate((element) => element.isConnected), 'react keeps its cells, the others build new ones').toBe(
        name === 'react-day-picker',
      )
      const events = await trial.events()
      expect(events.map((event) => event.kind)).toEqual(['click', 'click'])
      const [, click] = events
      if (click === undefined) throw new Error('no click')
      const row = trial.rowOf(click)
      if (row === undefined) throw new Error('the click has no row')
      expect(dayOf(row, seenAt(trial, click))).toBe(day)
      // Boxes that say nothing of themselves have a text alone, and the browser names none of them.
      const named = said.filter(({ role }) => role !== 'RootWebArea')
      expect(named.map((one) => one.name)).toEqual(expect.arrayContaining(name.startsWith('boxes') ? [] : [row.name]))
      const grids = named.filter(({ role }) => role === 'grid' || role === 'table').map((one) => one.name)
      expect(seenAt(trial, click).nodes.map((node) => node.name)).toEqual(expect.arrayContaining(grids))
      await trial.page.close()
    })

  test('a day that Enter picks is a click by the keyboard on that day', async () => {
    const trial = await openMatrix(stage, 'dates.tsx')
    await trial.page.locator('.rdp-day_button >> text="12"').first().focus()
    await trial.page.keyboard.press('ArrowDown')
    await trial.page.waitForTimeout(250)
    await trial.page.keyboard.press('Enter')
    await expect.poll(() => held(trial, '#days')).toBe('2026-11-19')
    const click = (await trial.events()).find((event) => event.kind === 'click')
    expect(click).toMatchObject({ cause: 'keyboard' })
    expect(trial.rowOf(click)?.name).toBe('Thursday, November 19th, 2026')
    await trial.page.close()
  })
})
