import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import type { Manifest } from '@overt/schema'
import { expect, test, vi } from 'vitest'

import { decide, type DecideOptions } from './decide.ts'
import { nowEpochMs, organisationManifest, scene } from './fixture.ts'
import type { Grant } from './grant.ts'
import { isPermit, withdraw, type Permit } from './permit.ts'
import { openPersonal, sealPersonal } from './personal.ts'

const { sign, grant, keys } = await scene()

async function permitFor(
  change: { manifest?: Partial<Manifest>; grant?: Partial<Grant>; options?: Partial<DecideOptions> } = {},
): Promise<Permit> {
  const manifest = await sign(organisationManifest(change.manifest))
  const receipt = await grant(manifest, { assurance: 'device', ...change.grant })
  const decision = await decide(receipt, manifest, 'ground', nowEpochMs, { keys, ...change.options })
  if (!decision.ok) throw new Error(decision.reason)
  return decision.value
}

const page = (url: string) => ({ url })

test('C1 nothing but decide makes a permit', async () => {
  const permit = await permitFor()
  expect(isPermit(permit)).toBe(true)
  const { constructor } = permit as unknown as { constructor: new (...given: unknown[]) => object } // as: the attack
  expect(() => new constructor(Symbol('mint'), {})).toThrow(/only decide/)
  expect(() => new (class extends constructor {})(Symbol('mint'), {})).toThrow(/only decide/)
  for (const fake of [
    Object.assign({}, permit),
    Object.create(permit),
    Object.create(Object.getPrototypeOf(permit) as object),
    new Proxy(permit, {}),
    null,
    'permit',
  ])
    // as: reflection
    expect(isPermit(fake)).toBe(false)
  expect(Reflect.set(permit, 'person', 'bob')).toBe(false)
  expect(Reflect.set(permit, 'expiresAtEpochMs', Infinity)).toBe(false)
  expect(Reflect.set(Object.getPrototypeOf(permit) as object, 'allows', () => true)).toBe(false) // as: reflection
  expect(Reflect.set(permit.modalities, 0, 'pixels')).toBe(false)
})

test('C15 allows: exact origin, path pattern, exceptions first', async () => {
  const apps = [
    {
      name: 'Back office',
      origins: ['https://office.example'],
      paths: ['/orders/*', '/refunds/**'],
      exceptPaths: ['/refunds/board/**'],
      modalities: ['actions', 'text'] as ('actions' | 'text')[],
    },
  ] // as: literals
  const permit = await permitFor({ manifest: { apps }, grant: { modalities: ['actions', 'text'] } })
  const allowed = (url: string) => permit.allows(page(url), 'actions')
  for (const url of [
    'https://office.example/orders/1042',
    'https://office.example/orders/1042?x=/board',
    'https://office.example/refunds',
    'https://office.example/refunds/a/b/c#x',
    'https://office.example:443/refunds/1',
  ])
    expect([url, allowed(url)]).toEqual([url, true])
  for (const url of [
    'https://office.example/orders/1/edit',
    'https://office.example/',
    'http://office.example/orders/1',
    'https://office.example:8443/orders/1',
    'https://office.example.evil.com/orders/1',
    'https://evil.com/https://office.example/orders/1',
    'https://sub.office.example/orders/1',
    'about:blank',
    '',
    'data:text/html,x',
    'https://office.example/refunds/board/1',
    'https://office.example/refunds/BOARD',
    'https://office.example/refunds/%62oard/1',
    'https://office.example/refunds/x/../board/1',
  ])
    expect([url, allowed(url)]).toEqual([url, false])
})

test('C15 an exception holds for every app on its origin, and a #/route is part of the path where a pattern says so', async () => {
  const app = { name: 'A', origins: ['https://office.example'], paths: ['/**'], exceptPaths: [], modalities: ['actions'] as 'actions'[] } // as: a literal
  const routed = await permitFor({
    manifest: { apps: [app, { ...app, name: 'B', exceptPaths: ['/#/salaries/**'] }] },
    grant: { modalities: ['actions'] },
  })
  expect(routed.allows(page('https://office.example/#/orders'), 'actions')).toBe(true)
  expect(routed.allows(page('https://office.example/#/salaries/3?x=1'), 'actions')).toBe(false)
})

