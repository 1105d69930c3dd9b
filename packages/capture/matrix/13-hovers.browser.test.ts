import type { Event } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { middleOf } from './accessible.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Moves the pointer there as a hand does, and rests: the page's own menus take up to a quarter of a second to open, and the recorder looks when the page is idle, before whoever asks for that later. */
async function glide(trial: Trial, selector: string, restMs = 700): Promise<void> {
  const { x, y } = await middleOf(trial.page, selector)
  await trial.page.mouse.move(x, y, { steps: 12 })
  await trial.page.waitForTimeout(restMs)
  await trial.page.evaluate(() => new Promise((idle) => requestIdleCallback(idle, { timeout: 2_000 })))
}

async function press(trial: Trial, selector: string): Promise<void> {
  await glide(trial, selector, 150)
  await trial.page.mouse.down()
  await trial.page.mouse.up()
}

const held = (trial: Trial): Promise<string | null> => trial.page.textContent('#used')

const told = (events: readonly Event[], trial: Trial): readonly string[] =>
  events.map((event) => `${event.kind} ${trial.rowOf(event)?.name || trial.rowOf(event)?.role || ''}`)

/** What is hovered in turn, what is pressed then, the name that the page says was used, and what must be told. */
const menus = [
  ['a menu of style sheets', ['#file'], '#open', 'Open', ['hover File', 'click Open']],
  ['a menu within it', ['#file', '#export'], '#pdf', 'As PDF', ['hover File', 'hover Export', 'click As PDF']],
  ['a menu that a script opens elsewhere, with a delay', ['#own'], '#own-copy', 'Copy link', ['hover Share', 'click Copy link']],
  ["Radix's navigation menu", ['#nav'], '#boats', 'Boats', ['hover Products', 'click Boats']],
  ["a link in Radix's tooltip", ['#terms'], '#why', 'why', ['hover Terms', 'click why']],
  ["a button in Radix's hover card", ['#ada'], '#follow', 'Follow', ['hover Ada', 'click Follow']],
  ["a menu of MUI's popper", ['#mui'], '#yearly', 'Yearly', ['hover Reports', 'click Yearly']],
  ["a button in MUI's tooltip", ['#mui-tip'], '.MuiTooltip-popper button', 'More', ['hover Status', 'click More']],
  ['a panel that opens far away, by the word of what opened it', ['#far'], '#asia', 'Asia', ['hover Regions', 'click Asia']],
  ['a panel that a framework puts in far away and says nothing of', ['#silent'], '#oslo', 'Oslo', ['hover Offices', 'click Oslo']],
  ['a panel far away that a listener shows', ['#quiet'], '#tug', 'Tug', ['hover Ships', 'click Tug']],
  ['a button that its row shows', ['#lyon td'], '#lyon button', 'Delete Lyon', ['hover Lyon', 'click Delete Lyon']],
] as const

