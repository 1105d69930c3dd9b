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
  events.map((event) => (event.kind === 'value' ? [trial.rowOf(event)?.name, event.before, event.after, event.cause] : event.kind))

/** Pulls the handle from a fifth of the track to three fifths. */
async function pull(trial: Trial, selector: string): Promise<void> {
  const box = await trial.page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not there`)
  const y = box.y + box.height / 2
  await trial.page.mouse.move(box.x + box.width * 0.2, y)
  await trial.page.mouse.down()
  await trial.page.mouse.move(box.x + box.width * 0.6, y, { steps: 20 })
  await trial.page.mouse.up()
  await trial.page.waitForTimeout(700)
}

/** What the browser says the slider stands at. */
const stands = (trial: Trial, selector: string): Promise<string> =>
  trial.page.locator(selector).evaluate((element) => {
    const slider = element.matches('input,[role=slider]') ? element : element.querySelector('input,[role=slider]')
    return (slider !== null && 'value' in slider ? String(slider.value) : slider?.getAttribute('aria-valuetext')) ?? ''
  })

describe('row 10: sliders, colour, native date and time', () => {
  for (const [selector, name, handle] of [
    ['#native', 'Volume', '#native'],
    ['#noui', 'Depth', '#noui .noUi-handle'],
    ['#mui', 'Width', '#mui input'],
  ] as const) {
    test(`${name}: a pull over many pixels is one value, by the pointer`, async () => {
      const trial = await openMatrix(stage, 'sliders.tsx')
      const before = await stands(trial, selector)
      await pull(trial, selector)
      const after = await stands(trial, selector)
      expect(Number.parseFloat(after)).toBeGreaterThan(50)
      expect(told(await trial.events(), trial)).toEqual([[name, before, after, 'pointer']])
      await trial.page.close()
    })

    test(`${name}: many arrows are one value, by the keyboard`, async () => {
      const trial = await openMatrix(stage, 'sliders.tsx')
      const before = await stands(trial, selector)
      await trial.page.focus(handle)
      for (let step = 0; step < 5; step += 1) await trial.page.keyboard.press('ArrowRight')
      await trial.page.waitForTimeout(700)
      const after = await stands(trial, selector)
      expect(Number.parseFloat(after)).toBeGreaterThan(Number.parseFloat(before))
      expect(told(await trial.events(), trial)).toEqual([[name, before, after, 'keyboard']])
      await trial.page.close()
    })
  }

  for (const [selector, keys, name, after] of [
    ['#date', '11252026', 'Day', '2026-11-25'],
    ['#time', '0945AM', 'Hour', '09:45'],
  ] as const)
    test(`${name}: what is typed part by part is one value in the standard's form`, async () => {
      const trial = await openMatrix(stage, 'sliders.tsx')
      await trial.page.focus(selector)
      await trial.page.keyboard.type(keys)
      const held = await trial.page.inputValue(selector)
      expect(held).toBe(after)
      expect(told(await trial.events(), trial)).toEqual([[name, '', after, 'typed']])
      await trial.page.close()
    })

  for (const [how, cause] of [
    ['a click', 'pointer'],
    ['Enter', 'keyboard'],
  ] as const)
    test(`Colour: what is chosen by many keys in the browser's own picker, opened by ${how}, is one value after it`, async () => {
      const trial = await openMatrix(stage, 'sliders.tsx')
      if (cause === 'pointer') await trial.page.click('#colour')
      else await trial.page.press('#colour', 'Enter')
      await trial.page.waitForTimeout(1_000)
      // To the hue, past the field of shades and the pipette; the keys go to the picker and not to the page.
      for (const key of ['Tab', 'Tab']) await trial.page.keyboard.press(key)
      await trial.page.evaluate(() => {
        Reflect.set(globalThis, 'inputs', 0)
        addEventListener('input', () => Reflect.set(globalThis, 'inputs', Number(Reflect.get(globalThis, 'inputs')) + 1))
      })
      for (let turn = 0; turn < 5; turn += 1) await trial.page.keyboard.press('ArrowRight')
      await expect.poll(() => trial.page.evaluate<number>('inputs')).toBeGreaterThan(3)
      await trial.page.keyboard.press('Enter')
      await trial.page.waitForTimeout(700)
      const after = await trial.page.inputValue('#colour')
      expect(after).not.toBe('#ff0000')
      expect(told(await trial.events(), trial)).toEqual(['click', ['Colour', '#ff0000', after, cause]])
      await trial.page.close()
    })
})
