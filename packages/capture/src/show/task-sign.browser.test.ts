import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Event } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { startTrial, type Trial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const show = readFileSync(fileURLToPath(new URL('../../dist/show.js', import.meta.url)), 'utf8')
  stage.serve('/show.js', show, 'text/javascript')
})
afterAll(() => stage.close())

interface InPage {
  Show: typeof import('./index.ts')
  recording: { startTask(task: { goal: string }): void; endTask(end: { outcome: string; by: string }): void }
  sign: import('./task-sign.ts').TaskSign
}

const html = `<label>Order <input></label><button>Find</button>
<script type=module>import * as show from '/show.js'; globalThis.Show = show</script>`

/** A recorded page with the sign in it. */
async function openSign(): Promise<Trial> {
  const trial = await startTrial(stage, html, { record: { mode: 'ambient' } })
  await trial.page.waitForFunction(() => 'Show' in globalThis)
  await trial.page.evaluate(() => {
    const inside = globalThis as unknown as InPage // as: the trial and the page put these there
    inside.sign = inside.Show.mountTaskSign(document, {
      language: 'en',
      onStart: (goal) => inside.recording.startTask({ goal }),
      onEnd: (outcome) => inside.recording.endTask({ outcome, by: 'person' }),
    })
  })
  return trial
}

async function pressSign({ page }: Trial): Promise<void> {
  const box = await page.locator('overt-task').boundingBox()
  if (box === null) throw new Error('the sign has no box')
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

/** The first of the three ends stands under the goal, at the left. */
async function pressDone({ page }: Trial): Promise<void> {
  const box = await page.locator('overt-task').boundingBox()
  if (box === null) throw new Error('the sign has no box')
  await page.mouse.click(box.x + 30, box.y + box.height - 20)
}

const tasksOf = (events: readonly Event[]) => events.filter((event) => event.kind === 'task')

test('a person names a task, works, and says how it ended; naming it is not recorded as work', async () => {
  const trial = await openSign()
  await pressSign(trial)
  await trial.page.keyboard.type('Find the order of gus@example.org')
  await trial.page.keyboard.press('Enter')
  await trial.page.click('text=Find')
  await pressDone(trial)
  const events = await trial.events()
  expect(tasksOf(events)).toMatchObject([
    { phase: 'start', goal: 'Find the order of [EMAIL_1]' },
    { phase: 'end', outcome: 'success', by: 'person' },
  ])
  expect(events.map((event) => event.kind)).toEqual(['task', 'click', 'task'])
  await trial.page.close()
})

test('naming a task gives the focus back to where the person was', async () => {
  const trial = await openSign()
  await trial.page.click('input')
  await pressSign(trial)
  await trial.page.keyboard.type('Order a chair')
  await trial.page.keyboard.press('Enter')
  expect(await trial.page.evaluate(() => document.activeElement?.localName)).toBe('input')
  await trial.page.close()
})

test('Escape takes an unnamed task back, and an empty name begins none', async () => {
  const trial = await openSign()
  await pressSign(trial)
  await trial.page.keyboard.press('Enter')
  await trial.page.keyboard.type('Something private')
  await trial.page.keyboard.press('Escape')
  await trial.page.keyboard.press('Enter')
  const focused = await trial.page.evaluate(() => document.activeElement?.localName)
  expect(focused).toBe('overt-task')
  expect(tasksOf(await trial.events())).toEqual([])
  await trial.page.close()
})

test("attack 23: the page's own script can neither read the goal nor begin a task", async () => {
  const trial = await openSign()
  const reached = await trial.page.evaluate(() => {
    const host = document.querySelector('overt-task')
    host?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))
    return host?.shadowRoot ?? null
  })
  expect(reached).toBeNull()
  expect(tasksOf(await trial.events())).toEqual([])
  await trial.page.close()
})

/** Writes the document anew, with the same parts. */
const reopen = ({ page }: Trial): Promise<void> =>
  page.evaluate(() => {
    document.open()
    document.write('<!doctype html><label>Order <input></label><button>Find</button>')
    document.close()
  })

test('in a document that is written anew the sign stands again, with the task that runs there, which ends there', async () => {
  const trial = await openSign()
  const sign = trial.page.locator('overt-task')
  await pressSign(trial)
  await trial.page.keyboard.type('Order a chair')
  await trial.page.keyboard.press('Enter')
  await reopen(trial)
  await sign.waitFor({ state: 'attached', timeout: 10_000 })
  await pressDone(trial)
  await reopen(trial)
  await sign.waitFor({ state: 'attached', timeout: 10_000 })
  await pressSign(trial)
  await trial.page.keyboard.type('Order a table')
  await trial.page.keyboard.press('Enter')
  expect(tasksOf(await trial.events())).toMatchObject([
    { phase: 'start', goal: 'Order a chair' },
    { phase: 'end', outcome: 'success', by: 'person' },
    { phase: 'start', goal: 'Order a table' },
  ])
  expect(await sign.count()).toBe(1)
  await trial.page.evaluate(() => (globalThis as unknown as InPage).sign.unmount()) // as: put there above
  await reopen(trial)
  await trial.page.locator('overt-indicator').waitFor({ state: 'attached' })
  expect(await sign.count()).toBe(0)
  await trial.page.close()
})

test('where nothing is recorded no task can begin in a document that is written anew either', async () => {
  const trial = await openSign()
  await trial.page.evaluate(() => (globalThis as unknown as InPage).sign.show('off')) // as: put there above
  await reopen(trial)
  await trial.page.locator('overt-task').waitFor({ state: 'attached', timeout: 10_000 })
  await pressSign(trial)
  await trial.page.keyboard.type('Anything')
  await trial.page.keyboard.press('Enter')
  expect(tasksOf(await trial.events())).toEqual([])
  await trial.page.close()
})

test('while nothing is recorded no task can begin', async () => {
  const trial = await openSign()
  await trial.page.evaluate(() => (globalThis as unknown as InPage).sign.show('off')) // as: put there above
  await pressSign(trial)
  await trial.page.keyboard.type('Anything')
  await trial.page.keyboard.press('Enter')
  expect(tasksOf(await trial.events())).toEqual([])
  await trial.page.close()
})