describe('row 13: hover menus, tooltips', () => {
  for (const [name, hovered, pressed, used, said] of menus)
    test(`${name}: the hover that revealed what is pressed is told before it`, async () => {
      const trial = await openMatrix(stage, 'hovers.tsx')
      await glide(trial, '#plain')
      for (const selector of hovered) await glide(trial, selector)
      await press(trial, pressed)
      await expect.poll(() => held(trial)).toBe(used)
      const events = (await trial.events()).filter(({ kind }) => kind !== 'navigate')
      expect(told(events, trial)).toEqual(said)
      const seen = trial.observations().find(({ id }) => id === events[0]?.observation)
      expect(seen?.nodes.some((row) => row.name === trial.rowOf(events.at(-1))?.name)).toBe(false)
      await trial.page.close()
    })

  test('the keyboard goes on in what a hover revealed: the hover is told before the key and before the text', async () => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await glide(trial, '#plain')
    await glide(trial, '#tools')
    await trial.page.keyboard.press('Enter')
    await expect.poll(() => held(trial)).toBe('Print')
    await glide(trial, '#plain')
    await glide(trial, '#seek')
    await trial.page.keyboard.type('boats')
    // What was revealed is used already: the same hover is no second one.
    await trial.page.keyboard.press('Escape')
    const events = await trial.events()
    expect(told(events, trial)).toEqual(['hover Tools', 'click Print', 'hover Seek', 'text Query', 'key Query'])
    await trial.page.close()
  })

  test('Tab goes into what a hover revealed: the hover is told before the key', async () => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await glide(trial, '#plain')
    await glide(trial, '#file')
    await trial.page.keyboard.press('Tab')
    await expect.poll(() => trial.page.evaluate(() => document.activeElement?.id)).toBe('open')
    await trial.page.keyboard.press('Enter')
    await expect.poll(() => held(trial)).toBe('Open')
    const events = (await trial.events()).filter(({ kind }) => kind !== 'navigate')
    expect(told(events, trial).map((one) => one.trim())).toEqual(['hover File', 'key', 'focus Open', 'click Open'])
    await trial.page.close()
  })

  test('Tab that goes elsewhere is no use of what a hover revealed', async () => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await press(trial, '#plain')
    await glide(trial, '#file')
    await trial.page.keyboard.press('Tab')
    await expect.poll(() => trial.page.evaluate(() => document.activeElement?.id)).toBe('note')
    expect((await trial.events()).map(({ kind }) => kind)).toEqual(['click', 'key', 'focus'])
    await trial.page.close()
  })

  test('moving over many things that show a hint is nothing, nor is a menu that nothing is used of', async () => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await glide(trial, '#plain')
    for (const selector of ['#file', '#edit', '#view', '#own', '#nav', '#terms', '#ada', '#mui', '#mui-tip', '#rome td', '#lyon td'])
      await glide(trial, selector)
    for (let item = 0; item < 12; item += 1) await glide(trial, `.tip >> nth=${item}`, 60)
    await press(trial, '#plain')
    await expect.poll(() => held(trial)).toBe('Plain')
    expect(told(await trial.events(), trial)).toEqual(['click Plain'])
    await trial.page.close()
  })

  test('what a click opens is told by the click, and only what is under the pointer in it by a hover', async () => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await press(trial, '#drop')
    await press(trial, '#rename')
    await expect.poll(() => held(trial)).toBe('Rename')
    await glide(trial, '#plain')
    await press(trial, '#drop')
    await glide(trial, '#rename')
    await glide(trial, '#move')
    await press(trial, '#archive')
    await expect.poll(() => held(trial)).toBe('Archive')
    expect(told(await trial.events(), trial)).toEqual(['click Actions', 'click Rename', 'click Actions', 'hover Move to', 'click Archive'])
    await trial.page.close()
  })

  test.each(['#note', '#silent'])('what comes while the pointer rests on %s is nothing that it revealed', async (resting) => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await glide(trial, '#plain')
    await glide(trial, resting)
    await trial.page.evaluate(() => document.querySelector('#news')?.removeAttribute('hidden'))
    await press(trial, '#news')
    await expect.poll(() => held(trial)).toBe('News')
    expect(told(await trial.events(), trial)).toEqual(['click News'])
    await trial.page.close()
  })

  test('what comes by itself is nothing that a hover revealed', async () => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await press(trial, '#late')
    await glide(trial, '#plain', 600)
    await press(trial, '#news')
    await expect.poll(() => held(trial)).toBe('News')
    expect(told(await trial.events(), trial)).toEqual(['click Later', 'click News'])
    await trial.page.close()
  })

  test('what lies before a hover is told without what was being typed then', async () => {
    const trial = await openMatrix(stage, 'hovers.tsx')
    await press(trial, '#note')
    await trial.page.keyboard.type('4111 1111 11')
    await glide(trial, '#plain')
    await expect
      .poll(async () => {
        // The page closes what the pointer takes too long to come to, as it does on a busy machine.
        await glide(trial, '#own')
        await press(trial, '#own-copy')
        return held(trial)
      })
      .toBe('Copy link')
    expect(await trial.page.inputValue('#note')).toBe('4111 1111 11')
    await trial.page.waitForTimeout(120)
    await trial.tell('flush')
    expect(JSON.stringify(trial.batches)).toContain('hover')
    expect(JSON.stringify(trial.batches)).not.toMatch(/["\s]4111/u)
    await trial.page.close()
  })
})
