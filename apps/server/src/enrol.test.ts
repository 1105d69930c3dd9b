import { generateKeyPair, grantReceipt } from '@overt/privacy'
import type { Manifest, Receipt } from '@overt/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDevice, openTrial, type Trial } from './fixture.ts'

let trial: Trial

beforeAll(async () => {
  trial = await openTrial('ada')
})
afterAll(() => trial.close())

async function offered({ server } = trial): Promise<Manifest> {
  const { manifest } = await (await fetch(`${server.url}/v1/consent`)).json()
  return manifest
}

async function token({ server, signIn } = trial): Promise<string> {
  const headers = { cookie: await signIn(), origin: server.url, 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/v1/enrolments`, { method: 'POST', headers, body: '{}' })
  return (await response.json()).token
}

async function enrol(
  once: string,
  person: string,
  { at = trial, assurance = 'device' }: { readonly at?: Trial; readonly assurance?: Receipt['assurance'] } = {},
): Promise<Response> {
  const { publicKey, privateKey } = await generateKeyPair()
  const nowEpochMs = Date.now()
  const receipt = await grantReceipt(
    {
      person,
      manifest: await offered(at),
      purposes: ['ground'],
      modalities: ['actions'],
      nowEpochMs,
      expiresAtEpochMs: nowEpochMs + 86_400_000,
      assurance,
    },
    { publicKey, privateKey },
  )
  const headers = { origin: at.server.toolUrl ?? '', 'content-type': 'application/json' }
  return fetch(`${at.server.url}/v1/devices`, { method: 'POST', headers, body: JSON.stringify({ token: once, publicKey, receipt }) })
}

test('what may be recorded is offered for the tool’s own origin, signed', async () => {
  const manifest = await offered()
  expect(manifest.apps[0]?.origins).toEqual([trial.server.toolUrl])
  expect(manifest.signatures).toHaveLength(1)
})

test('a device enrols once with a token and a receipt that it signed', async () => {
  const once = await token()
  const first = await enrol(once, 'ada')
  expect([first.status, (await first.json()).deviceId]).toEqual([200, expect.stringMatching(/^dev-/)])
  expect((await enrol(once, 'ada')).status).toBe(401)
})

test('a receipt of another person than the one who is signed in is refused', async () => {
  const answer = await enrol(await token(), 'bob')
  expect([answer.status, (await answer.json()).code]).toEqual([403, 'OVT-1618'])
})

test('a receipt that its person’s device did not sign is good where nobody but this machine reaches the server', async () => {
  const open = await openTrial('ada', { host: '0.0.0.0' })
  try {
    expect([trial.server.onNetwork, open.server.onNetwork]).toEqual([false, true])
    const sent = async (at: Trial) => {
      const device = await openDevice(at, 'gus')
      const answer = await device.send(device.batch('batch-0001'))
      return [answer.status, (await answer.json()).code]
    }
    expect([await sent(trial), await sent(open)]).toEqual([
      [200, undefined],
      [403, 'OVT-1361'],
    ])
    expect(open.store.rows({ person: 'gus' })).toEqual([])
    const enrolled = async (at: Trial, assurance: Receipt['assurance']) => (await enrol(await token(at), 'ada', { at, assurance })).status
    expect([await enrolled(trial, 'local'), await enrolled(open, 'local'), await enrolled(open, 'device')]).toEqual([200, 403, 200])
  } finally {
    await open.close()
  }
})

test('a token is given to the signed-in person alone', async () => {
  const response = await fetch(`${trial.server.url}/v1/enrolments`, { method: 'POST', headers: { origin: trial.server.url } })
  expect(response.status).toBe(401)
})

test('a person’s own extension gets a token where the browser adds their sign-in; no other page does, and nothing without an origin', async () => {
  const cookie = await trial.signIn()
  const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
  const ask = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await fetch(`${trial.server.url}/v1/enrolments`, { method: 'POST', headers })).status
  expect(await ask({ cookie, origin: extension })).toBe(200)
  expect(await ask({ origin: extension })).toBe(401)
  for (const origin of [
    trial.server.toolUrl ?? '',
    'https://evil.example',
    'null',
    'chrome-extension://a.b',
    'https://x/chrome-extension://abc',
  ])
    expect(await ask({ cookie, origin }), origin).toBe(403)
  expect(await ask({ cookie })).toBe(403)
  const offer = await fetch(`${trial.server.url}/v1/consent`, { headers: { origin: extension } })
  expect([offer.headers.get('access-control-allow-origin'), offer.headers.get('access-control-allow-credentials')]).toEqual([
    extension,
    null,
  ])
})
