import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import type { Trial } from '../trial.ts'
import { isInside, seenBy } from './browser-boxes.ts'
import { browserControls, controlsOf, sayControl } from './browser-tree.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const clicksOf = async (trial: Trial) => (await trial.events()).flatMap((event) => (event.kind === 'click' ? [event] : []))
const pressed = (trial: Trial): Promise<readonly unknown[]> => trial.page.evaluate('globalThis.pressed')

/** The tags of what stands around the row of an event, outermost first. */
function around(trial: Trial, event: Parameters<Trial['rowOf']>[0]): readonly string[] {
  const nodes = seenBy(trial, event)?.nodes ?? []
  const path: string[] = []
  for (let row = nodes[trial.rowOf(event)?.parent ?? -1]; row !== undefined; row = nodes[row.parent]) path.unshift(row.tag)
  return path
}

describe('row 23: canvas, WebGL, video', () => {
  test('a press on a canvas, drawn on or by WebGL, is told on it with the point in it that the page is told', async () => {
    const trial = await openMatrix(stage, 'drawings.html')
    await trial.page.click('#plain', { position: { x: 31, y: 67 } })
    await trial.page.click('#chart', { position: { x: 150, y: 20 } })
    await trial.page.click('#gl', { position: { x: 5, y: 95 } })
    const clicks = await clicksOf(trial)
    const told = clicks.map((event) => {
      const [left = 0, top = 0] = trial.rowOf(event)?.box ?? []
      return [trial.rowOf(event)?.tag, trial.rowOf(event)?.name, event.x - left, event.y - top]
    })
    const names = ['', 'Sales by month', 'Model']
    const meant = (await pressed(trial)) as readonly (readonly [string, number, number])[] // as: the page writes it down so
    expect(told).toEqual(meant.map(([, x, y], at) => ['canvas', names[at], x, y]))
    expect(told).toHaveLength(3)
    await trial.page.close()
  })

  test("what a canvas says of itself are rows, with the roles and names of the browser's tree, and keys in it are told on them", async () => {
    const trial = await openMatrix(stage, 'drawings.html')
    const { open } = await browserControls(trial.page)
    await trial.page.focus('#zoom')
    await trial.page.keyboard.press('Enter')
    await trial.page.focus('#year')
    await trial.page.keyboard.press('ArrowRight')
    const held = await trial.page.locator('#year').inputValue()
    const events = await trial.events()
    expect((await pressed(trial))[0]).toEqual(['zoom'])
    const [click, value] = events
    expect([click?.kind, trial.rowOf(click)?.name, around(trial, click)]).toEqual(['click', 'Zoom in', ['canvas']])
    expect([value, trial.rowOf(value)?.name]).toMatchObject([{ kind: 'value', before: '2024', after: held, cause: 'keyboard' }, 'Year'])
    expect(controlsOf(seenBy(trial, click)).toSorted()).toEqual(open.map(sayControl).toSorted())
    expect(seenBy(trial, click)?.nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(['January', '12']))
    await trial.page.close()
  })

  test('a stroke over a canvas ends on the canvas, not on what it says of itself', async () => {
    const trial = await openMatrix(stage, 'drawings.html')
    await trial.page.mouse.move(250, 30)
    await trial.page.mouse.down()
    await trial.page.mouse.move(400, 90, { steps: 5 })
    await trial.page.mouse.up()
    const [drag] = (await trial.events()).flatMap((event) => (event.kind === 'drag' ? [event] : []))
    expect(drag).toMatchObject({ x: 250, y: 30, toX: 400, toY: 90 })
    expect([trial.rowOf(drag)?.name, drag?.toNode]).toEqual(['Sales by month', drag?.node])
    await trial.page.close()
  })

  test('shapes of a drawing are told by shape, colour and size; a canvas that is the picture of a button is the button', async () => {
    const trial = await openMatrix(stage, 'drawings.html')
    for (const selector of ['#room', '#table', '#pictured canvas']) await trial.page.click(selector)
    const clicks = await clicksOf(trial)
    expect(clicks.map((event) => [trial.rowOf(event)?.tag, trial.rowOf(event)?.look])).toEqual([
      ['rect', 'shape-rectangle colour-blue size-large'],
      ['circle', 'shape-circle colour-red size-small'],
      ['button', ''],
    ])
    expect(trial.rowOf(clicks[2])?.name).toBe('Animated')
    expect(clicks.filter((event) => !isInside(trial, event))).toEqual([])
    await trial.page.close()
  })

  test('a press on a film is told on it with its point, and what a page draws to work it like any control', async () => {
    const trial = await openMatrix(stage, 'drawings.html')
    await trial.page.click('#film', { position: { x: 120, y: 30 } })
    await trial.page.waitForFunction(() => document.querySelector('video')?.paused === false)
    await trial.page.click('#play')
    await trial.page.focus('#seek')
    await trial.page.keyboard.press('ArrowRight')
    await trial.page.keyboard.press('ArrowRight')
    const held = await trial.page.locator('#seek').inputValue()
    const events = await trial.events()
    const [left = 0, top = 0] = trial.rowOf(events[0])?.box ?? []
    expect(events.map((event) => [event.kind, trial.rowOf(event)?.name])).toEqual([
      ['click', 'Film'],
      ['click', 'Play'],
      ['value', 'Position'],
    ])
    expect(await pressed(trial)).toEqual([['film', 120, 30]])
    expect(events[0]).toMatchObject({ x: left + 120, y: top + 30 })
    expect(events[2]).toMatchObject({ before: '0', after: held })
    await trial.page.close()
  })

  test('no pixel is read, and nothing that is drawn leaves', async () => {
    const trial = await openMatrix(stage, 'drawings.html')
    for (const selector of ['#plain', '#gl', '#film', '#room']) await trial.page.click(selector)
    expect(await clicksOf(trial)).toHaveLength(4)
    expect(await trial.page.evaluate('globalThis.readings')).toBe(0)
    expect(JSON.stringify(trial.batches)).not.toMatch(/walnutgrove|data:|blob:/)
    await trial.page.close()
  })
})
