import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { startTrial } from '../trial.ts'
import { isInside, seenBy } from './browser-boxes.ts'
import { browserControls, controlsOf, sayControl } from './browser-tree.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe('row 22: shadow roots: open, closed, nested, slots, declarative, form-associated', () => {
  test('every control has the role and the name that the browser gives it, and a press is told on the innermost', async () => {
    const { page, ...trial } = await openMatrix(stage, 'shadows.html')
    const { open } = await browserControls(page)
    expect(open.length).toBeGreaterThan(10)
    for (const {
      edges: [left, top, right, bottom],
    } of open)
      await page.mouse.click((left + right) / 2, (top + bottom) / 2)
    const acts = (await trial.events()).filter((event) => event.kind === 'click' || event.kind === 'check')
    expect(acts.map((event) => trial.rowOf(event)).map((row) => row && sayControl(row))).toEqual(open.map(sayControl))
    expect(controlsOf(seenBy({ page, ...trial }, acts[0])).toSorted()).toEqual(open.map(sayControl).toSorted())
    await page.close()
  })

  test('text that is typed in the innermost of three roots, and in a field that its host gives the focus to, is told on the field', async () => {
    const trial = await openMatrix(stage, 'shadows.html')
    await trial.page.click('#outer input')
    await trial.page.keyboard.type('deep down')
    await trial.page.focus('#field')
    await trial.page.keyboard.type('by its host')
    const held = await Promise.all(['#outer input', '#field input'].map((field) => trial.page.locator(field).inputValue()))
    const texts = (await trial.events()).flatMap((event) => (event.kind === 'text' ? [event] : []))
    expect(texts.map((event) => [trial.rowOf(event)?.name, event.after])).toEqual([
      ['Innermost', held[0]],
      ['Your note', held[1]],
    ])
    expect(held).toEqual(['deep down', 'by its host'])
    await trial.page.close()
  })

  test('a press in a closed root is told on its host, and nothing of its inside or of what is typed there leaves', async () => {
    const trial = await openMatrix(stage, 'shadows.html')
    const { closed } = await browserControls(trial.page)
    const inside = closed.filter(({ name }) => !/Pause|Stop/.test(name))
    expect(inside.map(sayControl)).toEqual(['button Unseen', 'textbox ', 'button Behind it'])
    for (const {
      edges: [left, top, right, bottom],
    } of inside)
      await trial.page.mouse.click((left + right) / 2, (top + bottom) / 2)
    await trial.page.mouse.click(...middle(inside[1]?.edges))
    await trial.page.keyboard.type('junipercreek')
    const clicks = (await trial.events()).flatMap((event) => (event.kind === 'click' ? [event] : []))
    expect(await trial.page.evaluate('globalThis.pressed')).toEqual(['closed'])
    expect(clicks.map((event) => trial.rowOf(event)?.tag)).toEqual(['x-closed', 'x-closed', 'x-hidden', 'x-closed'])
    expect(clicks.filter((event) => !isInside(trial, event))).toEqual([])
    expect(JSON.stringify(trial.batches)).not.toMatch(/Unseen|Behind|walnutgrove|junipercreek/)
    await trial.page.close()
  })

  test('a root that is made after the page was seen, and what is slotted later, are seen', async () => {
    const trial = await startTrial(
      stage,
      `<x-late style="display:block;width:200px;height:60px"></x-late>
      <script>addEventListener('keydown', () => customElements.define('x-late', class extends HTMLElement { constructor() {
        super(); this.attachShadow({ mode: 'open' }).innerHTML = '<button style="width:200px;height:60px"><slot></slot></button>' } }))</script>`,
    )
    await trial.page.mouse.click(400, 300)
    await trial.page.keyboard.press('Escape')
    await comeTo(trial.page)
    await trial.page.evaluate(() => document.querySelector('x-late')?.append('Later'))
    await comeTo(trial.page)
    const clicks = (await trial.events()).filter((event) => event.kind === 'click').slice(1)
    expect(clicks.map((event) => [trial.rowOf(event)?.role, trial.rowOf(event)?.name, seenBy(trial, event)?.status])).toEqual([
      ['button', '', 'fresh'],
      ['button', 'Later', 'fresh'],
    ])
    await trial.page.close()
  })
})

/** Comes from outside, rests for as long as it takes to look, and presses. */
async function comeTo(page: Page): Promise<void> {
  await page.mouse.move(400, 300)
  await page.mouse.move(100, 40)
  await page.waitForTimeout(700)
  await page.mouse.click(100, 40)
}

const middle = ([left = 0, top = 0, right = 0, bottom = 0]: readonly number[] = []): [number, number] => [
  (left + right) / 2,
  (top + bottom) / 2,
]
