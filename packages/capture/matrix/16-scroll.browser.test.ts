import type { Event } from '@overt/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Stage, openStage } from '../chromium.ts'
import { type Trial, startTrial } from '../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const page = `<style>body{margin:0}.box{overflow:auto;height:200px;width:300px;position:absolute;top:20px;left:20px}.long{height:3000px}
  #snap{left:400px;scroll-snap-type:y mandatory}#snap div{height:150px;scroll-snap-align:start}</style>
  <div id=outer class=box tabindex=0 role=region aria-label=Outer><button>Top</button><div id=inner class=box style="height:100px" role=region aria-label=Inner tabindex=0><div class=long>Inner</div></div><div class=long>Outer</div></div>
  <div id=snap class=box role=region aria-label=Snap tabindex=0>${'<div>Card</div>'.repeat(12)}</div><div class=long></div>`

const told = (events: readonly Event[], trial: Trial): readonly unknown[] =>
  events.map((event) => (event.kind === 'scroll' ? [trial.rowOf(event)?.name ?? 'page', event.fromY, event.toY, event.cause] : event.kind))

const topOf = (trial: Trial, selector: string): Promise<number> =>
  trial.page.locator(selector).evaluate((element) => Math.round(element.scrollTop))

async function turn(trial: Trial, x: number, y: number, steps = 10): Promise<void> {
  await trial.page.mouse.move(x, y)
  for (let step = 0; step < steps; step += 1) {
    await trial.page.mouse.wheel(0, 30)
    await trial.page.waitForTimeout(15)
  }
  await trial.page.waitForTimeout(600)
}

async function noteScrolls(trial: Trial): Promise<void> {
  await trial.page.evaluate(() => {
    const times: number[] = []
    Object.assign(globalThis, { times })
    addEventListener('scroll', () => times.push(performance.now()), true)
  })
}

/** How long the hand really rested, in ms, by the page's own clock: a busy machine drives more slowly than it is told. */
async function pausesOf(trial: Trial): Promise<readonly number[]> {
  const times = await trial.page.evaluate<number[]>('times')
  return times.slice(1).map((time, at) => time - (times[at] ?? time))
}

/** A rest of 400 ms ends a scroll; where the machine was busy about then, the recorder's clock may have rung before or after the next turn. */
function expectScrolls(count: number, pauses: readonly number[]): void {
  const rests = (ms: number): number => pauses.filter((pause) => pause > ms).length
  expect(count).toBeGreaterThanOrEqual(1 + rests(600))
  expect(count).toBeLessThanOrEqual(1 + rests(350))
}

describe('row 16: scroll', () => {
  test('many turns of the wheel over a nested box are one scroll of that box, with from and to', async () => {
    const trial = await startTrial(stage, page)
    await turn(trial, 60, 100)
    const to = await topOf(trial, '#inner')
    expect(to).toBeGreaterThan(200)
    expect(told(await trial.events(), trial)).toEqual([['Inner', 0, to, 'pointer']])
    await trial.page.close()
  })

  test('the wheel over the page scrolls the page', async () => {
    const trial = await startTrial(stage, page)
    await turn(trial, 800, 400)
    const to = await trial.page.evaluate(() => Math.round(scrollY))
    expect(told(await trial.events(), trial)).toEqual([['page', 0, to, 'pointer']])
    await trial.page.close()
  })

  test('a box that snaps is one scroll that ends where it snapped', async () => {
    const trial = await startTrial(stage, page)
    await trial.page.mouse.move(500, 100)
    await trial.page.mouse.wheel(0, 400)
    await trial.page.waitForTimeout(1_300)
    const to = await topOf(trial, '#snap')
    expect({ snapped: to % 150, moved: to > 0 }).toEqual({ snapped: 0, moved: true })
    expect(told(await trial.events(), trial)).toEqual([['Snap', 0, to, 'pointer']])
    await trial.page.close()
  })

  test('turns of the wheel with a pause of the hand between them are one scroll', async () => {
    const trial = await startTrial(stage, page)
    await noteScrolls(trial)
    await trial.page.mouse.move(800, 400)
    for (let flick = 0; flick < 4; flick += 1) {
      await trial.page.mouse.wheel(0, 100)
      await trial.page.waitForTimeout(250)
    }
    await trial.page.waitForTimeout(900)
    const pauses = await pausesOf(trial)
    expect(pauses.some((pause) => pause > 160)).toBe(true)
    const events = await trial.events()
    expect(events.map((event) => event.kind)).toEqual(events.map(() => 'scroll'))
    expectScrolls(events.length, pauses)
    await trial.page.close()
  })

  test('a pull of the scroll bar is one scroll by the pointer', async () => {
    const barred = await openStage({ scrollBars: true })
    const trial = await startTrial(barred, page)
    const bar = await trial.page.locator('#outer').evaluate((box) => {
      const { left, top, right, bottom } = box.getBoundingClientRect()
      return { x: (left + box.clientLeft + box.clientWidth + right) / 2, top, bottom, widthPx: right - left - box.clientWidth }
    })
    expect(bar.widthPx, 'there is a bar to pull').toBeGreaterThan(4)
    await noteScrolls(trial)
    await trial.page.mouse.move(bar.x, bar.top + 25)
    await trial.page.mouse.down()
    await trial.page.mouse.move(bar.x, bar.bottom - 60, { steps: 8 })
    await trial.page.mouse.up()
    await trial.page.waitForTimeout(600)
    const to = await topOf(trial, '#outer')
    expect(to).toBeGreaterThan(200)
    const scrolls = (await trial.events()).flatMap((event) => (event.kind === 'scroll' ? [event] : []))
    expectScrolls(scrolls.length, await pausesOf(trial))
    expect(scrolls.map((event) => [trial.rowOf(event)?.name, event.cause])).toEqual(scrolls.map(() => ['Outer', 'pointer']))
    expect([scrolls[0]?.fromY, scrolls.at(-1)?.toY]).toEqual([0, to])
    await barred.close()
  })

  test('keys that scroll are told, and the scroll is by the keyboard', async () => {
    const trial = await startTrial(stage, page)
    await trial.page.focus('#outer')
    await trial.page.keyboard.press('PageDown')
    await trial.page.waitForTimeout(700)
    const to = await topOf(trial, '#outer')
    const scrolls = (await trial.events()).filter((event) => event.kind === 'scroll')
    expect(told(scrolls, trial)).toEqual([['Outer', 0, to, 'keyboard']])
    await trial.page.close()
  })

  test("what the page's script scrolls is told apart", async () => {
    const trial = await startTrial(stage, page)
    await trial.page.waitForTimeout(800)
    await trial.page.evaluate(() => document.querySelector('#outer')?.scrollTo(0, 700))
    await trial.page.waitForTimeout(400)
    expect(told(await trial.events(), trial)).toEqual([['Outer', 0, 700, 'program']])
    await trial.page.close()
  })
})
