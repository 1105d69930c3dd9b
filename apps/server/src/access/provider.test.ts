import { createHmac } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { nowhere, openTrial, type Trial } from '../fixture.ts'
import { clientSecret, openHostileIssuer, openIssuer, openVisitor, rs256, rsaKeys, type Forged, type Issuer } from './provider.fixture.ts'
import { openProvider } from './provider.ts'

let issuer: Issuer
let trial: Trial

beforeAll(async () => {
  issuer = await openIssuer({ anna: ['overt-admin', 'staff'], carla: ['overt-council'], 'ada@firm': [] })
  trial = await openTrial('unused', { provider: issuer.options, log: nowhere() })
  issuer.allow(`${trial.server.url}/sign-in/back`)
})
afterAll(async () => {
  await trial.close()
  await issuer.close()
})

const start = () => `${trial.server.url}/sign-in/start`
const isBack = (url: string) => url.startsWith(`${trial.server.url}/sign-in/back`)

async function sessionOf(cookie: string): Promise<{ status: number; account?: string; roles?: readonly string[] }> {
  const response = await fetch(`${trial.server.url}/v1/session`, { headers: { cookie } })
  return { status: response.status, ...((await response.json()) as object) }
}

test('a real provider signs a named account in, with the roles of its groups and no others', async () => {
  const anna = openVisitor('anna')
  const { url, response } = await anna.go(start())
  expect([isBack(url), response.status]).toEqual([true, 200])
  expect(await sessionOf(anna.header())).toMatchObject({ status: 200, account: 'anna', roles: ['person', 'admin'], signedInBy: 'provider' })
  expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Strict; Path=\//)
})

test('a name that is no id of ours gets one, the same each time', async () => {
  const persons: string[] = []
  for (let turn = 0; turn < 2; turn += 1) {
    const ada = openVisitor('ada@firm')
    await ada.go(start())
    expect(await sessionOf(ada.header())).toMatchObject({ account: 'ada@firm', roles: ['person'] })
    const headers = { cookie: ada.header(), origin: trial.server.url }
    persons.push((await (await fetch(`${trial.server.url}/v1/enrolments`, { method: 'POST', headers })).json()).person)
  }
  expect(persons[0]).toMatch(/^p-[\w-]{43}$/)
  expect(persons[0]).toBe(persons[1])
})

test('attack 21: the browser is sent off with S256, state and nonce, and the code alone is worth nothing without the verifier', async () => {
  const carla = openVisitor('carla')
  const mallory = openVisitor('mallory')
  const asked = new URL((await carla.ask(start())).headers.get('location') ?? '')
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({ code_challenge_method: 'S256', response_type: 'code' })
  expect(asked.searchParams.get('state')?.length).toBeGreaterThan(40)
  const stolen = new URL((await carla.go(asked.href, isBack)).url)
  const own = new URL((await mallory.ask(start())).headers.get('location') ?? '')
  // Even with a state that is Mallory's own, the code was bound to Carla's challenge.
  stolen.searchParams.set('state', own.searchParams.get('state') ?? '')
  expect((await mallory.ask(stolen.href)).status).toBe(401)
  expect((await sessionOf(mallory.header())).status).toBe(401)
})

test('attack 21: an answer without state, with another state, of another issuer, of another browser, or a second time, signs nobody in', async () => {
  const spoil: readonly ((url: URL) => void)[] = [
    (url) => url.searchParams.delete('state'),
    (url) => url.searchParams.set('state', 'another'),
    (url) => url.searchParams.set('iss', 'https://evil.example'),
    (url) => url.searchParams.delete('iss'),
    (url) => url.searchParams.append('state', 'twice'),
    (url) => url.searchParams.delete('code'),
  ]
  for (const [place, change] of spoil.entries()) {
    const carla = openVisitor('carla')
    const back = new URL((await carla.go(start(), isBack)).url)
    change(back)
    expect((await carla.ask(back.href)).status, `change ${place}`).toBe(401)
    expect((await sessionOf(carla.header())).status).toBe(401)
  }
  const carla = openVisitor('carla')
  const back = (await carla.go(start(), isBack)).url
  expect((await openVisitor('other').ask(back)).status, 'another browser').toBe(401)
  expect((await carla.ask(back)).status).toBe(200)
  expect((await carla.ask(back)).status, 'a second time').toBe(401)
})

