import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Stage, openStage } from '../../chromium.ts'
import { overtBundle, papersFor, recordPage, type Trial, startTrial } from '../../trial.ts'

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
  'masked by the border of a box': [set('-webkit-mask-box-image', 'linear-gradient(transparent,transparent)'), 'indicator.hidden'],
  'replaced by a picture': [
    set('content', `url("data:image/svg+xml,<svg xmlns=%27http://www.w3.org/2000/svg%27 width=%27100%27 height=%2730%27/>")`),
    'indicator.hidden',
  ],
  'cut off below its padding': [
    `${set('overflow', 'hidden')};${set('width', '80px')};${set('height', '0')};${set('padding-top', '40px')}`,
    'indicator.small',
  ],
  'covered again and again by what takes no pointer': [
    `${cover}; over.style.pointerEvents='none'; over.popover='manual'; over.showPopover(); setInterval(() => { over.hidePopover(); over.showPopover() }, 20)`,
    'indicator.covered',
  ],
  'looked at in a way that fails': ['host.checkVisibility = null; Element.prototype.checkVisibility = null', 'indicator.failed'],
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

const opaque = `const sheet = new CSSStyleSheet(); sheet.replaceSync('dialog::backdrop{background:#fff}'); document.adoptedStyleSheets = [sheet];`
const overlays: Readonly<Record<string, string>> = {
  'a small modal dialog with an opaque backdrop': `${opaque} const over = document.createElement('dialog'); over.textContent = 'Sure?'; document.body.append(over); over.showModal()`,
  'a popover over all of it that takes no pointer': `${cover}; over.style.pointerEvents = 'none'; over.popover = 'manual'; over.showPopover()`,
}

test.each(Object.entries(overlays))('%s does not hide the indicator: it is painted above it', async (_, way) => {
  const trial = await startTrial(stage, '<p>Page</p>')
  await trial.page.evaluate(`{ ${way} }`)
  await expect.poll(() => pixelOf(trial), { timeout: 2_000 }).toEqual([17, 17, 17, 255])
  await trial.page.waitForTimeout(2_100)
  expect(trial.states.at(-1)?.state).toBe('recording')
  await trial.page.close()
})

const frame = (origin: string): string =>
  `<iframe src="${origin}/framed" style="position:absolute;left:50px;top:50px;width:600px;height:400px"></iframe><div style="height:3000px"></div>`
const over = (style: string): string =>
  `const over = document.createElement('div'); over.style.cssText = 'position:absolute;left:0;top:0;width:800px;height:700px;background:#fff;${style}'; document.body.append(over)`

/** Records in a frame, while something is done to the page around it that nobody records. */
async function recordFramed(way: string, elsewhere = false): Promise<Trial> {
  stage.serve('/framed', '<!doctype html><p>Framed</p>')
  const origin = elsewhere ? stage.origin.replace('127.0.0.1', 'localhost') : stage.origin
  const page = await stage.open(frame(origin), [overtBundle])
  await page.frameLocator('iframe').locator('p').waitFor()
  const trial = await recordPage(page, await papersFor(origin), {}, page.frames()[1])
  await page.evaluate(`{ ${way} }`)
  return trial
}

test.each([
  ['covered', over('')],
  ['covered by what takes no pointer', over('pointer-events:none')],
  ['made transparent', `document.querySelector('iframe').style.opacity = '0.05'`],
])('a sign in a frame that the page around it, of the same origin, has %s stops the recorder of the frame', async (_, way) => {
  const trial = await recordFramed(way)
  await expect.poll(() => trial.states.at(-1)).toMatchObject({ state: 'stopped', reason: 'indicator.covered' })
  await trial.page.close()
})

test.each([
  ['wholly scrolled away', 'scrollTo(0, 1500)', false],
  ['scrolled away but for its end', 'scrollTo(0, 300)', false],
  ['scrolled away but for a part of its sign', 'scrollTo(0, 425)', false],
  ['scrolled away below, but for its beginning', `document.querySelector('iframe').style.top = '500px'`, false],
  ['beside what lies over another part of it', over('height:200px'), false],
  ['of another origin, and wholly scrolled away', 'scrollTo(0, 1500)', true],
  ['of another origin, and partly scrolled away', 'scrollTo(0, 300)', true],
  ['of another origin, and under something in another part', over('height:200px'), true],
] as const)('a frame that is %s is recorded on', async (_, way, elsewhere) => {
  const trial = await recordFramed(way, elsewhere)
  await trial.page.waitForTimeout(2_500)
  expect(trial.states.at(-1)?.state).toBe('recording')
  await trial.page.close()
})

const ordinary: Readonly<Record<string, string>> = {
  'turned round in its colours': `document.documentElement.style.filter = 'invert(1)'`,
  faded: `document.documentElement.style.opacity = '0.5'`,
  moved: `document.body.style.transform = 'translateX(20px) rotate(2deg)'; document.documentElement.style.transform = 'scale(0.9)'`,
  enlarged: `document.documentElement.style.zoom = '1.5'`,
  'in fullscreen': `const over = document.createElement('div'); over.style.background = '#fff'; document.body.append(over); addEventListener('click', () => over.requestFullscreen(), { once: true })`,
  'always at work behind it': `setInterval(() => { document.body.textContent = String(Math.random()); scrollBy(0, 1) }, 20); document.body.style.height = '9000px'`,
}

test.each(Object.entries(ordinary))('a page that is %s is recorded like any other', async (_, way) => {
  const trial = await startTrial(stage, '<p>Page</p>')
  await trial.page.evaluate(`{ ${way} }`)
  await trial.page.mouse.click(20, 20)
  await trial.page.waitForTimeout(2_500)
  expect(trial.states.at(-1)?.state).toBe('recording')
  await trial.page.close()
})

test("while a modal dialog is open, the indicator's Pause and Resume still do what they say, and are no press of the dialog", async () => {
  const trial = await startTrial(stage, `<dialog id=d>Sure?</dialog><button onclick="d.showModal()">Open</button>`)
  await trial.page.click('button')
  // What waits to be sent stands in the sign, too.
  await trial.events()
  // From its right end: Stop, and left of that Pause or Resume. Measured each time: its words change, and move them.
  const press = async (fromRightCssPx: number): Promise<void> => {
    await trial.page.waitForTimeout(100)
    const box = await trial.page.locator('overt-indicator').boundingBox()
    await trial.page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - fromRightCssPx, (box?.y ?? 0) + (box?.height ?? 0) / 2)
  }
  await press(95)
  await expect.poll(() => trial.states.at(-1)?.state).toBe('paused')
  await press(95)
  await expect.poll(() => trial.states.at(-1)?.state).toBe('recording')
  const presses = (await trial.events()).map((event) => [event.kind, trial.rowOf(event)?.name])
  expect(presses).toEqual([['click', 'Open']])
  await press(35)
  await expect.poll(() => trial.states.at(-1)).toMatchObject({ state: 'stopped', reason: 'person' })
  await trial.page.close()
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
