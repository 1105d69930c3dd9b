import type { Event } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const told = (events: readonly Event[], trial: Trial): readonly unknown[] =>
  events.map((event) => (event.kind === 'select' ? [trial.rowOf(event)?.name, event.before, event.after, event.cause] : event.kind))

/** Presses a closed select; the browser shows its list in a window of its own, which takes the keys. */
async function openList(trial: Trial, selector: string): Promise<void> {
  const box = await trial.page.locator(selector).boundingBox()
  await trial.page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 8)
}

const chosen = (trial: Trial): Promise<string> => trial.page.locator('output').innerText()

describe('row 01: native select', () => {
  test('opened by mouse and chosen in the list, it is one select by the pointer, with the labels before and after', async () => {
    const trial = await openMatrix(stage, 'select.html')
    await openList(trial, '#size')
    await trial.page.keyboard.press('ArrowDown')
    await trial.page.keyboard.press('ArrowDown')
    await trial.page.keyboard.press('Enter')
    expect(told(await trial.events(), trial)).toEqual([['Size', 'Small', 'Large', 'pointer']])
    expect(await chosen(trial)).toBe('size=Large')
    await trial.page.close()
  })

  test('a list that is opened and closed without a choice says nothing', async () => {
    const trial = await openMatrix(stage, 'select.html')
    await openList(trial, '#size')
    await trial.page.keyboard.press('Escape')
    await trial.page.click('button')
    expect(told(await trial.events(), trial)).toEqual(['click'])
    expect(await chosen(trial)).toBe('')
    await trial.page.close()
  })

  test('arrows on a closed select are one select, however many they are', async () => {
    const trial = await openMatrix(stage, 'select.html')
    await trial.page.focus('#place')
    for (let step = 0; step < 3; step += 1) await trial.page.keyboard.press('ArrowDown')
    await trial.page.click('button')
    expect(told(await trial.events(), trial)).toEqual([['Where', 'Paris', 'Hanoi', 'keyboard'], 'click'])
    await trial.page.close()
  })

  test('letters that find an option are one select and no keys, also in a group', async () => {
    const trial = await openMatrix(stage, 'select.html')
    await trial.page.focus('#place')
    await trial.page.keyboard.type('Ky')
    expect(told(await trial.events(), trial)).toEqual([['Where', 'Paris', 'Kyoto', 'keyboard']])
    expect(await chosen(trial)).toContain('place=Kyoto')
    await trial.page.close()
  })

  test('each press on a list of many is a select with every label that is then chosen', async () => {
    const trial = await openMatrix(stage, 'select.html')
    await trial.page.click('#many option:nth-child(2)')
    await trial.page.waitForTimeout(700)
    await trial.page.click('#many option:nth-child(4)', { modifiers: ['Control'] })
    expect(told(await trial.events(), trial)).toEqual([
      ['Toppings', '', 'Capers', 'pointer'],
      ['Toppings', 'Capers', 'Capers\u001fBasil', 'pointer'],
    ])
    expect(await chosen(trial)).toBe('many=Capers many=Capers+Basil')
    await trial.page.close()
  })

  test('a range pulled over a list of many is one select', async () => {
    const trial = await openMatrix(stage, 'select.html')
    const first = await trial.page.locator('#many option').nth(0).boundingBox()
    const last = await trial.page.locator('#many option').nth(2).boundingBox()
    await trial.page.mouse.move((first?.x ?? 0) + 10, (first?.y ?? 0) + 5)
    await trial.page.mouse.down()
    await trial.page.mouse.move((last?.x ?? 0) + 10, (last?.y ?? 0) + 5, { steps: 6 })
    await trial.page.mouse.up()
    expect(told(await trial.events(), trial)).toEqual([['Toppings', '', 'Olives\u001fCapers\u001fOnion', 'pointer']])
    await trial.page.close()
  })

  test('Shift with arrows on a list of many is one select', async () => {
    const trial = await openMatrix(stage, 'select.html')
    await trial.page.click('#many option:nth-child(1)')
    await trial.page.waitForTimeout(700)
    await trial.page.keyboard.press('Shift+ArrowDown')
    await trial.page.keyboard.press('Shift+ArrowDown')
    expect(told(await trial.events(), trial)).toEqual([
      ['Toppings', '', 'Olives', 'pointer'],
      ['Toppings', 'Olives', 'Olives\u001fCapers\u001fOnion', 'keyboard'],
    ])
    await trial.page.close()
  })
})
