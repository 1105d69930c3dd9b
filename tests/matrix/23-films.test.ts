import { decodeColumns } from '@overt/schema/words'
import type { CDPSession, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../../apps/extension/src/talk/message.ts'
import { faultsOf, openOutfit, type Outfit } from '../extension.fixture.ts'

let outfit: Outfit

beforeEach(async () => {
  // Forty seconds of silence, 8 kHz, 8 bits.
  outfit =
    await openOutfit(`<title>Course</title><button>Next</button><p></p><video id=film controls aria-label="How to refund" width=480 height=240></video>
  <video id=bare aria-label="Bare" width=200 height=100></video><script>{
    const length = 8000 * 40
    const wave = new DataView(new ArrayBuffer(44 + length))
    const word = (at, text) => [...text].forEach((letter, index) => wave.setUint8(at + index, letter.charCodeAt(0)))
    word(0, 'RIFF'); word(8, 'WAVEfmt '); word(36, 'data')
    for (const [at, size] of [[4, 36 + length], [16, 16], [24, 8000], [28, 8000], [40, length]]) wave.setUint32(at, size, true)
    for (const [at, size] of [[20, 1], [22, 1], [32, 1], [34, 8]]) wave.setUint16(at, size, true)
    for (let at = 44; at < wave.byteLength; at += 1) wave.setUint8(at, 128)
    for (const film of document.querySelectorAll('video')) film.src = URL.createObjectURL(new Blob([wave.buffer], { type: 'audio/wav' }))
    const [film, bare] = document.querySelectorAll('video')
    bare.addEventListener('click', () => bare.play())
  }</script>`)
  await outfit.agree()
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })

interface Shown {
  readonly nodeId: number
  readonly attributes?: readonly string[]
  readonly children?: readonly Shown[]
  readonly shadowRoots?: readonly Shown[]
}

/** The middle of one of the browser's own buttons, which no script of a page sees. */
async function middleOf(session: CDPSession, button: string): Promise<readonly [number, number]> {
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
  const all = (node: Shown): readonly Shown[] => [node, ...[...(node.children ?? []), ...(node.shadowRoots ?? [])].flatMap(all)]
  const found = all(root).find(({ attributes = [] }) => attributes.includes(`-webkit-media-controls-${button}`))
  const { model } = await session.send('DOM.getBoxModel', { nodeId: found?.nodeId ?? 0 })
  const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border
  return [(left + right) / 2, (top + bottom) / 2]
}

/** What was done, as it was told; stops the server. */
async function toldOf(): Promise<readonly string[]> {
  await expect.poll(async () => (await standing()).queued, { timeout: 40_000 }).toBe(0)
  const batches = (await outfit.stored()).toSorted((left, right) => left.firstSeq - right.firstSeq)
  expect(faultsOf(batches)).toEqual([])
  return batches.flatMap((batch) => {
    const { events, observations } = decodeColumns(batch)
    return events.flatMap((event) => {
      const row = observations.find(({ id }) => id === event.observation)?.nodes.find(({ id }) => id === event.node)
      if (event.kind === 'click') return [`click ${row?.name}`]
      return event.kind === 'value' ? [`${row?.name}: ${event.before} > ${event.after}, ${event.cause}`] : []
    })
  })
}

const settled = (page: Page): Promise<void> => page.waitForTimeout(700)

test("a press on one of the browser's own buttons of a film is told by what became of the film; what a script does to it, and a film without them, is not", async () => {
  const page = await outfit.open()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  const session = await page.context().newCDPSession(page)
  const press = async (button: string): Promise<void> => {
    await page.mouse.click(...(await middleOf(session, button)))
    await settled(page)
  }
  await press('play-button')
  await press('play-button')
  await press('timeline')
  await press('mute-button')
  // The focus is on that button; the pointer elsewhere.
  await page.mouse.move(700, 600)
  await page.keyboard.press('Enter')
  await settled(page)
  // By the page itself, when what the person did has worn off (a driver's own call counts as theirs).
  await page.evaluate(() => void setTimeout(() => void document.querySelector('video')?.play(), 7_000))
  await page.waitForFunction(() => document.querySelector('video')?.paused === false)
  await settled(page)
  await page.click('#bare')
  await settled(page)
  await page.click('text=Next')
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toContain('click Next')
  expect(await toldOf()).toEqual([
    'How to refund: paused > playing, pointer',
    'How to refund: playing > paused, pointer',
    expect.stringMatching(/^How to refund: at \d s > at (?:19|20|21) s, pointer$/),
    'How to refund: volume 100% > muted, pointer',
    'How to refund: muted > volume 100%, keyboard',
    'click Bare',
    'click Next',
  ])
})

test('a film in a document that its page writes anew is told of like any other', async () => {
  const page = await outfit.open()
  const indicator = page.locator('overt-indicator')
  await indicator.waitFor({ state: 'attached' })
  await page.evaluate(async () => {
    const html = await (await fetch(location.href)).text()
    document.open()
    document.write(html)
    document.close()
  })
  await indicator.waitFor({ state: 'attached' })
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 0)
  await page.mouse.click(...(await middleOf(await page.context().newCDPSession(page), 'play-button')))
  await settled(page)
  await page.click('text=Next')
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 40_000 }).toContain('click Next')
  expect(await toldOf()).toEqual(['How to refund: paused > playing, pointer', 'click Next'])
})
