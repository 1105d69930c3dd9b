import type { Batch } from '@overt/schema'
import type { CDPSession, Page } from 'playwright-core'

import type { Stage } from '../../packages/capture/chromium.ts'
import { overtBundle, papersFor, recordPage, type Trial } from '../../packages/capture/trial.ts'
import { type Clocked, placeClock } from './clock.ts'
import type { Ask, Stroke } from './hands.ts'

/** A form of a back office. Every letter and every press of it is driven as the browser's own input. */
const html = `<title>Orders</title><style>label,button{display:block;margin:8px;width:220px} input{width:200px}</style>
  <form onsubmit="return false"><label>Customer <input id=customer></label><label>Note <input id=note></label>
  <label><input id=urgent type=checkbox> Urgent</label><button id=save type=button>Save order</button><button id=next type=button>Next order</button></form><p id=log></p>
  <script>save.onclick = () => { log.textContent = 'Saved' }</script>`

const words =
  'the order has been sent to north harbour and will arrive on friday please call before noon leave it with the porter blue paint for garden fence nine boxes of long screws water pump spare parts return broken lamp under warranty quick reply wanted extra van zinc jug'.split(
    ' ',
  )

/** What everybody is asked to do in a session: a form, filled in and saved. */
export function asksOf(task: number): readonly Ask[] {
  const text = (field: number): string =>
    Array.from({ length: 5 + field }, (_, at) => words[(task * 17 + field * 7 + at * 5) % words.length]).join(' ')
  return [
    { press: 'customer', type: text(0) },
    { press: 'note', type: text(1) },
    { press: 'urgent', type: '' },
    { press: 'save', type: '' },
    { press: 'next', type: '' },
  ]
}

/** Where people work: a real browser and the real recorder, in a time of its own. */
export interface Desk {
  /** Does the strokes as one task, and gives what the recorder sent of it. */
  work(strokes: readonly Stroke[], task: number): Promise<readonly Batch[]>
  close(): Promise<void>
}

/** Opens a desk. */
export async function openDesk(stage: Stage): Promise<Desk> {
  // Signed before the page's own time begins, which stands still.
  const papers = await papersFor(stage.origin)
  const page = await stage.browser.newPage({ viewport: { width: 1_000, height: 700 } })
  await page.addInitScript(placeClock)
  await page.addInitScript({ path: overtBundle })
  await page.goto(stage.serve('/desk', `<!doctype html><meta charset=utf-8>${html}`))
  const trial = await recordPage(page, papers, { mode: 'ambient' })
  const driver = await page.context().newCDPSession(page)
  const boxes = await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('input,button')].map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect()
        return [one.id, { x, y, width, height }]
      }),
    ),
  )
  let beganMs = 0
  return {
    work: async (strokes, task) => {
      await page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        document.querySelector('form')?.reset()
        document.querySelector('#log')?.replaceChildren()
      })
      const from = trial.batches.length
      await trial.tell('startTask', { goal: 'File the order', template: 'orders/file', seed: `task-${task}` })
      beganMs = await perform(page, driver, strokes, boxes, beganMs)
      await trial.tell('endTask', { outcome: 'success', by: 'person' })
      await trial.tell('flush')
      return sentSince(trial, from)
    },
    close: () => page.close(),
  }
}

type Box = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>

function sentSince({ batches }: Trial, from: number): readonly Batch[] {
  return batches.slice(from)
}

/** Gives the browser all strokes in the order of their moments; it takes them one after the other. Returns when the session was over. */
async function perform(
  page: Page,
  driver: CDPSession,
  strokes: readonly Stroke[],
  boxes: Readonly<Record<string, Box>>,
  beganMs: number,
): Promise<number> {
  const halves = strokes
    .flatMap((stroke) => [
      { stroke, down: true, atMs: beganMs + stroke.downMs },
      { stroke, down: false, atMs: beganMs + stroke.upMs },
    ])
    .toSorted((left, right) => left.atMs - right.atMs)
  const dueMs = halves.map(({ atMs }) => atMs)
  await page.evaluate((due) => {
    const { overtClock } = globalThis as unknown as Clocked // as: put there before the page's own scripts
    overtClock.dueMs.push(...due)
  }, dueMs)
  await Promise.all(halves.flatMap(({ stroke, down, atMs }) => sent(driver, stroke, down, boxes[stroke.on], atMs)))
  const overMs = (halves.at(-1)?.atMs ?? beganMs) + 10_000
  await page.evaluate((atMs) => {
    const { overtClock } = globalThis as unknown as Clocked // as: put there before the page's own scripts
    overtClock.to(atMs)
  }, overMs)
  return overMs
}

function sent(
  driver: CDPSession,
  { on, aim = [0, 0] }: Stroke,
  down: boolean,
  box: Box | undefined,
  atMs: number,
): readonly Promise<unknown>[] {
  const timestamp = atMs / 1_000
  if (box === undefined) return [driver.send('Input.dispatchKeyEvent', { ...keyOf(on), type: down ? 'keyDown' : 'keyUp', timestamp })]
  const at = { x: Math.round(box.x + box.width * (0.5 + aim[0])), y: Math.round(box.y + box.height * (0.5 + aim[1])), timestamp }
  const press = driver.send('Input.dispatchMouseEvent', {
    ...at,
    type: down ? 'mousePressed' : 'mouseReleased',
    button: 'left',
    clickCount: 1,
  })
  return down ? [driver.send('Input.dispatchMouseEvent', { ...at, type: 'mouseMoved' }), press] : [press]
}

/** https://www.w3.org/TR/uievents-code/ and the numbers that Windows has for keys, which Chromium asks for. */
function keyOf(on: string): { key: string; code: string; windowsVirtualKeyCode: number; text?: string } {
  if (on === 'Backspace') return { key: on, code: on, windowsVirtualKeyCode: 8 }
  if (on === '.') return { key: on, code: 'Period', windowsVirtualKeyCode: 190, text: on }
  const upper = on.toUpperCase()
  const code = on === ' ' ? 'Space' : /\d/.test(on) ? `Digit${on}` : `Key${upper}`
  return { key: on, code, windowsVirtualKeyCode: upper.codePointAt(0) ?? 0, text: on }
}
