import { decodeColumns } from '@overt/schema/words'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { openOutfit, type Outfit } from './extension.fixture.ts'

/** A call with itself: what arrives is a stream from elsewhere as far as a browser can tell. */
const script = `<script>
  async function preview() {
    document.querySelector('#own').srcObject = await navigator.mediaDevices.getUserMedia({ video: true })
  }
  async function call() {
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()]
    here.onicecandidate = ({ candidate }) => candidate && there.addIceCandidate(candidate)
    there.onicecandidate = ({ candidate }) => candidate && here.addIceCandidate(candidate)
    const own = document.querySelector('#own').srcObject
    for (const track of own.getTracks()) here.addTrack(track, own)
    const arrived = new Promise((done) => (there.ontrack = ({ streams }) => done(streams[0])))
    await here.setLocalDescription(await here.createOffer())
    await there.setRemoteDescription(here.localDescription)
    await there.setLocalDescription(await there.createAnswer())
    await here.setRemoteDescription(there.localDescription)
    document.querySelector('#other').srcObject = await arrived
  }
  function hangUp() {
    document.querySelector('#other').srcObject = null
  }
</script>`
let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit(`<title>Call</title><button>Refund</button><button>Ship</button><button>Approve</button>
    <video id=own muted autoplay width=90></video><video id=other muted autoplay width=90></video>${script}`)
})
afterEach(() => outfit.close())

const standing = (tab: number): Promise<Standing> => outfit.ask({ kind: 'standing', tab, origin: outfit.site })

/** The browser's number of the site's tab, and what its toolbar says. */
async function toolbar(): Promise<{ readonly tab: number; readonly text: string; readonly title: string }> {
  return (await outfit.worker()).evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { query(of: object): Promise<readonly { id: number; url?: string }[]> }
        action: { getBadgeText(of: object): Promise<string>; getTitle(of: object): Promise<string> }
      }
    }
    const tab = (await chrome.tabs.query({})).find(({ url }) => url?.startsWith(origin))?.id ?? -1
    return { tab, text: await chrome.action.getBadgeText({ tabId: tab }), title: await chrome.action.getTitle({ tabId: tab }) }
  }, outfit.site)
}

const run = (page: Page, name: string): Promise<void> => page.evaluate(`${name}()`)

test('a call stops the recording for as long as it lasts, and the toolbar and the popup say why; a preview of the person’s own camera does not', async () => {
  await outfit.context.grantPermissions(['camera'], { origin: outfit.site })
  await outfit.agree()
  const page = await outfit.open()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await run(page, 'preview')
  // Three looks long.
  await page.waitForTimeout(3_500)
  await page.click('text=Refund')
  const { tab, text } = await toolbar()
  expect(text).toBe('REC')
  await run(page, 'call')
  await expect.poll(async () => (await toolbar()).title, { timeout: 20_000 }).toBe('Overt: paused (call)')
  expect((await toolbar()).text).toBe('II')
  expect(await standing(tab)).toMatchObject({ state: 'paused', reason: 'call', pausedUntilEpochMs: null })
  const popup = await outfit.context.newPage()
  await popup.goto(`chrome-extension://${outfit.id}/popup.html?tab=${tab}`)
  await expect.poll(() => popup.textContent('#why')).toContain('plays what others say or show')
  expect(await popup.isVisible('#resume')).toBe(false)
  await page.bringToFront()
  await page.click('text=Ship')
  await run(page, 'hangUp')
  await expect.poll(async () => (await toolbar()).text, { timeout: 20_000 }).toBe('REC')
  expect(await standing(tab)).toMatchObject({ state: 'on', reason: '' })
  await page.click('text=Approve')
  await expect.poll(async () => (await standing(tab)).recent.join(), { timeout: 20_000 }).toContain('click Approve')
  const batches = await outfit.stored()
  const names = batches.flatMap((batch) => {
    const { events, observations } = decodeColumns(batch)
    return events.flatMap((event) =>
      event.kind === 'click'
        ? [observations.find(({ id }) => id === event.observation)?.nodes.find(({ id }) => id === event.node)?.name]
        : [],
    )
  })
  expect(names).toEqual(['Refund', 'Approve'])
})

test('while the browser saves data nothing is recorded, and when the day’s room is used up nothing more is kept until another day', async () => {
  await outfit.agree()
  const page = await outfit.open()
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  const session = await outfit.context.newCDPSession(page)
  await session.send('Emulation.setDataSaverOverride', { dataSaverEnabled: true })
  await expect.poll(async () => (await toolbar()).title, { timeout: 20_000 }).toBe('Overt: paused (save-data)')
  const { tab } = await toolbar()
  expect(await standing(tab)).toMatchObject({ state: 'paused', reason: 'save-data' })
  await page.bringToFront()
  await page.click('text=Refund')
  await session.send('Emulation.setDataSaverOverride', { dataSaverEnabled: false })
  await expect.poll(async () => (await toolbar()).text, { timeout: 20_000 }).toBe('REC')

  // What a person opens while they pause is not even looked at.
  const before = (await standing(tab)).counts['kept']
  await outfit.ask({ kind: 'pause', minutes: null })
  await expect.poll(async () => (await toolbar()).title, { timeout: 20_000 }).toBe('Overt: paused (person)')
  await page.reload()
  await page.waitForTimeout(3_000)
  expect(await page.locator('overt-indicator').count()).toBe(0)
  expect((await toolbar()).title).toBe('Overt: paused (person)')
  // One for the pause itself.
  expect((await standing(tab)).counts['kept']).toBeLessThanOrEqual((before ?? 0) + 1)
  await outfit.ask({ kind: 'resume', tab })
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await expect.poll(async () => (await toolbar()).text, { timeout: 20_000 }).toBe('REC')

  await (await outfit.own()).evaluate(useUpTheDay, 50_000_000)
  await page.bringToFront()
  await page.click('text=Ship')
  await expect.poll(async () => (await toolbar()).title, { timeout: 20_000 }).toBe('Overt: paused (day.full)')
  expect(await standing(tab)).toMatchObject({ state: 'paused', reason: 'day.full', counts: { 'dropped.day.full': 1 } })
  expect(await page.locator('overt-indicator').count()).toBe(0)
  // As at midnight.
  await (await outfit.own()).evaluate(useUpTheDay, 0)
  await (
    await outfit.worker()
  ).evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { storage: { session: { set(kept: object): Promise<void> } } } }
    return chrome.storage.session.set({ fullDay: '2026-01-01' })
  })
  await outfit.ask({ kind: 'site', origin: outfit.site, on: true })
  await page.locator('overt-indicator').waitFor({ state: 'attached' })
  await page.bringToFront()
  await page.click('text=Approve')
  await expect.poll(async () => (await standing(tab)).recent.join(), { timeout: 20_000 }).toContain('click Approve')
  expect((await standing(tab)).recent.join()).not.toMatch(/Refund|Ship/)
})

/** Says of today that so many bytes were kept. Runs in the extension's page. */
async function useUpTheDay(bytes: number): Promise<void> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done) => request.addEventListener('success', () => done(request.result)))
  const vault = await answer(indexedDB.open('overt'))
  await answer(
    vault
      .transaction('counts', 'readwrite')
      .objectStore('counts')
      .put(bytes, `bytes.${new Date().toISOString().slice(0, 10)}`),
  )
  vault.close()
}
