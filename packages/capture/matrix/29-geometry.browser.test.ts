import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Trial, startTrial } from '../trial.ts'
import { type Edges, browserBoxes, isInside, protocolOf, seenBy, strayBoxes } from './browser-boxes.ts'
import { openMatrix } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ scrollBars: true })
})
afterAll(() => stage.close())

interface Screen {
  readonly deviceScaleFactor?: number
  /** As by Ctrl and plus: fewer CSS pixels, each of them larger. */
  readonly zoom?: number
}

async function open({ deviceScaleFactor = 1, zoom = 1 }: Screen = {}): Promise<{ trial: Trial; session: CDPSession }> {
  const trial = await openMatrix(stage, 'geometry.html')
  const session = await protocolOf(trial.page)
  await show(trial, session, { deviceScaleFactor, zoom })
  await trial.page.evaluate(() => {
    document.querySelector('#scrolled')?.scrollTo(30, 100)
    document.querySelector('#side')?.scrollTo(-20, 0)
  })
  return { trial, session }
}

async function show(trial: Trial, session: CDPSession, { deviceScaleFactor = 1, zoom = 1 }: Screen): Promise<void> {
  const [width, height] = [Math.round(1000 / Math.sqrt(zoom)), Math.round(700 / Math.sqrt(zoom))]
  const ratio = deviceScaleFactor * zoom
  // Chromium asks a page's media queries anew only when the size of its window changes too.
  for (const wider of [1, 0])
    await session.send('Emulation.setDeviceMetricsOverride', { width: width + wider, height, deviceScaleFactor: ratio, mobile: false })
  await trial.page.waitForFunction((meant) => Math.abs(devicePixelRatio - meant) < 0.01, ratio)
  // Styles that depend on it come a frame later.
  await trial.page.waitForFunction(
    (far) => (document.querySelector('#sharp')?.getBoundingClientRect().left ?? 0) > 600 === far,
    ratio > 1.9,
  )
}

/** Clicks the middle of what the browser says that an element is; the protocol's points are those of what is seen. */
async function press({ trial, session }: { trial: Trial; session: CDPSession }, [left, top, right, bottom]: Edges): Promise<void> {
  const { cssVisualViewport: seen } = await session.send('Page.getLayoutMetrics')
  const point = { x: (left + right) / 2 - seen.offsetX, y: (top + bottom) / 2 - seen.offsetY }
  await trial.page.mouse.move(point.x, point.y)
  for (const type of ['mousePressed', 'mouseReleased'] as const)
    await session.send('Input.dispatchMouseEvent', { ...point, type, button: 'left', clickCount: 1 })
  await trial.page.waitForTimeout(50)
}

/** Presses every button and compares: all boxes with the browser's, each click's row and point with what was meant. */
async function compare(one: { trial: Trial; session: CDPSession }): Promise<void> {
  const { trial } = one
  const boxes = await browserBoxes(trial.page)
  const [clientWidth, clientHeight] = await trial.page.evaluate(() => {
    const { documentElement: root } = document
    return [root.clientWidth, root.clientHeight] as const
  })
  const { cssVisualViewport: seen } = await one.session.send('Page.getLayoutMetrics')
  const inSight = ([left, top, right, bottom]: Edges): boolean =>
    (left + right) / 2 > seen.offsetX &&
    (top + bottom) / 2 > seen.offsetY &&
    (left + right) / 2 < Math.min(clientWidth, seen.offsetX + seen.clientWidth) &&
    (top + bottom) / 2 < Math.min(clientHeight, seen.offsetY + seen.clientHeight)
  const meant = [...boxes].filter(([name, edges]) => !/frame$|^scrolled|box$|in it|width$/.test(name) && inSight(edges))
  expect(meant.length).toBeGreaterThan(5)
  for (const [, edges] of meant) await press(one, edges)
  const clicks = (await trial.events()).flatMap((event) => (event.kind === 'click' ? [event] : []))
  expect(clicks.map((event) => trial.rowOf(event)?.name)).toEqual(meant.map(([name]) => name))
  for (const event of clicks) expect(strayBoxes(seenBy(trial, event), boxes)).toEqual([])
  expect(clicks.filter((event) => !isInside(trial, event))).toEqual([])
}

