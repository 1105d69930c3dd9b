import { manifestOf, putManifest, putReceipt, receiptsOf } from '@overt/data'
import { generateKeyPair, grantReceipt, signManifest } from '@overt/privacy'
import type { Purpose, Receipt } from '@overt/schema'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { enrol, grant, withdraw } from './consent.ts'
import { openDevice } from './device.ts'
import { openFolder, type Folder } from './folder.ts'
import { record } from './recording.ts'
import { signedSample } from './sample.ts'
import { takenBackCode } from './taken-back.ts'

const origin = 'http://127.0.0.1:8080'
const today = new Date().toISOString().slice(0, 10)
const demonstration = { suite: 'own', tasks: [], episodes: 1, seed: 1, person: 'ada', agreesAnew: false }

let dir: string
let folder: Folder

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-taken-back-'))
  folder = await openFolder(join(dir, 'data'), () => {}, new AbortController().signal)
})
afterEach(async () => {
  await folder.store.close()
  rmSync(dir, { recursive: true })
})

/** Ada agrees to be recorded, for one purpose. */
async function agree(at = origin, purpose: Purpose = 'assist', assurance: 'local' | 'public-dataset' = 'local'): Promise<Receipt> {
  const manifest = await signedSample(folder.operator, { origins: [at], purposes: [purpose], nowEpochMs: Date.now() })
  const request = { person: 'ada', manifest, purposes: null, modalities: null, assurance } as const
  return grant(folder, { ...request, expiresAtEpochMs: Date.now() + 86_400_000 })
}

/** Ada answers anew what she had agreed to. */
async function answer(status: 'refused' | 'paused', nowEpochMs = Date.now()): Promise<void> {
  const { id, manifestSha256, purposes, modalities, expiresAtEpochMs } = await agree()
  const manifest = manifestOf(folder.store, manifestSha256)
  if (manifest === undefined) throw new Error('a manifest that was agreed to is kept')
  const given = { person: 'ada', manifest, purposes, modalities, expiresAtEpochMs, assurance: 'local', status, follows: id } as const
  const receipt = await grantReceipt({ ...given, nowEpochMs }, await generateKeyPair())
  expect(await putReceipt(folder.store, receipt)).toMatchObject({ ok: true })
}

test.each([
  ['withdrawn', 'OVT-1728', async () => (await agree(), withdraw(folder, { person: 'ada' }))],
  ['refused', 'OVT-1729', () => answer('refused')],
  ['paused', 'OVT-1728', () => answer('paused')],
] as const)('nobody agrees for a person whose newest word is that it is %s: they are told to what, and when', async (word, code, end) => {
  await end()
  const before = receiptsOf(folder.store, 'ada')
  const refused = {
    code,
    exitCode: 4,
    message: expect.stringContaining(`${origin} for assist: ${word} on ${today}`),
    remedy: expect.stringContaining('overt receipt grant'),
  }
  await expect(record(folder, demonstration)).rejects.toMatchObject(refused)
  await expect(enrol(folder, { person: 'ada', endpoint: null, origin: null })).rejects.toMatchObject(refused)
  expect(receiptsOf(folder.store, 'ada')).toEqual(before)
})

test('who has another yes that holds, or was never asked, has taken nothing back', async () => {
  await agree()
  await withdraw(folder, { person: 'ada' })
  await agree()
  expect(await enrol(folder, { person: 'ada', endpoint: null, origin: null })).toMatchObject({ receipt: { purposes: ['assist'] } })
  expect(await enrol(folder, { person: 'bob', endpoint: null, origin: null })).toMatchObject({ receipt: { purposes: ['ground'] } })
})

test('who refused may be asked again after 90 days, and not before', async () => {
  const refusedFor = async (days: number) => {
    await answer('refused', Date.now() - days * 86_400_000)
    return record(folder, demonstration).catch((error: unknown) => error)
  }
  expect(await refusedFor(91)).toMatchObject({ code: takenBackCode, exitCode: 4 })
  expect(await refusedFor(89)).toMatchObject({ code: 'OVT-1729', exitCode: 4 })
})

const enrolAda = (at: string | null = null) => enrol(folder, { person: 'ada', endpoint: null, origin: at })
const takenBack = { code: 'OVT-1728', exitCode: 4 }

test('what a person published is no yes to being recorded', async () => {
  await agree()
  await withdraw(folder, { person: 'ada' })
  await agree('dataset:miniwob', 'ground', 'public-dataset')
  await expect(record(folder, demonstration)).rejects.toMatchObject(takenBack)
  await expect(enrolAda()).rejects.toMatchObject(takenBack)
})

