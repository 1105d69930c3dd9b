import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

// https://webidl.spec.whatwg.org/#LegacyOverrideBuiltIns
test.each(['children', 'closest'])('presses on a form with a field called %s are told, and those elsewhere', async (name) => {
  const trial = await startTrial(
    stage,
    `<form style="padding:40px" onsubmit="return false"><input name=${name} aria-label=Guests></form><button id=go>Go</button>`,
  )
  const box = await trial.page.locator('form').boundingBox()
  for (let turn = 0; turn < 6; turn += 1) await trial.page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10)
  await trial.page.click('#go')
  const events = await trial.events()
  expect(events.filter(({ kind }) => kind === 'click')).toHaveLength(7)
  expect(trial.rowOf(events.at(-1))).toMatchObject({ name: 'Go' })
  expect(Object.keys(await trial.counters()).filter((reason) => /^(?:failed|off)\./.test(reason))).toEqual([])
  await trial.page.close()
})

test.each(['img', 'form'])('a page with <%s name=title> is told, by its own title', async (tag) => {
  const trial = await startTrial(stage, `<${tag} name=title></${tag}><button>Go</button>`)
  await trial.page.click('button')
  expect((await trial.events()).map(({ kind }) => kind)).toEqual(['click'])
  expect(trial.observations().at(-1)?.title).toBe('Trial')
  await trial.page.close()
})

test.each(['hidden', 'getElementsByTagName'])('a picture called %s hides no indicator that is taken away', async (name) => {
  const trial = await startTrial(stage, `<img name=${name}><button>Go</button>`)
  await trial.page.evaluate(() => document.querySelector('overt-indicator')?.remove())
  await expect.poll(() => trial.states.at(-1)?.state, { timeout: 10_000 }).toBe('stopped')
  expect(trial.states.at(-1)?.reason).toBe('indicator.removed')
  await trial.page.close()
})

test('an observer that is switched off is told as a gap, shown as what is lost, and all others go on', async () => {
  const trial = await startTrial(stage, '<button>Go</button><input type=checkbox>')
  // What no recorder can do without: here only presses of the pointer ask for it.
  await trial.page.evaluate(() => {
    Object.defineProperty(PointerEvent.prototype, 'isPrimary', {
      get: () => {
        throw new Error('mine')
      },
    })
  })
  for (let turn = 0; turn < 5; turn += 1) await trial.page.mouse.click(300, 300)
  const events = await trial.events()
  expect(events.filter((event) => event.kind === 'gap')).toMatchObject([{ reason: 'off.pointerdown', count: 1 }])
  await trial.page.keyboard.press('Control+K')
  expect((await trial.events()).at(-1)).toMatchObject({ kind: 'key', chord: 'Control+K' })
  await trial.page.close()
})
