import type { Event } from '@overt/schema'
import type { CDPSession } from 'playwright-core'
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
  events.map((event) => (event.kind === 'click' ? [trial.rowOf(event)?.name, event.button, event.count] : event.kind))

/** By what, and whether it was a long press. */
const how = (events: readonly Event[]): readonly (readonly unknown[])[] =>
  events.flatMap((event) => (event.kind === 'click' ? [[event.pointer, event.held]] : []))

interface Point {
  readonly x: number
  readonly y: number
}

async function middleOf(trial: Trial, selector: string): Promise<Point> {
  const box = await trial.page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not there`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const heard = (trial: Trial): Promise<readonly string[]> => trial.page.evaluate('globalThis.seen')

async function tap(session: CDPSession, point: Point, heldMs = 20): Promise<void> {
  // By its own clock: a busy machine makes no long press of it.
  const atS = Date.now() / 1000
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point], timestamp: atS })
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: atS + heldMs / 1000 })
}

describe('row 14: double, triple, right, middle click, long press, touch, pen', () => {
  test('a double click is a first and a second click, each told once', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.dblclick('#go')
    expect(told(await trial.events(), trial)).toEqual([
      ['Go', 0, 1],
      ['Go', 0, 2],
    ])
    expect(await heard(trial)).toEqual(['click:go', 'click:go', 'dblclick:go'])
    await trial.page.close()
  })

  test('a triple click on words counts to three', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.click('#text', { clickCount: 3 })
    const events = await trial.events()
    expect(events.map((event) => (event.kind === 'click' ? event.count : event.kind))).toEqual([1, 2, 3])
    await trial.page.close()
  })

  test('the right and middle buttons are one click each, with their number', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.click('#go', { button: 'right' })
    await trial.page.click('#stop', { button: 'middle' })
    const events = await trial.events()
    expect(told(events, trial)).toEqual([
      ['Go', 2, 1],
      ['Stop', 1, 1],
    ])
    expect(how(events).map(([pointer]) => pointer)).toEqual(['mouse', 'mouse'])
    await trial.page.close()
  })

  test('two quick clicks on two buttons are no double click', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.click('#go')
    await trial.page.click('#stop')
    expect(told(await trial.events(), trial)).toEqual([
      ['Go', 0, 1],
      ['Stop', 0, 1],
    ])
    await trial.page.close()
  })

  test('a tap is one click and the mouse events that follow it are none', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    const session = await trial.page.context().newCDPSession(trial.page)
    await tap(session, await middleOf(trial, '#go'))
    await trial.page.waitForTimeout(500)
    const events = await trial.events()
    expect(told(events, trial)).toEqual([['Go', 0, 1]])
    expect(how(events)).toEqual([['touch', false]])
    expect(await heard(trial)).toEqual(['click:go'])
    await trial.page.close()
  })

  test('a long press of a finger is one click, told as such, on what was pressed, and nothing follows it', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    const session = await trial.page.context().newCDPSession(trial.page)
    await session.send('Emulation.setEmitTouchEventsForMouse', { enabled: true, configuration: 'mobile' })
    // The browser makes a finger of these and never answers them.
    const finger = (type: 'mousePressed' | 'mouseReleased', point: Point): void =>
      void session.send('Input.dispatchMouseEvent', { ...point, type, button: 'left', buttons: 1, clickCount: 1 }).catch(() => {})
    const point = await middleOf(trial, '#go')
    finger('mousePressed', point)
    await trial.page.waitForFunction('seen.length === 1', undefined, { timeout: 10_000 })
    finger('mouseReleased', point)
    await session.send('Emulation.setEmitTouchEventsForMouse', { enabled: false })
    await tap(session, await middleOf(trial, '#stop'))
    await trial.page.waitForFunction('seen.length === 2', undefined, { timeout: 10_000 })
    await trial.page.waitForTimeout(500)
    const events = await trial.events()
    expect(await heard(trial)).toEqual(['contextmenu:go', 'click:stop'])
    expect(told(events, trial)).toEqual([
      ['Go', 0, 1],
      ['Stop', 0, 1],
    ])
    expect(how(events)).toEqual([
      ['touch', true],
      ['touch', false],
    ])
    await trial.page.close()
  })

  test('a long press is told as such where the page takes the touch from the browser, and so is a button held down', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.evaluate(() =>
      document.querySelector('#pad')?.addEventListener('touchstart', (event) => event.preventDefault(), { passive: false }),
    )
    const session = await trial.page.context().newCDPSession(trial.page)
    await tap(session, await middleOf(trial, '#pad'), 700)
    await trial.page.waitForTimeout(500)
    await trial.page.click('#go', { delay: 700 })
    const events = await trial.events()
    expect(await heard(trial)).toEqual(['click:go'])
    expect(told(events, trial)).toEqual([
      ['Pad', 0, 1],
      ['Go', 0, 1],
    ])
    expect(how(events)).toEqual([
      ['touch', true],
      ['mouse', true],
    ])
    await trial.page.close()
  })

  test('a key that presses a button is a click by no pointer', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    await trial.page.focus('#go')
    await trial.page.keyboard.press('Enter')
    expect(how(await trial.events())).toEqual([['', false]])
    await trial.page.close()
  })

  test('a pen that touches a button is one click', async () => {
    const trial = await openMatrix(stage, 'clicks.html')
    const session = await trial.page.context().newCDPSession(trial.page)
    const point = await middleOf(trial, '#pad')
    const pen = { ...point, button: 'left', clickCount: 1, pointerType: 'pen', force: 0.5 } as const
    await session.send('Input.dispatchMouseEvent', { ...pen, type: 'mouseMoved', button: 'none' })
    await session.send('Input.dispatchMouseEvent', { ...pen, type: 'mousePressed', buttons: 1 })
    await session.send('Input.dispatchMouseEvent', { ...pen, type: 'mouseReleased' })
    await trial.page.waitForTimeout(500)
    const events = await trial.events()
    expect(told(events, trial)).toEqual([['Pad', 0, 1]])
    expect(how(events)).toEqual([['pen', false]])
    await trial.page.close()
  })
})
