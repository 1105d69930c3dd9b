import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Selector, accessible name and first choice of each widget. */
const widgets = [
  ['#mui', 'Mui', 'Rome'],
  ['#auto', 'Mui autocomplete', ''],
  ['#base', 'Base', 'Rome'],
  ['#base-combobox', 'Base combobox', ''],
  ['#radix', 'Radix', 'Rome'],
  ['#react', 'React', ''],
  ['#downshift', 'Downshift', 'None'],
] as const

/** Every select of a recording with its combobox, and what was pressed just before. */
async function choices(trial: Trial): Promise<readonly unknown[]> {
  const events = await trial.events()
  return events.flatMap((event, at) => {
    const by = events[at - 1]
    if (event.kind !== 'select' || by === undefined) return []
    const pressed =
      by.kind === 'click' ? `${by.cause} ${trial.rowOf(by)?.role} ${trial.rowOf(by)?.name}` : by.kind === 'key' ? by.chord : by.kind
    return [[trial.rowOf(event)?.name, event.before, event.after, event.cause, pressed]]
  })
}

/** What the browser says that the widget holds. */
const holds = (trial: Trial, selector: string): Promise<string> =>
  trial.page.locator(selector).evaluate((element) => {
    const own = 'value' in element && typeof element.value === 'string' && element.value !== '' ? element.value : element.textContent
    return (own || element.closest('div[class*=control]')?.textContent) ?? ''
  })

describe('row 02: ARIA combobox and listbox', () => {
  for (const [selector, name, first] of widgets) {
    test(`${name}: an option that is clicked is told by its name, and linked to its combobox`, async () => {
      const trial = await openMatrix(stage, 'comboboxes.tsx')
      await trial.page.click(selector, { force: true })
      await trial.page.waitForTimeout(400)
      await trial.page.locator('[role=option]', { hasText: 'Kyoto' }).last().click()
      await trial.page.waitForTimeout(400)
      expect(await holds(trial, selector)).toContain('Kyoto')
      expect(await choices(trial)).toEqual([[name, first, 'Kyoto', 'pointer', 'pointer option Kyoto']])
      await trial.page.close()
    })

    test(`${name}: an option that Enter chooses is told by its name, and linked to its combobox`, async () => {
      const trial = await openMatrix(stage, 'comboboxes.tsx')
      await trial.page.focus(selector)
      await trial.page.keyboard.press('ArrowDown')
      await trial.page.waitForTimeout(400)
      await trial.page.keyboard.press('ArrowDown')
      await trial.page.waitForTimeout(100)
      await trial.page.keyboard.press('Enter')
      await trial.page.waitForTimeout(400)
      const held = await holds(trial, selector)
      const told = await choices(trial)
      expect(told).toHaveLength(1)
      expect(told).toEqual([[name, first, expect.stringMatching(/^(Paris|Rome|Kyoto)$/), 'keyboard', expect.anything()]])
      expect(held).toContain(String((told[0] as readonly string[])[2]))
      await trial.page.close()
    })
  }
})
