import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { openIssuer, type Issuer } from './access/provider.fixture.ts'
import { executablePath, flags, webRoot } from './browser.fixture.ts'
import { nowhere, openDevice, openTrial, type Trial } from './fixture.ts'

let browser: Browser
let issuer: Issuer
let trial: Trial
let contexts: BrowserContext[]

beforeAll(async () => {
  browser = await chromium.launch({ ...executablePath, args: flags })
})
afterAll(() => browser.close())

beforeEach(async () => {
  issuer = await openIssuer({ anna: ['overt-admin'], carla: ['overt-council'], bert: ['overt-admin'] })
  // A passkey belongs to a name, and an address is none.
  trial = await openTrial('unused', { webRoot, provider: issuer.options, publicUrl: 'http://localhost:0', log: nowhere() })
  issuer.allow(`${trial.server.url}/sign-in/back`)
  contexts = []
})
afterEach(async () => {
  for (const context of contexts) await context.close()
  await trial.close()
  await issuer.close()
})

/** Somebody at a browser of their own, whose passkeys are in a virtual authenticator. */
interface Somebody {
  readonly page: Page
  readonly cdp: CDPSession
  readonly authenticatorId: string
}

async function signIn(name: string): Promise<Somebody> {
  const context = await browser.newContext()
  contexts.push(context)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${trial.server.url}/mine`)
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()
  await page.waitForURL('**/mine')
  return { page, cdp, authenticatorId }
}

/** A request of the page itself; the status, and the reason where it was refused. */
function post({ page }: Somebody, path: string, body: object = {}): Promise<readonly [number, string]> {
  return page.evaluate(
    async ([to, sent]) => {
      const response = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) })
      const { reason = '' } = await response.json().catch(() => ({}))
      return [response.status, reason] as const
    },
    [path, body] as const,
  )
}

/** Makes a passkey, or touches the one that is there, as the page's own code does. */
function ceremony({ page }: Somebody, which: 'passkeys' | 'step-up'): Promise<number> {
  return page.evaluate(async (kind) => {
    const headers = { 'content-type': 'application/json' }
    const options = await (await fetch(`/v1/${kind}/options`, { method: 'POST', headers, body: '{}' })).json()
    const credential =
      kind === 'passkeys'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
    const body = JSON.stringify((credential as PublicKeyCredential).toJSON()) // as: that is what was asked for
    const sent = await fetch(`/v1/${kind}`, { method: 'POST', headers, body })
    const again = await fetch(`/v1/${kind}`, { method: 'POST', headers, body })
    return sent.status === 204 && again.status !== 204 ? 204 : -sent.status
  }, which)
}

test('a person who signed in through a provider erases a recording with a passkey that is made on the way, and next time touches it', async () => {
  const device = await openDevice(trial, 'ada')
  const ada = await signIn('ada')
  for (const session of ['first', 'second']) {
    await device.send(device.batch(`batch-${session}`, { session }))
    await ada.page.goto(`${trial.server.url}/mine`)
    await ada.page.getByRole('button', { name: 'Erase this recording' }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click()
    await ada.page.getByText('Nothing was left.').waitFor()
    expect(trial.store.rows({ person: 'ada' })).toEqual([])
    const { credentials } = await ada.cdp.send('WebAuthn.getCredentials', { authenticatorId: ada.authenticatorId })
    expect(credentials).toHaveLength(1)
    await ada.page.evaluate(() => fetch('/v1/sign-out', { method: 'POST' }))
    if (session === 'first') {
      await ada.page.goto(`${trial.server.url}/mine`)
      await ada.page.waitForURL('**/mine')
    }
  }
})

test('export, erasure and a manifest change are refused without a passkey, withdrawing is not', async () => {
  const anna = await signIn('anna')
  for (const [path, body] of [
    ['/v1/mine/takeout', {}],
    ['/v1/mine/erasures', { all: true }],
    ['/v1/manifests', {}],
  ] as const)
    expect(await post(anna, path, body), path).toEqual([403, 'step-up'])
  expect(await post(anna, '/v1/mine/withdrawals', { id: 'none' })).toEqual([404, 'not-found'])
  expect(await ceremony(anna, 'passkeys')).toBe(204)
  expect((await post(anna, '/v1/mine/takeout'))[0]).toBe(200)
  expect((await post(anna, '/v1/mine/erasures', { all: true }))[0]).toBe(200)
  expect((await post(anna, '/v1/manifests', await trial.sign('http://127.0.0.1:4999')))[0]).toBe(200)
})

test('a passkey is taken from its own account, touched by the person, for this challenge, once', async () => {
  const anna = await signIn('anna')
  expect(await ceremony(anna, 'passkeys')).toBe(204)
  expect(await post(anna, '/v1/step-up', { id: 'x', rawId: 'x', type: 'public-key', response: {}, clientExtensionResults: {} })).toEqual([
    403,
    'passkey',
  ])
  await anna.cdp.send('WebAuthn.setUserVerified', { authenticatorId: anna.authenticatorId, isUserVerified: false })
  await expect(ceremony(anna, 'step-up')).rejects.toThrow('NotAllowedError')
  await anna.cdp.send('WebAuthn.setUserVerified', { authenticatorId: anna.authenticatorId, isUserVerified: true })
  // The same key in another account's browser: the account does not know it.
  const { credentials } = await anna.cdp.send('WebAuthn.getCredentials', { authenticatorId: anna.authenticatorId })
  const bert = await signIn('bert')
  const [credential] = credentials
  if (credential === undefined) throw new Error('no passkey was made')
  await bert.cdp.send('WebAuthn.addCredential', { authenticatorId: bert.authenticatorId, credential })
  expect(await post(bert, '/v1/step-up/options')).toEqual([404, 'not-found'])
  expect(await post(bert, '/v1/mine/takeout')).toEqual([403, 'step-up'])
})

test('a stop is lifted by two accounts with passkeys, one of them the council’s, and by no two administrators', async () => {
  const [anna, bert, carla] = [await signIn('anna'), await signIn('bert'), await signIn('carla')]
  expect((await post(anna, '/v1/kill', { why: 'a colleague is on the screen' }))[0]).toBe(200)
  for (const one of [anna, bert, carla]) expect(await post(one, '/v1/kill/keys')).toEqual([403, 'step-up'])
  for (const one of [anna, bert]) {
    expect(await ceremony(one, 'passkeys')).toBe(204)
    expect((await post(one, '/v1/kill/keys'))[0]).toBe(200)
  }
  expect(trial.store.killSwitch.stop).not.toBeNull()
  expect(await post(anna, '/v1/mine/takeout')).toEqual([403, 'stopped'])
  expect(await ceremony(carla, 'passkeys')).toBe(204)
  expect((await post(carla, '/v1/kill/keys'))[0]).toBe(200)
  expect(trial.store.killSwitch.stop).toBeNull()
  expect((await post(anna, '/v1/mine/takeout'))[0]).toBe(200)
})
