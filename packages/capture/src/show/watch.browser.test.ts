import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { type Trial, startTrial } from '../../trial.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const set = (property: string, value: string): string => `host.style.setProperty('${property}','${value}','important')`
const cover = `const over = document.createElement('div'); over.style.cssText='position:fixed;inset:0;z-index:2147483647;background:#fff;margin:0;border:0;width:auto;height:auto';document.documentElement.append(over)`

/** Every way that a page has, and the reason that is told. */
const ways: Readonly<Record<string, readonly [way: string, reason: string]>> = {
  removed: ['host.remove()', 'indicator.removed'],
  'removed each time it comes back': ['setInterval(() => host.remove(), 50)', 'indicator.removed'],
  'not displayed': [set('display', 'none'), 'indicator.hidden'],
  'not displayed by its parent': [`document.documentElement.style.display = 'none'`, 'indicator.hidden'],
  'made invisible': [set('visibility', 'hidden'), 'indicator.hidden'],
  'made transparent': [set('opacity', '0.05'), 'indicator.hidden'],
  'clipped away': [set('clip-path', 'inset(50%)'), 'indicator.hidden'],
  masked: [set('mask-image', 'linear-gradient(transparent,transparent)'), 'indicator.hidden'],
  'filtered away': [set('filter', 'opacity(0)'), 'indicator.hidden'],
  'blended into the page': [set('mix-blend-mode', 'color'), 'indicator.hidden'],
  'scaled to a point': [set('transform', 'scale(0.01)'), 'indicator.small'],
  'turned on its edge': [set('transform', 'rotateY(90deg)'), 'indicator.small'],
  'moved off the screen': [set('transform', 'translateX(4000px)'), 'indicator.outside'],
  'placed off the screen': [set('left', '-4000px'), 'indicator.outside'],
  'made small': [set('zoom', '0.1'), 'indicator.small'],
  'covered again and again by a popover': [
    `${cover}; over.popover='manual'; over.showPopover(); setInterval(() => { over.hidePopover(); over.showPopover() }, 20)`,
    'indicator.covered',
  ],
}

test.each(Object.entries(ways))('an indicator that is %s stops the recorder within two seconds', async (_, [way, reason]) => {
  const trial = await startTrial(stage, '<p>Page</p>')
  await trial.page.evaluate(`{ const host = document.querySelector('overt-indicator'); ${way} }`)
  const began = performance.now()
  await expect.poll(() => trial.states.at(-1)?.state, { timeout: 4_000, interval: 20 }).toBe('stopped')
  // The same way back to this process that every state takes is a few milliseconds; a machine that is busy is given a quarter of a second.
  expect(performance.now() - began).toBeLessThan(2_250)
  expect(trial.states.at(-1)).toMatchObject({ state: 'stopped', reason })
  await trial.page.close()
})

test('an indicator that is covered once comes to the top again, and recording goes on', async () => {
  for (const once of [cover, `${cover}; over.popover = 'manual'; over.showPopover()`]) {
    const trial = await startTrial(stage, '<p>Page</p>')
    await trial.page.evaluate(`{ ${once} }`)
    await trial.page.waitForTimeout(2_100)
    expect(trial.states.at(-1)?.state).toBe('recording')
    const seen = `{ const box = document.querySelector('overt-indicator').getBoundingClientRect(); document.elementFromPoint(box.x + 40, box.y + 10).localName }`
    expect(await trial.page.evaluate(seen)).toBe('overt-indicator')
    await trial.page.close()
  }
})

test('a modal dialog over the whole page does not hide the indicator: it is painted above it', async () => {
  const trial = await startTrial(stage, '<p>Page</p>')
  await trial.page.evaluate(() => {
    const over = document.createElement('dialog')
    over.style.cssText =
      'inset:0;max-width:none;max-height:none;width:100vw;height:100vh;margin:0;border:0;padding:0;background:rgb(0,0,255)'
    document.body.append(over)
    over.showModal()
  })
  await expect.poll(() => pixelOf(trial), { timeout: 2_000 }).toEqual([17, 17, 17, 255])
  expect(trial.states.at(-1)?.state).toBe('recording')
  await trial.page.close()
})

/** The pixel in the middle of the indicator's left end, red to opacity, read by the browser itself from what it painted. */
async function pixelOf(trial: Trial): Promise<readonly number[]> {
  const box = await trial.page.locator('overt-indicator').boundingBox()
  const shot = await trial.page.screenshot({ clip: { x: (box?.x ?? 0) + 30, y: (box?.y ?? 0) + 3, width: 1, height: 1 } })
  return trial.page.evaluate(async (bytes) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${bytes}`)).blob())
    const canvas = new OffscreenCanvas(1, 1).getContext('2d')
    canvas?.drawImage(picture, 0, 0)
    return [...(canvas?.getImageData(0, 0, 1, 1).data ?? [])]
  }, shot.toString('base64'))
}