test('C15 allows: modality in receipt and app, within the hours', async () => {
  const hour = new Date(nowEpochMs).getHours()
  const day = new Date(nowEpochMs).getDay()
  const at = (hours: Manifest['hours']) => permitFor({ manifest: { hours }, grant: { modalities: ['actions'] } })
  const url = page('https://office.example/a')
  expect((await at({ days: [day], fromHour: hour, toHour: hour + 1 })).allows(url, 'actions')).toBe(true)
  expect((await at({ days: [day], fromHour: hour, toHour: hour + 1 })).allows(url, 'text')).toBe(false)
  expect((await at({ days: [(day + 1) % 7], fromHour: 0, toHour: 24 })).allows(url, 'actions')).toBe(false)
  expect((await at({ days: [day], fromHour: Math.min(23, hour + 1), toHour: 24 })).allows(url, 'actions')).toBe(false)
})

test('C16 a permit ends by withdrawal, by a signal, and at expiry, and stays ended', async () => {
  const url = page('https://office.example/a')
  const withdrawn = await permitFor()
  const heard = vi.fn<() => void>()
  withdrawn.signal.addEventListener('abort', heard)
  withdraw(withdrawn)
  expect(heard).toHaveBeenCalledOnce()
  expect(withdrawn.allows(url, 'actions')).toBe(false)
  const control = new AbortController()
  const signalled = await permitFor({ options: { signal: control.signal } })
  control.abort()
  expect([signalled.signal.aborted, signalled.allows(url, 'actions')]).toEqual([true, false])
  expect((await permitFor({ options: { signal: AbortSignal.abort() } })).signal.aborted).toBe(true)
  let clock = nowEpochMs
  const expiring = await permitFor({ grant: { expiresAtEpochMs: nowEpochMs + 1_000 }, options: { clock: () => clock } })
  expect(expiring.allows(url, 'actions')).toBe(true)
  clock += 1_000
  expect(expiring.allows(url, 'actions')).toBe(false)
  clock = nowEpochMs
  expect([expiring.allows(url, 'actions'), expiring.signal.aborted]).toEqual([false, true])
})

test('C16 the signal aborts at expiry by itself, and a wall clock set back extends nothing', async () => {
  const soon = await permitFor({ grant: { expiresAtEpochMs: nowEpochMs + 60 } })
  await new Promise((resolve) => soon.signal.addEventListener('abort', resolve))
  expect(soon.allows(page('https://office.example/a'), 'actions')).toBe(false)
  const back = await permitFor({ grant: { expiresAtEpochMs: nowEpochMs + 40 } })
  const now = vi.spyOn(Date, 'now').mockReturnValue(0)
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(back.allows(page('https://office.example/a'), 'actions')).toBe(false)
  now.mockRestore()
})

test('C16 permits that nobody holds leave nothing behind, and a held signal still ends', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const source = new AbortController()
  const held: AbortSignal[] = []
  for (let count = 0; count < 50; count += 1) {
    const { signal } = await permitFor({ options: { signal: source.signal } })
    held.push(signal)
  }
  expect(getEventListeners(source.signal, 'abort')).toHaveLength(50)
  held.length = 1
  await vi.waitFor(() => {
    collect()
    expect(getEventListeners(source.signal, 'abort').length).toBeLessThan(5)
  }, 5_000)
  source.abort()
  expect(held[0]?.aborted).toBe(true)
})

test('C16 a permit expires with the first of receipt, manifest and assessment', async () => {
  const { assessment } = organisationManifest()
  const expiresAtEpochMs = nowEpochMs + 5_000
  expect((await permitFor({ manifest: { expiresAtEpochMs } })).expiresAtEpochMs).toBe(expiresAtEpochMs)
  expect((await permitFor({ manifest: { assessment: { ...assessment, expiresAtEpochMs } } })).expiresAtEpochMs).toBe(expiresAtEpochMs)
})

test('C17 personal values open for a live permit of the same person only', async () => {
  const permit = await permitFor()
  const mine = sealPersonal('ada', 'my work')
  expect(openPersonal(permit, mine)).toBe('my work')
  expect(() => openPersonal(permit, sealPersonal('bob', 'his work'))).toThrow(/another person/)
  expect(() => openPersonal(Object.assign({}, permit), mine)).toThrow(/no permit/)
  expect(JSON.stringify({ mine })).not.toContain('my work')
  withdraw(permit)
  expect(() => openPersonal(permit, mine)).toThrow(/expired or was withdrawn/)
})