test('attack 22: a session that a browser came with is not the one it leaves with, and ends', async () => {
  const planted = await trial.signIn('person')
  const carla = openVisitor('carla')
  const [name = '', value = ''] = planted.split('=')
  carla.cookies.set(name, value)
  await carla.go(start())
  expect(carla.cookies.get(name)).not.toBe(value)
  expect((await sessionOf(planted)).status).toBe(401)
  expect((await sessionOf(carla.header())).account).toBe('carla')
  for (const made of ['x', 'a'.repeat(43)]) expect((await sessionOf(`${name}=${made}`)).status).toBe(401)
})

describe('an issuer that is hostile, or that somebody speaks for', () => {
  let hostile: Awaited<ReturnType<typeof openHostileIssuer>>
  let victim: Trial

  beforeAll(async () => {
    hostile = await openHostileIssuer()
    victim = await openTrial('unused', { provider: hostile.options, log: nowhere() })
  })
  beforeEach(() => {
    hostile.told.forged = {}
  })
  afterAll(async () => {
    await victim.close()
    await hostile.close()
  })

  async function signInWith(forged: Forged): Promise<number> {
    const visitor = openVisitor('mallory')
    const to = new URL((await visitor.ask(`${victim.server.url}/sign-in/start`)).headers.get('location') ?? '')
    Object.assign(hostile.told, { forged, nonce: to.searchParams.get('nonce') ?? '' })
    const back = new URL(`${victim.server.url}/sign-in/back`)
    for (const [key, value] of [
      ['code', 'any'],
      ['state', to.searchParams.get('state') ?? ''],
    ] as const)
      back.searchParams.set(key, value)
    return (await visitor.ask(back.href)).status
  }

  test('its honest token signs in, and the verifier goes with the code', async () => {
    expect(await signInWith({})).toBe(200)
    expect(hostile.told.tokenRequest).toMatch(/code_verifier=[\w-]{43}/)
  })

  const hs256 = (secret: string) => (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
  const past = Math.floor(Date.now() / 1000) - 3_600
  const other = rsaKeys()
  const attacks: Readonly<Record<string, Forged>> = {
    'alg none': { header: { alg: 'none' }, signature: () => '' },
    'alg None': { header: { alg: 'None' }, signature: () => '' },
    'no signature': { signature: () => '' },
    'HS256 under the client’s secret': { header: { alg: 'HS256' }, signature: hs256(clientSecret) },
    'HS256 under the public key': {
      header: { alg: 'HS256' },
      signature: (text, { publicKey }) => hs256(publicKey.export({ type: 'spki', format: 'pem' }).toString())(text),
    },
    'another key': { signature: (text) => rs256(text, other) },
    'a kid that is a path': { header: { kid: '../../../../dev/null' }, signature: hs256('') },
    'a kid that is a query': { header: { kid: "one' UNION SELECT 'x" } },
    'a key of its own in the header': { header: { jwk: other.jwk, kid: 'two' }, signature: (text) => rs256(text, other) },
    'a key from elsewhere': { header: { jku: 'http://127.0.0.1:1/jwks', kid: 'two' }, signature: (text) => rs256(text, other) },
    'an unknown critical header': { header: { crit: ['b64'], b64: false } },
    'another audience': { claims: { aud: 'another' } },
    'two audiences and no party': { claims: { aud: ['overt', 'another'], azp: 'another' } },
    'another issuer': { claims: { iss: 'https://evil.example' } },
    'another nonce': { claims: { nonce: 'another' } },
    'no nonce': { claims: { nonce: undefined } },
    'long expired': { claims: { iat: past - 300, exp: past } },
    'no subject': { claims: { sub: undefined } },
  }
  for (const [name, forged] of Object.entries(attacks))
    test(`attack 18: an id token with ${name} signs nobody in`, async () => {
      expect(await signInWith(forged)).toBe(401)
    })

  test('attack 21: a provider that no longer says it holds to PKCE, or speaks in another’s name, is not used', async () => {
    for (const metadata of [
      { code_challenge_methods_supported: ['plain'] },
      { code_challenge_methods_supported: undefined },
      { issuer: 'https://evil.example' },
    ]) {
      hostile.told.metadata = metadata
      await expect(openProvider(hostile.options).start('http://127.0.0.1/sign-in/back'), JSON.stringify(metadata)).rejects.toThrow(
        /PKCE|issuer|expected/,
      )
    }
    hostile.told.metadata = {}
    expect((await openProvider(hostile.options).start('http://127.0.0.1/sign-in/back')).to).toContain('code_challenge_method=S256')
  })
})
