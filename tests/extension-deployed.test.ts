import { generateKeyPair, keyIdOf, signManifest } from '@overt/privacy'
import type { Manifest } from '@overt/schema'
import { decodeColumns } from '@overt/schema/words'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Standing } from '../apps/extension/src/talk/message.ts'
import { answerCard, faultsOf, openOutfit, type Outfit } from './extension.fixture.ts'

let outfit: Outfit

beforeEach(async () => {
  outfit = await openOutfit('<title>Orders</title><button>Refund</button>', { byPolicy: true })
})
afterEach(() => outfit.close())

const standing = (): Promise<Standing> => outfit.ask({ kind: 'standing', tab: -1, origin: outfit.site })
const indicator = 'overt-indicator'
const card = 'overt-consent'

/** Runs in a page of the extension, which has more to say than a page of the web. */
async function inExtension<T>(run: () => T | Promise<T>): Promise<T> {
  return (await outfit.own()).evaluate(run)
}

async function consentPage(): Promise<Page> {
  const page = await outfit.context.newPage()
  await page.goto(`chrome-extension://${outfit.id}/options.html`)
  return page
}

/** Opens the link that the server printed: this browser is signed in then. */
async function signIn(): Promise<void> {
  const page = await outfit.context.newPage()
  const [link] = /http\S+token=\S+/.exec(outfit.said.join('')) ?? []
  await page.goto(link ?? '')
  await page.waitForURL('**/mine')
  await page.close()
}

test('an organisation puts the signed package into its browsers, which records nobody; who agrees is recorded, under a key of this device, by the server that the policy names', async () => {
  const installType = await inExtension(async () => {
    const { chrome } = globalThis as unknown as { chrome: { management: { getSelf(): Promise<{ installType: string }> } } }
    return (await chrome.management.getSelf()).installType
  })
  expect(installType).toBe('admin')
  // Whose work the package is made of goes with it, as their terms ask.
  expect(await inExtension(async () => (await fetch('/NOTICE')).text())).toContain('Nara Institute of Science')
  const before = await outfit.open()
  await before.click('text=Refund')
  await before.waitForTimeout(4_000)
  expect(await before.locator(indicator).count()).toBe(0)
  // The browser takes its time with a policy; until it is there, that is the reason.
  await expect.poll(standing, { timeout: 20_000 }).toMatchObject({ state: 'off', reason: 'consent', queued: 0, counts: {} })
  await expect.poll(badge, { timeout: 20_000 }).toBe('?')

  const asked = await consentPage()
  await answerCard(asked, 'start')
  await expect.poll(() => asked.textContent('#answer'), { timeout: 20_000 }).toContain('has to know who you are')
  expect(await asked.getAttribute('#sign-in', 'href')).toBe(`${outfit.url}/mine`)
  expect(await standing()).toMatchObject({ state: 'off', reason: 'consent' })
  await signIn()
  await asked.click('#ask')
  await answerCard(asked, 'start')
  await expect.poll(() => asked.textContent('#answer'), { timeout: 20_000 }).toContain('Recording is on')
  await expect.poll(badge, { timeout: 20_000 }).toBe('')
  expect(await inExtension(keptKeys)).toEqual({ '"device"': false })

  const page = await outfit.open()
  await page.locator(indicator).waitFor({ state: 'attached' })
  await page.click('text=Refund')
  await expect.poll(async () => (await standing()).recent.join(), { timeout: 20_000 }).toContain('click Refund')
  await expect.poll(async () => (await standing()).queued, { timeout: 20_000 }).toBe(0)
  const [receipt] = await outfit.receiptsOf('me')
  expect(receipt).toMatchObject({ person: 'me', status: 'given', assurance: 'device', modalities: ['actions', 'text', 'structure'] })
  const batches = await outfit.stored()
  expect(batches.flatMap((batch) => decodeColumns(batch).events).filter(({ kind }) => kind === 'click')).toHaveLength(1)
  expect(new Set(batches.map((batch) => batch.receipt))).toEqual(new Set([receipt?.id]))
  expect(faultsOf(batches)).toEqual([])
})

