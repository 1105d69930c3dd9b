import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const html = `<input aria-label=Note><textarea aria-label=Letter></textarea><div contenteditable aria-label=Body style="width:300px;height:40px"></div>
  <input role=combobox aria-label=City><select aria-label=Size><option>Small<option>Large</select><input type=checkbox aria-label=Urgent>
  <input type=date aria-label=Day><button>Go</button>`
const words = ['meadow', 'harbour', 'lantern', 'orchard'] as const

/** Writes a word into each field, then uses what is chosen and not written. */
async function work(page: Awaited<ReturnType<typeof startTrial>>['page']): Promise<void> {
  for (const [at, selector] of ['input', 'textarea', 'div', '[role=combobox]'].entries()) {
    await page.click(selector)
    await page.keyboard.type(words[at] ?? '')
  }
  await page.focus('select')
  await page.keyboard.press('ArrowDown')
  await page.click('[type=checkbox]')
  await page.click('[type=date]', { position: { x: 10, y: 8 } })
  await page.keyboard.type('11232026')
  await page.click('button')
}

test('an ambient session keeps choices, dates and structure, and of what was written only its size class', async () => {
  const trial = await startTrial(stage, html, { record: { mode: 'ambient' } })
  await work(trial.page)
  const events = await trial.events()
  expect(events.filter((event) => event.kind === 'text').map(({ before, after }) => [before, after])).toEqual(
    words.map(() => ['', '[TEXT_1]']),
  )
  expect(events.find((event) => event.kind === 'select')).toMatchObject({ before: 'Small', after: 'Large' })
  expect(events.find((event) => event.kind === 'check')).toMatchObject({ after: true })
  expect(events.find((event) => event.kind === 'value')).toMatchObject({ after: '2026-11-23' })
  const last = trial.observations().at(-1)?.nodes ?? []
  expect(last.filter((node) => node.value !== '').map(({ name, value }) => [name, value])).toEqual([
    ['Note', '[TEXT_1]'],
    ['Letter', '[TEXT_1]'],
    ['Body', '[TEXT_1]'],
    ['City', '[TEXT_1]'],
    ['Size', 'Large'],
    ['Day', '2026-11-23'],
  ])
  for (const word of words) expect(JSON.stringify(trial.batches)).not.toContain(word)
  await trial.page.close()
})

test('a task keeps what was written in it, and what comes after its end is ambient again', async () => {
  const trial = await startTrial(stage, html, { record: { mode: 'ambient' } })
  await trial.page.click('input')
  await trial.page.keyboard.type('meadow')
  await trial.tell('startTask', { goal: 'Write' })
  await trial.page.click('textarea')
  await trial.page.keyboard.type('harbour')
  await trial.tell('endTask', { outcome: 'success', by: 'person' })
  await trial.page.click('[role=combobox]')
  await trial.page.keyboard.type('lantern')
  const events = await trial.events()
  expect(events.filter((event) => event.kind === 'text').map(({ after }) => after)).toEqual(['[TEXT_1]', 'harbour', '[TEXT_1]'])
  const ambient = JSON.stringify(trial.batches.filter((batch) => batch.mode === 'ambient'))
  for (const word of words) expect(ambient).not.toContain(word)
  await trial.page.close()
})