test('a yes to something else is none to the recording that a person took back', async () => {
  await agree()
  const { id } = await agree('http://127.0.0.1:8082', 'ground')
  await withdraw(folder, { receipt: id })
  const before = receiptsOf(folder.store, 'ada')
  const message = expect.stringMatching(/holds for ground: .*: http:\/\/127\.0\.0\.1:8082 for ground: withdrawn on [\d-]+\.$/)
  await expect(record(folder, demonstration)).rejects.toMatchObject({ ...takenBack, message })
  expect(receiptsOf(folder.store, 'ada')).toEqual(before)
  // It was asked about elsewhere and for another purpose.
  expect(await enrolAda()).toMatchObject({ receipt: { purposes: ['assist'] } })
})

test('no device is enrolled at a place where the person took back what it is for, whatever they agree to elsewhere', async () => {
  const elsewhere = 'http://127.0.0.1:8081'
  await agree()
  const device = await enrolAda(elsewhere)
  await withdraw(folder, { receipt: device.receipt.id })
  await expect(enrolAda(elsewhere)).rejects.toMatchObject(takenBack)
  const again = await enrolAda()
  await withdraw(folder, { receipt: again.receipt.id })
  await expect(enrolAda()).rejects.toMatchObject(takenBack)
})

test('who agrees anew to less has taken the rest back', async () => {
  const { id, manifestSha256 } = await agree(origin, 'ground')
  const manifest = await signedSample(folder.operator, { origins: [origin], purposes: ['assist'], nowEpochMs: Date.now() })
  expect(await putManifest(folder.store, manifest)).not.toMatchObject({ value: manifestSha256 })
  const given = { person: 'ada', manifest, purposes: manifest.purposes, modalities: ['actions'], assurance: 'local' } as const
  const change = { nowEpochMs: Date.now(), expiresAtEpochMs: Date.now() + 86_400_000, status: 'renewed', follows: id } as const
  expect(await putReceipt(folder.store, await grantReceipt({ ...given, ...change }, await generateKeyPair()))).toMatchObject({ ok: true })
  await expect(record(folder, demonstration)).rejects.toMatchObject({ ...takenBack, message: expect.stringContaining('to no more') })
})

test('a device is enrolled for no more than its person agreed to, also at another origin', async () => {
  const manifest = await signedSample(folder.operator, {
    origins: [origin],
    purposes: ['assist', 'ground', 'share'],
    nowEpochMs: Date.now(),
  })
  const request = { person: 'ada', manifest, assurance: 'local', expiresAtEpochMs: Date.now() + 86_400_000 } as const
  await grant(folder, { ...request, purposes: ['assist'], modalities: ['actions'] })
  for (const elsewhere of [null, 'http://127.0.0.1:8081']) {
    const { receipt } = await enrol(folder, { person: 'ada', endpoint: null, origin: elsewhere })
    expect([receipt.purposes, receipt.modalities]).toEqual([['assist'], ['actions']])
  }
  const device = await openDevice(folder, { person: 'ada', manifest, purpose: 'ground' })
  expect(device.receipt.purposes).toEqual(['ground'])
})

test('a device at another origin is enrolled for no longer than its person agreed, and for at most 30 days', async () => {
  const dayMs = 86_400_000
  const manifest = await signedSample(folder.operator, { origins: [origin], nowEpochMs: Date.now() })
  const grantFor = (days: number) =>
    grant(folder, {
      person: 'ada',
      manifest,
      purposes: null,
      modalities: null,
      assurance: 'local',
      expiresAtEpochMs: Date.now() + days * dayMs,
    })
  const { expiresAtEpochMs } = await grantFor(1)
  expect((await enrolAda('http://127.0.0.1:8081')).receipt.expiresAtEpochMs).toBe(expiresAtEpochMs)
  await grantFor(90)
  expect((await enrolAda('http://127.0.0.1:8081')).receipt.expiresAtEpochMs).toBeLessThanOrEqual(Date.now() + 30 * dayMs)
})

test('a device that could record nothing of what its person agreed to is not enrolled', async () => {
  const sample = await signedSample(folder.operator, { origins: [origin], nowEpochMs: Date.now() })
  const apps = sample.apps.map((app): (typeof sample.apps)[number] => ({ ...app, modalities: ['pixels'] }))
  const { keyId, privateKey } = folder.operator
  const manifest = await signManifest({ ...sample, apps, signatures: [] }, { keyId, by: 'operator', privateKey })
  const request = { person: 'ada', manifest, purposes: null, modalities: ['pixels'], assurance: 'local' } as const
  await grant(folder, { ...request, expiresAtEpochMs: Date.now() + 86_400_000 })
  const before = receiptsOf(folder.store, 'ada')
  await expect(enrolAda('http://127.0.0.1:8081')).rejects.toMatchObject({ code: 'OVT-1709', message: expect.stringContaining('pixels') })
  expect(receiptsOf(folder.store, 'ada')).toEqual(before)
})

test('a person who was told what they took back, and agrees anew, is recorded', { timeout: 180_000 }, async () => {
  await agree()
  await withdraw(folder, { person: 'ada' })
  expect(await record(folder, { ...demonstration, tasks: ['dropdown'], agreesAnew: true })).toMatchObject({ episodes: 1 })
})