test('who says no is recorded by nobody and not asked again, but at their own wish; it takes as many presses as a yes', async () => {
  await signIn()
  const first = await consentPage()
  // One press of each: Start is the first button, and "Not now" the second.
  await answerCard(first, 'not-now')
  await expect.poll(() => first.textContent('#answer'), { timeout: 20_000 }).toContain('nothing is recorded')
  await expect.poll(badge, { timeout: 20_000 }).toBe('')
  const again = await consentPage()
  await expect.poll(() => again.textContent('#answer'), { timeout: 20_000 }).toContain('You said no')
  expect(await again.locator(card).count()).toBe(0)
  const page = await outfit.open()
  await page.click('text=Refund')
  await page.waitForTimeout(2_000)
  expect(await page.locator(indicator).count()).toBe(0)
  expect(await inExtension(keptKeys)).toEqual({})
  expect(await outfit.receiptsOf('me')).toEqual([])
  await again.bringToFront()
  await again.click('#ask')
  await again.locator(card).waitFor({ state: 'attached' })

  const storeRefusal = (daysAgo: number): Promise<void> =>
    again.evaluate(
      async (at) => {
        const { chrome } = globalThis as unknown as { chrome: { storage: { local: { set(kept: object): Promise<void> } } } }
        await chrome.storage.local.set({ refusedAtEpochMs: at })
      },
      Date.now() - daysAgo * 86_400_000,
    )
  await storeRefusal(89)
  await again.reload()
  await expect.poll(() => again.textContent('#answer'), { timeout: 20_000 }).toContain('You said no')
  expect([await again.locator(card).count(), await badge()]).toEqual([0, ''])
  await storeRefusal(91)
  await expect.poll(badge, { timeout: 20_000 }).toBe('?')
  await again.reload()
  await again.locator(card).waitFor({ state: 'attached' })
})

test('a manifest that nobody signed, or someone whose key the policy does not name, is not even shown', async () => {
  const answer: { readonly manifest: Manifest } = await (await fetch(`${outfit.url}/v1/consent`)).json()
  const bare = { ...answer.manifest, signatures: [] }
  const { privateKey, publicKey } = await generateKeyPair()
  const keyId = await keyIdOf(publicKey)
  const foreign = await signManifest(bare, { keyId, by: 'operator', privateKey })
  const offers = { 'carries no signature': bare, 'key that is not trusted': foreign, 'was changed': { ...answer.manifest, noticeDays: 1 } }
  const page = await outfit.context.newPage()
  for (const [words, manifest] of Object.entries(offers)) {
    // Whoever can put another manifest there can put its keys beside it.
    const body = JSON.stringify({ manifest, keys: [{ keyId, by: 'operator', publicKey }] })
    await page.route('**/v1/consent', (route) =>
      route.fulfill({ body, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' } }),
    )
    await page.goto(`chrome-extension://${outfit.id}/options.html`)
    await expect.poll(() => page.textContent('#answer'), { timeout: 20_000 }).toContain(words)
    expect(await page.locator(card).count()).toBe(0)
    await page.unroute('**/v1/consent')
  }
  await page.reload()
  await page.locator(card).waitFor({ state: 'attached' })
})

function badge(): Promise<string> {
  return inExtension(() => {
    const { chrome } = globalThis as unknown as { chrome: { action: { getBadgeText(of: object): Promise<string> } } }
    return chrome.action.getBadgeText({})
  })
}

/** The names of the keys in the vault, and whether each could be taken out. Runs in the extension's page. */
async function keptKeys(): Promise<Readonly<Record<string, boolean>>> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done) => request.addEventListener('success', () => done(request.result)))
  const vault = await answer(indexedDB.open('overt'))
  const keys = vault.transaction('keys').objectStore('keys')
  const [names, found] = await Promise.all([answer<IDBValidKey[]>(keys.getAllKeys()), answer<CryptoKey[]>(keys.getAll())])
  vault.close()
  return Object.fromEntries(found.map(({ extractable }, index) => [JSON.stringify(names[index]), extractable]))
}
