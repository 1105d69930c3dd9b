import type { Manifest, Only } from '@overt/schema'
import { assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'

import { decide, type DecideOptions } from './decide.ts'
import { nowEpochMs, organisationManifest, scene } from './fixture.ts'
import { appsAt } from './place.ts'

const { sign, grant, keys } = await scene()
const [app] = organisationManifest().apps
if (app === undefined) throw new Error('the fixture has an app')
const url = 'https://office.example/orders'

async function decided(change: Partial<Manifest>, options: Partial<DecideOptions> = {}, acknowledged: readonly string[] = []) {
  const manifest = await sign(organisationManifest(change))
  const receipt = await grant(manifest, { assurance: 'device', modalities: ['actions'], acknowledged })
  return decide(receipt, manifest, 'ground', nowEpochMs, { keys, ...options })
}
const outcome = async (...given: Parameters<typeof decided>): Promise<string> => {
  const decision = await decided(...given)
  return decision.ok ? 'ok' : decision.reason
}

test.each<[keyof Only, string, string]>([
  ['network', 'office', 'home'],
  ['region', 'US-NY', 'DE'],
  ['contract', 'staff', 'agency'],
  ['device', 'organisation', 'own'],
])('C23 a manifest for one %s refuses any other, and one that nobody told it', async (kind, here, elsewhere) => {
  const only = { [kind]: [here] }
  expect(await outcome({ only }, { here: { [kind]: here } })).toBe('ok')
  expect(await outcome({ only }, { here: { [kind]: `${here}-1` } })).toBe('ok')
  for (const there of [elsewhere, `${here}1`, '', 'undefined']) expect(await outcome({ only }, { here: { [kind]: there } })).toBe(kind)
  expect(await outcome({ only })).toBe(kind)
  expect(await outcome({ only }, { here: null })).toBe('ok')
})

test('C23 an app may be narrower than its manifest: less of it at home', async () => {
  const apps = [
    { ...app, paths: ['/open/**'] },
    { ...app, only: { network: ['office'] } },
  ]
  const at = async (network: string, place: string) => {
    const decision = await decided({ apps }, { here: { network } })
    return decision.ok && decision.value.allows({ url: place }, 'actions')
  }
  expect([await at('office', url), await at('home', url), await at('home', 'https://office.example/open/1')]).toEqual([true, false, true])
  expect(await outcome({ apps: apps.slice(1) }, { here: { network: 'home' } })).toBe('network')
})

test('C24 every notice has to be acknowledged, by its hash', async () => {
  const notices = ['11', '22'].map((byte) => ({ jurisdiction: 'US-NY', sha256: byte.repeat(32) }))
  const [first = '', second = ''] = notices.map(({ sha256 }) => sha256)
  expect(await outcome({ notices })).toBe('notice')
  expect(await outcome({ notices }, {}, [first])).toBe('notice')
  expect(await outcome({ notices }, {}, [first, second])).toBe('ok')
  expect(await outcome({ notices }, { here: null })).toBe('notice')
})

test('C25 no manifest can name a person, a team or a rank, and exemptions are counts of ten or more', async () => {
  const exempt = (people: number) => outcome({ exemptions: [{ part: 'directors', people }] })
  expect([await exempt(10), await exempt(9), await exempt(10.5)]).toEqual(['ok', 'malformed', 'malformed'])
  for (const field of ['people', 'persons', 'team', 'rank', 'role', 'level', 'except']) {
    const named = { [field]: ['ada'] } as Partial<Manifest> // as: what no manifest has
    expect([field, await outcome(named)]).toEqual([field, 'malformed'])
    expect([field, await outcome({ apps: [{ ...app, ...named }] })]).toEqual([field, 'malformed'])
  }
})

test('C22 a tenant or an account in the query: there, once, and so', async () => {
  const permit = await decided({ apps: [{ ...app, paths: ['/mail/**?authuser=1&tenant=acme'], exceptPaths: ['/**?private=yes'] }] })
  const allowed = (path: string) => permit.ok && permit.value.allows({ url: `https://office.example${path}` }, 'actions')
  for (const path of ['/mail/inbox?authuser=1&tenant=acme', '/mail?tenant=acme&q=x&authuser=1#top'])
    expect([path, allowed(path)]).toEqual([path, true])
  for (const path of [
    '/mail/inbox',
    '/mail/inbox?authuser=1',
    '/mail/inbox?authuser=0&tenant=acme',
    '/mail/inbox?authuser=1&authuser=0&tenant=acme',
    '/mail/inbox?authuser=1&tenant=acme2',
    '/mail/inbox#?authuser=1&tenant=acme',
    '/mail/inbox?authuser=1&tenant=acme&private=yes',
    '/mail/inbox?authuser=1&tenant=acme&private=no&private=yes',
    '/other?authuser=1&tenant=acme',
  ])
    expect([path, allowed(path)]).toEqual([path, false])
})

const listed = [
  'https://js.stripe.com/v3/',
  'https://www.deutsche-bank.de/pk',
  'https://banking.example.com/',
  'https://office.example/bank-details/3',
  'https://office.example/de/hr/reviews',
  'https://office.example/#/payroll/4',
  'https://office.example/%68r/1',
  'https://office.example/HR',
  'https://health.example/',
  'https://my.clinic/records',
  'https://office.example/betriebsrat',
  'https://office.example/works-council/minutes',
  'https://union.example/join',
  'https://office.example/whistleblowing',
  'https://hinweisgeberportal.example/',
  'https://vault.bitwarden.com/',
  'https://hr.office.example:8443/x',
]

test('C21 what is on the built-in list is never recorded, whatever a manifest names', () => {
  const pattern = constantFrom('/**', '**', '/*', '/hr/**', '/#/**', '/bank-details/*', '/de/**?x=1')
  assert(
    property(constantFrom(...listed), pattern, string(), (place, path, name) => {
      const { origin } = new URL(place)
      const manifest = organisationManifest({ apps: [{ ...app, name, origins: [origin], paths: [path, '/**'], exceptPaths: [] }] })
      expect(appsAt(manifest, { url: place }, nowEpochMs)).toEqual([])
    }),
  )
  const others = ['https://office.example/orders/1', 'https://shop.example/threads/healthy', 'https://a.example/reunion/banks/vaulted']
  for (const place of others) {
    const manifest = organisationManifest({ apps: [{ ...app, origins: [new URL(place).origin], exceptPaths: [] }] })
    expect([place, appsAt(manifest, { url: place }, nowEpochMs).length]).toEqual([place, 1])
  }
})
