import { createHash } from 'node:crypto'

import { permitFor } from '@overt/data'
import type { MinePicture } from '@overt/schema'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { enrolFor, openDevice, openTrial, workOrigin, type Trial } from './fixture.ts'

/** One grey pixel. */
const image = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'
const finding = { kind: 'card', box: [30, 120, 200, 16] } as const
const officer = { id: 'officer', person: 'officer', roles: ['privacy'], by: 'link' } as const

let trial: Trial
let receipt: string
let name: string
/** Of an officer at the folder's own machine, who needs no passkey. */
let cookie: string

beforeEach(async () => {
  trial = await openTrial('ada')
  const device = await openDevice(trial, 'ada')
  const { store } = trial
  receipt = (await enrolFor(trial, 'ada', workOrigin)).receipt.id
  const permit = await permitFor(store, receipt, 'ground')
  if (!permit.ok) throw new Error(permit.explain)
  const picture = { id: 0, format: 'webp', image, widthPx: 1, heightPx: 1, pixelRatio: 1, masks: 0 } as const
  const bytes = Buffer.from(JSON.stringify({ ...device.batch('batch-0001'), pictures: [picture] }))
  const contentSha256 = createHash('sha256').update(bytes).digest('hex')
  const kept = { kind: 'batch', id: 'batch-0001', form: 'overt.batch/1', person: 'ada', session: 'session-1', device: 'device-1' } as const
  const counted = { events: 3, observations: 1, pictures: 1, tasks: 0, atEpochMs: store.nowEpochMs() }
  await store.append(permit.value, bytes, { ...kept, ...counted, contentSha256, mode: 'task', origin: workOrigin, receipt })
  const [row] = store.rows()
  if (row === undefined) throw new Error('nothing was kept')
  store.keys.judge(row.idHash, 0, { verdict: 'found', findings: [finding] })
  name = `${row.idHash}-0`
  cookie = await signIn(officer)
})
afterEach(() => trial.close())

async function signIn(account: typeof officer): Promise<string> {
  const response = await fetch(trial.server.signInLink('/mine', account))
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

const get = (path: string, as = cookie) => fetch(trial.server.url + path, { headers: { cookie: as } })
const act = (path: string, as = cookie) =>
  fetch(trial.server.url + path, {
    method: 'POST',
    headers: { cookie: as, origin: trial.server.url, 'content-type': 'application/json' },
    body: '{}',
  })
const listed = async (purpose = 'ground') => (await (await get(`/v1/pictures?purpose=${purpose}`)).json()).pictures as { name: string }[]
const mine = async () => (await (await get('/v1/mine/reads', await trial.signIn())).json()) as { reads: object[]; pictures: MinePicture[] }

test('the privacy officer is told of a held picture by kind and place, and nothing of whose it is; its person sees that they looked', async () => {
  const answer = await get('/v1/pictures?purpose=ground')
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { pictures: [{ name, origin: workOrigin, verdict: 'found', findings: [finding] }] },
  ])
  expect((await mine()).reads).toMatchObject([{ who: 'privacy officer', why: 'ground' }])
})

test('the picture itself is handed out with a passkey, for a purpose, as a read that its person sees', async () => {
  const answer = await get(`/v1/pictures/${name}?purpose=ground`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
  expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(image)
  expect((await mine()).reads).toMatchObject([{ who: 'privacy officer', why: 'ground' }])
  expect((await get(`/v1/pictures/${name}`)).status).toBe(403)
  const away = await trial.signIn('privacy')
  const paths = [`/v1/pictures/${name}`, `/v1/pictures/${name}/release`, `/v1/pictures/${name}/destroy`]
  for (const [at, path] of paths.entries()) {
    const refused = await (at === 0 ? get : act)(`${path}?purpose=ground`, away)
    expect([refused.status, (await refused.json()).reason]).toEqual([403, 'step-up'])
  }
  expect((await mine()).reads).toHaveLength(1)
})

test.each(['release', 'destroy'] as const)('to %s it is an act that its person and the council see, and is done once', async (one) => {
  const answer = await act(`/v1/pictures/${name}/${one}?purpose=ground`)
  const done = one === 'release' ? 'released' : 'destroyed'
  expect([answer.status, await answer.json()]).toMatchObject([200, { act: done, found: { card: 1 }, left: [] }])
  expect((await mine()).pictures).toMatchObject([{ what: done, pictures: 1, kinds: ['card'], by: 'privacy officer' }])
  const { acts } = await (await get('/v1/acts', await trial.signIn('council'))).json()
  expect(acts[0]).toMatchObject({ kind: 'picture', what: { act: done, verdict: 'found', found: { card: 1 }, by: 'privacy officer' } })
  expect(JSON.stringify(acts)).not.toMatch(/\bada\b/u)
  expect((await act(`/v1/pictures/${name}/${one}?purpose=ground`)).status).toBe(404)
  expect(await listed()).toEqual([])
})

test('a picture that is not there, one for another purpose, and one whose person has withdrawn are answered alike', async () => {
  const answers: unknown[] = []
  const ask = async (picture: string, purpose: string): Promise<void> => {
    const path = `/v1/pictures/${picture}`
    for (const answer of [
      await get(`${path}?purpose=${purpose}`),
      await act(`${path}/release?purpose=${purpose}`),
      await act(`${path}/destroy?purpose=${purpose}`),
    ])
      answers.push([answer.status, await answer.json()])
  }
  await ask(`${'0'.repeat(64)}-0`, 'ground')
  await ask(name, 'share')
  const withdrawn = await fetch(`${trial.server.url}/v1/mine/withdrawals`, {
    method: 'POST',
    headers: { cookie: await trial.signIn(), origin: trial.server.url, 'content-type': 'application/json' },
    body: JSON.stringify({ id: receipt }),
  })
  expect(withdrawn.status).toBe(200)
  await ask(name, 'ground')
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(answers[0])]))
  expect(answers[0]).toMatchObject([404, { reason: 'not-found' }])
  expect([await listed(), await listed('share')]).toEqual([[], []])
  expect((await mine()).pictures).toEqual([])
})
