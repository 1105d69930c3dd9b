import { fileURLToPath } from 'node:url'

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

  test('what is done in a root is told as it is outside of one, each once: boxes, lists, forms, files, scrolls, the focus and menus that open', async () => {
    const told = new Map<string, unknown>()
    for (const how of ['none', 'open', 'nested', 'slotted', 'closed']) told.set(how, await workIn(stage, how))
    const outside = told.get('none')
    expect(outside).toEqual([
      'check Accept false true pointer',
      'check One false true pointer',
      'check Two false true keyboard',
      'select Size S M keyboard',
      'click First pointer',
      'text First tea typed',
      'key Tab',
      'focus Second keyboard',
      'key Enter',
      'submit keyboard',
      'click File pointer',
      'upload File 1 pointer',
      'scroll 0 200 pointer',
      'hover Products',
      'click Boots pointer',
      'click After pointer',
    ])
    for (const how of ['open', 'nested', 'slotted', 'closed']) expect([how, told.get(how)]).toEqual([how, outside])
  })

  test('an option that is slotted into the list of its combobox is told with it', async () => {
    const trial = await startTrial(
      stage,
      `<x-box><div role=option>Hanoi</div><div role=option>Kyoto</div></x-box>
      <script>document.querySelector('x-box').attachShadow({ mode: 'open' }).innerHTML =
        '<input role=combobox aria-controls=l aria-label=City><div id=l role=listbox><slot></slot></div>'</script>`,
    )
    await trial.page.click('text=Kyoto')
    const events = await trial.events()
    expect(events.map((event) => [event.kind, trial.rowOf(event)?.name])).toEqual([
      ['click', 'Kyoto'],
      ['select', 'City'],
    ])
    expect(events[1]).toMatchObject({ before: '', after: 'Kyoto', cause: 'pointer' })
    await trial.page.close()
  })

  test('nothing is told of a root in what asked to be left out', async () => {
    const trial = await startTrial(
      stage,
      `<div id=around><div id=host></div></div><script>
        document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML =
          '<input type=checkbox aria-label=Accept><div id=box style="height:60px;overflow:auto"><div style="height:900px">tall</div></div>'</script>`,
    )
    await trial.page.click('#host input')
    await trial.page.evaluate(() => document.querySelector('#around')?.setAttribute('data-overt-ignore', ''))
    await trial.page.click('#host input')
    await trial.page.hover('#box')
    await trial.page.mouse.wheel(0, 100)
    await trial.page.waitForTimeout(600)
    expect((await trial.events()).map((event) => event.kind)).toEqual(['check'])
    await trial.page.close()
  })
})

/** Works through all that `shadow-form.html` has, inside of what `how` makes, and gives what was told of it. */
async function workIn(stage: Stage, how: string): Promise<readonly string[]> {
  const trial = await openMatrix(stage, 'shadow-form.html')
  const { page } = trial
  await page.evaluate(`make('${how}')`)
  const at = async (id: string): Promise<[number, number]> => {
    const box = await page.evaluate<number[]>(
      `(({ left, top, right, bottom }) => [left, top, right, bottom])(within.querySelector('#${id}').getBoundingClientRect())`,
    )
    return middle(box)
  }
  const click = async (id: string): Promise<void> => page.mouse.click(...(await at(id)))
  // It has been seen by then.
  await page.mouse.move(...(await at('text')))
  await page.waitForTimeout(700)
  await click('accept')
  await click('one')
  await page.keyboard.press('ArrowDown')
  await page.evaluate(`within.querySelector('#size').focus()`)
  await page.keyboard.press('ArrowDown')
  await page.waitForTimeout(700)
  await click('first')
  await page.keyboard.type('tea')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const chooser = page.waitForEvent('filechooser')
  await click('file')
  await (await chooser).setFiles(fileURLToPath(import.meta.url))
  await page.waitForTimeout(100)
  await page.mouse.move(...(await at('box')))
  await page.mouse.wheel(0, 200)
  await page.waitForTimeout(700)
  await page.mouse.move(...(await at('text')))
  await page.waitForTimeout(200)
  await page.mouse.move(...(await at('menu')))
  await page.waitForTimeout(300)
  await page.mouse.move(...(await at('boots')))
  await page.waitForTimeout(100)
  await click('boots')
  await page.click('#after')
  const events = await trial.events()
  const said = events.map((event) => {
    const name = trial.rowOf(event)?.name ?? ''
    if (event.kind === 'key') return `key ${event.chord}`
    if (event.kind === 'hover') return `hover ${name}`
    if (event.kind === 'submit') return `submit ${event.cause}`
    if (event.kind === 'scroll') return `scroll ${event.fromY} ${event.toY} ${event.cause}`
    if (event.kind === 'check' || event.kind === 'select') return `${event.kind} ${name} ${event.before} ${event.after} ${event.cause}`
    if (event.kind === 'text') return `text ${name} ${event.after} ${event.cause}`
    if (event.kind === 'upload') return `upload ${name} ${event.count} ${event.cause}`
    return `${event.kind} ${name} ${'cause' in event ? event.cause : ''}`
  })
  await page.close()
  return said
}

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