describe('row 29: zoom, pinch, RTL, transforms, device pixel ratio, two displays', () => {
  test.each([1, 1.5, 2, 3])("with %s device pixels to a CSS pixel, boxes are the browser's and clicks are in them", async (ratio) => {
    const one = await open({ deviceScaleFactor: ratio })
    await compare(one)
    await one.trial.page.close()
  })

  test.each([0.8, 1.25])("with the browser zoomed to %s, boxes are the browser's and clicks are in them", async (zoom) => {
    const one = await open({ zoom })
    await compare(one)
    await one.trial.page.close()
  })

  test("pinched to twice its size, boxes are the browser's and clicks are in them", async () => {
    const one = await open()
    await one.session.send('Input.synthesizePinchGesture', { x: 300, y: 200, scaleFactor: 2 })
    const { scale, offsetLeft } = await one.trial.page.evaluate(() => ({
      scale: visualViewport?.scale ?? 1,
      offsetLeft: visualViewport?.offsetLeft ?? 0,
    }))
    expect([scale > 1.5, offsetLeft > 0]).toEqual([true, true])
    await compare(one)
    await one.trial.page.close()
  })

  test('a window that goes to another display is seen as it is there', async () => {
    const one = await open()
    await press(one, (await browserBoxes(one.trial.page)).get('sharp') ?? [0, 0, 0, 0])
    await show(one.trial, one.session, { deviceScaleFactor: 2 })
    const boxes = await browserBoxes(one.trial.page)
    await press(one, boxes.get('sharp') ?? [0, 0, 0, 0])
    const clicks = (await one.trial.events()).filter((event) => event.kind === 'click')
    expect(clicks.map((event) => [one.trial.rowOf(event)?.name, seenBy(one.trial, event)?.viewport.pixelRatio])).toEqual([
      ['sharp', 1],
      ['sharp', 2],
    ])
    expect(strayBoxes(seenBy(one.trial, clicks[1]), boxes)).toEqual([])
    await one.trial.page.close()
  })

  test('a whole page that its style zooms: a click far to the right is one', async () => {
    const trial = await startTrial(
      stage,
      '<style>html{zoom:1.5}body{margin:0;height:3000px}</style><button aria-label=far style="position:absolute;left:560px;top:300px;width:60px;height:40px"></button>',
    )
    await compareOne(trial, 'far')
    await trial.page.close()
  })

  test('the bar of a box that runs from the right is a bar, and what lies beside the bar of a zoomed box is none', async () => {
    const one = await open()
    const boxes = await browserBoxes(one.trial.page)
    const [left = 0, top = 0] = boxes.get('scrolled from the right') ?? []
    await press(one, [left + 5, top + 30, left + 19, top + 40])
    const [, upper = 0, right = 0] = boxes.get('zoomed box') ?? []
    await press(one, [right - 60, upper + 45, right - 40, upper + 75])
    const events = await one.trial.events()
    expect(events.flatMap((event) => (event.kind === 'click' ? [one.trial.rowOf(event)?.name] : []))).toEqual(['zoomed box'])
    await one.trial.page.close()
  })
})

async function compareOne(trial: Trial, name: string): Promise<void> {
  const boxes = await browserBoxes(trial.page)
  await press({ trial, session: await protocolOf(trial.page) }, boxes.get(name) ?? [0, 0, 0, 0])
  const [click] = await trial.events()
  expect([click?.kind, trial.rowOf(click)?.name, strayBoxes(seenBy(trial, click), boxes)]).toEqual(['click', name, []])
}
