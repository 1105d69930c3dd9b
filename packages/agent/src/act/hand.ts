import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

import { pressOf } from './chord.ts'
import type { Grip, Probe } from './grip.ts'

/** What became of an act. A refusal is expected: pages change under the hand. */
export type Acted =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'gone' | 'no-such-option' | 'no-such-key' | 'not-typed' | 'not-chosen' }

const done: Acted = { ok: true }
const gone: Acted = { ok: false, reason: 'gone' }
const selectAll = process.platform === 'darwin' ? 'Meta+A' : 'Control+A'

function centre(probe: Probe): readonly [number, number] {
  return [probe.x + probe.width / 2, probe.y + probe.height / 2]
}

/** Clicks the middle of the element. */
export async function click(
  grip: Grip,
  options: { readonly count?: number; readonly button?: 'left' | 'right' | 'middle'; readonly modifiers?: readonly string[] } = {},
): Promise<Acted> {
  const probe = await grip.probe()
  if (probe === null) return gone
  const { page } = grip
  const held = options.modifiers ?? []
  for (const key of held) await page.keyboard.down(key)
  await page.mouse.click(...centre(probe), { clickCount: options.count ?? 1, button: options.button ?? 'left' })
  for (const key of held.toReversed()) await page.keyboard.up(key)
  return done
}

/** Clicks a box or radio where it is not yet as it should be. */
export async function check(grip: Grip, on: boolean): Promise<Acted> {
  const probe = await grip.probe()
  if (probe === null) return gone
  return probe.checked === on ? done : click(grip)
}

/** Moves the pointer over the element. */
export async function hover(grip: Grip): Promise<Acted> {
  const probe = await grip.probe()
  if (probe === null) return gone
  await grip.page.mouse.move(...centre(probe), { steps: 3 })
  return done
}

/** Puts the caret into a field, replaces what stands there and types, key by key. `delayMs` between keys. */
export async function typeText(grip: Grip, text: string, delayMs = 0): Promise<Acted> {
  const { page } = grip
  const probe = await grip.probe()
  if (probe === null) return gone
  if (isClock(probe)) {
    // The first part of a native date or time is the leftmost: a click elsewhere begins in the middle.
    await page.mouse.click(probe.x + 8, probe.y + probe.height / 2)
    await page.keyboard.type(clockKeys(probe.inputType, text), { delay: delayMs })
    return done
  }
  if (!probe.focused) await page.mouse.click(...centre(probe))
  await page.keyboard.press(selectAll)
  if (text === '') await page.keyboard.press('Delete')
  else await page.keyboard.type(text, { delay: delayMs })
  return done
}

function isClock(probe: Probe): boolean {
  return ['date', 'time', 'month'].includes(probe.inputType)
}

/** The keys that fill a native date or time field in an English (US) browser: month before day, hours of twelve. */
function clockKeys(inputType: string, text: string): string {
  const date = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text)
  if (date !== null) return inputType === 'month' ? `${date[2]}${date[1]}` : `${date[2]}${date[3] ?? ''}${date[1]}`
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  if (slashed !== null) return `${slashed[1]?.padStart(2, '0')}${slashed[2]?.padStart(2, '0')}${slashed[3]}`
  const time = /^(\d{1,2}):(\d{2})\s*([ap])?/i.exec(text)
  if (time === null) return text
  const hour = Number(time[1])
  const half = (time[3] ?? (hour >= 12 ? 'p' : 'a')).toLowerCase()
  return `${String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, '0')}${time[2]}${half}m`
}

/** Presses a chord such as `Control+Shift+K` where the focus is. */
export async function pressKey(page: Page, chord: string): Promise<Acted> {
  const press = pressOf(chord)
  if (press === null) return { ok: false, reason: 'no-such-key' }
  try {
    await page.keyboard.press(press)
    return done
  } catch (error) {
    if (error instanceof Error && error.message.includes('Unknown key')) return { ok: false, reason: 'no-such-key' }
    throw error
  }
}

/** Turns the wheel over the element, or over the middle of the window. */
export async function scroll(page: Page, grip: Grip | null, direction: string, amountCssPx = 240): Promise<Acted> {
  const probe = await grip?.probe()
  if (probe === null) return gone
  const size = page.viewportSize() ?? { width: 1000, height: 700 }
  await page.mouse.move(...(probe === undefined ? ([size.width / 2, size.height / 2] as const) : centre(probe)))
  const [x, y] = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] }[direction] ?? [0, 1]
  await page.mouse.wheel((x ?? 0) * amountCssPx, (y ?? 0) * amountCssPx)
  await sleep(30)
  return done
}

/** Drags the middle of one element onto the middle of another. */
export async function drag(from: Grip, to: Grip): Promise<Acted> {
  const { page } = from
  const start = await from.probe()
  const end = await to.probe()
  if (start === null || end === null) return gone
  await page.mouse.move(...centre(start))
  await page.mouse.down()
  await page.mouse.move(...centre(end), { steps: 8 })
  await page.mouse.up()
  return done
}
