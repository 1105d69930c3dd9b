import type { Page } from 'playwright-core'

import type { Grip, SelectState } from './grip.ts'
import type { Acted } from './hand.ts'

const notThere: Acted = { ok: false, reason: 'no-such-option' }

/** Chooses options of a native select by their labels, as a person would: a popup by its first letters and Enter, a list by clicking its lines. */
export async function chooseOptions(grip: Grip, labels: readonly string[]): Promise<Acted> {
  const probe = await grip.probe()
  if (probe === null) return { ok: false, reason: 'gone' }
  if (probe.select === null) return notThere
  const places = labels.map((label) => placeOf(probe.select, label))
  if (places.some((place) => place === -1) || (places.length !== 1 && !probe.select.multiple)) return notThere
  if (probe.select.list) return chooseLines(grip, places)
  const [place = -1] = places
  if (probe.select.chosen[0] === place) return { ok: true }
  await grip.page.mouse.click(probe.x + probe.width / 2, probe.y + probe.height / 2)
  await grip.page.keyboard.type(probe.select.labels[place] ?? '')
  await grip.page.keyboard.press('Enter')
  return (await chosen(grip, place)) ? { ok: true } : byArrows(grip, place)
}

function placeOf(select: SelectState | null, label: string): number {
  const wanted = label.replace(/\s+/g, ' ').trim()
  const exact = select?.labels.indexOf(wanted) ?? -1
  return exact !== -1 ? exact : (select?.labels.findIndex((one) => one.toLowerCase() === wanted.toLowerCase()) ?? -1)
}

async function chosen(grip: Grip, place: number): Promise<boolean> {
  const chosenNow = (await grip.probe())?.select?.chosen
  // A select that is gone did its work: the page went on.
  return chosenNow === undefined || (chosenNow.length === 1 && chosenNow[0] === place)
}

/** Where two labels begin alike the first letters may stop at the wrong one: count lines instead. */
async function byArrows(grip: Grip, place: number): Promise<Acted> {
  const state = (await grip.probe())?.select
  const steps = place - (state?.chosen[0] ?? 0)
  for (let step = 0; step < Math.abs(steps); step += 1) await grip.page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp')
  return (await chosen(grip, place)) ? { ok: true } : { ok: false, reason: 'not-chosen' }
}

/** The first line alone, every further one with Control held. */
async function chooseLines(grip: Grip, places: readonly number[]): Promise<Acted> {
  for (const [turn, place] of places.entries()) {
    const point = await lineInView(grip, place)
    if (point === null) return { ok: false, reason: 'gone' }
    await clickLine(grip.page, point, turn > 0)
  }
  return { ok: true }
}

/** Turns the wheel over a list until the line stands inside it. */
async function lineInView(grip: Grip, place: number): Promise<readonly [number, number] | null> {
  for (let turn = 0; turn < 12; turn += 1) {
    const probe = await grip.probe()
    const point = probe?.select?.centres[place]
    if (probe === null || point === undefined) return null
    if (point[1] > probe.y && point[1] < probe.y + probe.height) return point
    await grip.page.mouse.move(probe.x + probe.width / 2, probe.y + probe.height / 2)
    await grip.page.mouse.wheel(0, point[1] - probe.y - probe.height / 2)
    await grip.page.waitForTimeout(40)
  }
  return null
}

async function clickLine(page: Page, point: readonly [number, number], add: boolean): Promise<void> {
  const key = process.platform === 'darwin' ? 'Meta' : 'Control'
  if (add) await page.keyboard.down(key)
  await page.mouse.click(...point)
  if (add) await page.keyboard.up(key)
}
