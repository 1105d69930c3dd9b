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
  events.map((event) => {
    if (event.kind === 'text' || event.kind === 'select') return [event.kind, trial.rowOf(event)?.name, event.before, event.after]
    return event.kind === 'key' ? event.chord : `${event.kind} ${trial.rowOf(event)?.name}`
  })

describe('row 03: autocomplete with debounce', () => {
  test('the typed text and the clicked option are told apart: the final value is not credited to typing', async () => {
    const trial = await openMatrix(stage, 'search.html')
    await trial.page.click('#part')
    await trial.page.keyboard.type('gus', { delay: 30 })
    await trial.page.click('text=Gusset brace')
    await trial.page.click('button')
    expect(await trial.page.inputValue('#part')).toBe('Gusset brace')
    expect(told(await trial.events(), trial)).toEqual([
      'click Part',
      ['text', 'Part', '', 'gus'],
      'click Gusset brace',
      ['select', 'Part', 'gus', 'Gusset brace'],
      'click Save',
    ])
    await trial.page.close()
  })

  test('the typed text and the option that Enter took are told apart', async () => {
    const trial = await openMatrix(stage, 'search.html')
    await trial.page.click('#part')
    await trial.page.keyboard.type('gu', { delay: 30 })
    await trial.page.waitForSelector('[role=option]')
    for (let step = 0; step < 3; step += 1) await trial.page.keyboard.press('ArrowDown')
    await trial.page.keyboard.press('Enter')
    await trial.page.click('button')
    expect(await trial.page.inputValue('#part')).toBe('Gunmetal strip')
    const events = told(await trial.events(), trial)
    expect(events.filter((one) => typeof one !== 'string' || !one.startsWith('Arrow'))).toEqual([
      'click Part',
      ['text', 'Part', '', 'gu'],
      'Enter',
      ['select', 'Part', 'gu', 'Gunmetal strip'],
      'click Save',
    ])
    await trial.page.close()
  })

  test('what is typed after a choice is a text of its own, from the chosen value on', async () => {
    const trial = await openMatrix(stage, 'search.html')
    await trial.page.click('#part')
    await trial.page.keyboard.type('gunm', { delay: 30 })
    await trial.page.click('text=Gunmetal strip')
    await trial.page.keyboard.type(' wide')
    await trial.page.click('button')
    const texts = (await trial.events()).filter((event) => event.kind === 'text')
    expect(texts.map(({ before, after }) => [before, after])).toEqual([
      ['', 'gunm'],
      ['Gunmetal strip', 'Gunmetal strip wide'],
    ])
    await trial.page.close()
  })
})
