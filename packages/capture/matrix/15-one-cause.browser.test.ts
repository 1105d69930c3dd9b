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
  events.map((event) => ('cause' in event ? [event.kind, trial.rowOf(event)?.name ?? '', event.cause] : event.kind))

const heard = (trial: Trial): Promise<readonly string[]> => trial.page.evaluate('globalThis.seen')

describe('row 15: Space or Enter on a button, label to input, implicit submit', () => {
  for (const key of ['Enter', 'Space'])
    test(`${key} on a button is one click by the keyboard`, async () => {
      const trial = await openMatrix(stage, 'clicks.html')
      await trial.page.focus('#go')
      await trial.page.keyboard.press(key)
      expect(told(await trial.events(), trial)).toEqual([['click', 'Go', 'keyboard']])
      expect(await heard(trial)).toEqual(['click:go'])
      await trial.page.close()
    })

  test('Enter on a link is one click by the keyboard, and the way it goes has that cause', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.focus('#link')
    await trial.page.keyboard.press('Enter')
    await trial.page.waitForTimeout(100)
    const events = await trial.events()
    expect(events.map((event) => event.kind)).toEqual(['click', 'navigate'])
    expect(events.map((event) => 'cause' in event && event.cause)).toEqual(['keyboard', 'link'])
    await trial.page.close()
  })

  test('a label of an input is one click on the input, its cause the label', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.click('label[for=name]')
    expect(told(await trial.events(), trial)).toEqual([['click', 'Name', 'label']])
    expect(await heard(trial)).toEqual(['click:label', 'click:name'])
    await trial.page.close()
  })

  test('a label of a check box is one check, its cause the label', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.locator('#agree').click({ position: { x: 50, y: 8 } })
    expect(told(await trial.events(), trial)).toEqual([['check', 'Agree', 'label']])
    await trial.page.close()
  })

  test("Enter in a form with a button is the text, the key and one submit, and the button's click is none of its own", async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.click('#query')
    await trial.page.keyboard.type('gus')
    await trial.page.keyboard.press('Enter')
    const events = await trial.events()
    expect(await heard(trial)).toEqual(['click:query', 'click:button', 'submit:find'])
    expect(events.map((event) => event.kind)).toEqual(['click', 'text', 'key', 'submit'])
    expect(events.at(-1)).toMatchObject({ cause: 'keyboard' })
    await trial.page.close()
  })

  test('Enter in a form without a button is the text, the key and one submit', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.click('#alone')
    await trial.page.keyboard.type('gus')
    await trial.page.keyboard.press('Enter')
    expect((await trial.events()).map((event) => event.kind)).toEqual(['click', 'text', 'key', 'submit'])
    await trial.page.close()
  })

  test('a click on the button of a form is the click and one submit by the pointer', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.click('#find button')
    const events = await trial.events()
    expect(events.map((event) => [event.kind, 'cause' in event && event.cause])).toEqual([
      ['click', 'pointer'],
      ['submit', 'pointer'],
    ])
    await trial.page.close()
  })
})
