import { generateKeyPair, keyIdOf, sampleManifest, signManifest } from '@overt/privacy'
import type { Batch, Event, Manifest } from '@overt/schema'
import { decodeColumns, encodeColumns, recordedFields } from '@overt/schema/words'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { trustKey } from '../govern/consent.ts'
import { enrolDevice } from '../govern/enrol.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { fixtureOrigin, sampleBatch, scratchFolder, signedRequest } from './fixture.ts'
import { createIngest, ingestBatch } from './ingest.ts'

let folder: ReturnType<typeof scratchFolder>
let store: Store

beforeEach(async () => {
  folder = scratchFolder()
  store = await openStore(folder.dir)
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

/** What ingest says of a batch under a manifest that is changed so. */
async function answer(
  change: (manifest: Manifest) => Partial<Manifest>,
  fields: Partial<Batch>,
  headers: Record<string, string> = {},
  tell: (batch: Batch) => Batch = (batch) => batch,
): Promise<unknown> {
  const pair = await generateKeyPair()
  const keyId = await keyIdOf(pair.publicKey)
  await trustKey(store, { keyId, by: 'operator', publicKey: pair.publicKey })
  const sample = sampleManifest({ origin: fixtureOrigin, purposes: ['ground', 'share'], nowEpochMs: Date.now() })
  const manifest = await signManifest({ ...sample, ...change(sample) }, { keyId, by: 'operator', privateKey: pair.privateKey })
  const enrolment = await enrolDevice(store, { person: 'ada', manifest, purposes: manifest.purposes, endpoint: '' })
  const batch = tell(sampleBatch(enrolment, `batch-${keyId}`, fields))
  const request = await signedRequest(enrolment, JSON.stringify(batch))
  const { status, body } = await ingestBatch(createIngest(store), { ...request, headers: { ...request.headers, ...headers } })
  return status === 200 ? 'ok' : body['reason']
}

const paths =
  (...patterns: readonly string[]) =>
  ({ apps }: Manifest): Partial<Manifest> => ({
    apps: apps.map((app) => ({ ...app, paths: [...patterns], exceptPaths: ['/orders/board/**'] })),
  })

test('C22 a manifest that goes by what stays on the device (tenants in query and path, routes) takes what the device sends of it', async () => {
  const tenant = '/tenants/2f1e4d3c-5b6a-4978-8c9d-0e1f2a3b4c5d/**'
  for (const [pattern, path] of [
    [tenant, '/tenants/[URL_TOKEN_1]/orders'],
    ['/orders/**?tenant=acme', '/orders/7'],
    ['/app#/orders/**', '/app'],
    ['/orders/*', '/orders/[OTHER_1]'],
  ] as const)
    expect([pattern, await answer(paths(pattern), { path })]).toEqual([pattern, 'ok'])
})

test('C22 and what the rest of the address says is judged all the same', async () => {
  for (const [pattern, path] of [
    ['/tenants/2f1e4d3c-5b6a-4978-8c9d-0e1f2a3b4c5d/**', '/tenant/[URL_TOKEN_1]/orders'],
    ['/tenants/acme/**', '/tenants/other/orders'],
    ['/orders/**?tenant=acme', '/refunds/7'],
    ['/app#/orders/**', '/other'],
    ['/**?tenant=acme', '/orders/board/1'],
    ['/**?tenant=acme', '/payroll/1'],
  ] as const)
    expect([pattern, path, await answer(paths(pattern), { path })]).toEqual([pattern, path, 'place'])
})

/** The batch, with its observation at another address and, where one is named, a move of the page. */
const telling =
  (url: string, to?: string) =>
  (batch: Batch): Batch => {
    const { events, observations } = decodeColumns(batch)
    const move = { kind: 'navigate', gap: 0, observation: -1, node: -1, title: 'Elsewhere', cause: 'link' } as const
    const moves: readonly Event[] = to === undefined ? [] : [{ ...move, seq: events.length, url: to }]
    return {
      ...batch,
      ...encodeColumns(
        [...events, ...moves],
        observations.map((one) => ({ ...one, url })),
      ),
    }
  }

const orders = `${fixtureOrigin}/orders`
const board = `${fixtureOrigin}/orders/board/salary`
const mail = `${fixtureOrigin}/mail/inbox`

test('what lies outside of the agreed paths is not taken in a batch that names one of them', async () => {
  const agreed = paths('/orders/**')
  for (const [url, to] of [
    [mail],
    [board],
    [`${orders}/../mail/inbox`],
    [orders, mail],
    [orders, board],
    [orders, 'https://mail.example/inbox'],
    ['', mail],
    ['about:blank'],
    [`${fixtureOrigin}@mail.example/orders`],
  ] as const)
    expect([url, to, await answer(agreed, { path: '/orders' }, {}, telling(url, to))]).toEqual([url, to, 'place'])
  expect(store.rows({ person: 'ada' })).toEqual([])
})

test('and is asked about at the hour of the recording, where hours were agreed to', async () => {
  const always = { days: [0, 1, 2, 3, 4, 5, 6], fromHour: 0, toHour: 24 }
  const agreed = (manifest: Manifest) => ({ ...paths('/orders/**')(manifest), hours: always })
  expect(await answer(agreed, { path: '/orders' }, {}, telling(mail))).toBe('place')
  expect(await answer(agreed, { path: '/orders' }, {}, telling(orders, `${orders}/7`))).toBe('ok')
})

test('what a recorder tells of where its page was is taken: other pages that were agreed to, placeholders, no address at all', async () => {
  const tenant = '/tenants/2f1e4d3c-5b6a-4978-8c9d-0e1f2a3b4c5d/**'
  for (const [pattern, path, url, to] of [
    ['/orders/**', '/orders', orders, `${orders}/7`],
    ['/orders/**', '/orders/7', `${orders}/[EMAIL_1]`, `${orders}/7`],
    ['/orders/**', '/orders', '', undefined],
    [
      tenant,
      '/tenants/[URL_TOKEN_1]/orders',
      `${fixtureOrigin}/tenants/[URL_TOKEN_1]/orders`,
      `${fixtureOrigin}/tenants/[URL_TOKEN_1]/refunds`,
    ],
    ['/orders/**?tenant=acme', '/orders/7', `${orders}/7`, `${orders}/8`],
    ['/app#/orders/**', '/app', `${fixtureOrigin}/app`, `${fixtureOrigin}/app`],
    // Without a redactor an address is its origin alone.
    ['/**', '', fixtureOrigin, fixtureOrigin],
  ] as const)
    expect([pattern, url, to, await answer(paths(pattern), { path }, {}, telling(url, to))]).toEqual([pattern, url, to, 'ok'])
})

test('what was not agreed to at one of its addresses is taken from none of them', async () => {
  const agreed = ({ apps }: Manifest): Partial<Manifest> => ({
    apps: apps.flatMap((app) => [
      { ...app, paths: ['/orders/**'], exceptPaths: [] },
      { ...app, name: 'Board', paths: ['/board/**'], modalities: ['actions'], exceptPaths: [] },
    ]),
  })
  expect(await answer(agreed, { path: '/orders' }, {}, telling(orders))).toBe('ok')
  expect(await answer(agreed, { path: '/orders' }, {}, telling(`${fixtureOrigin}/board/1`))).toBe('modality')
})

test('a manifest that lists its fields gets no other', async () => {
  const without = (...fields: readonly string[]) => ({ fields: recordedFields().filter((field) => !fields.includes(field)) })
  expect(await answer(() => without(), {})).toBe('ok')
  expect(await answer(() => without('scroll.toX'), {})).toBe('ok')
  expect(await answer(() => without('click.modifiers'), {})).toBe('modality')
  expect(await answer(() => without('node.look'), {})).toBe('modality')
})

test('C20 nothing is taken for `share` from a browser that asks not to', async () => {
  expect(await answer(() => ({}), { purpose: 'share' }, { 'sec-gpc': '1' })).toBe('receipt')
  expect(await answer(() => ({}), { purpose: 'share' })).toBe('ok')
  expect(await answer(() => ({}), { purpose: 'ground' }, { 'sec-gpc': '1' })).toBe('ok')
})

test('C23 what a device was told of where it is was judged there, and its batch is taken', async () => {
  expect(await answer(() => ({ only: { network: ['office'] } }), {})).toBe('ok')
})
