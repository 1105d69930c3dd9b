import { signManifest } from '@overt/privacy'
import type { Manifest } from '@overt/schema'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { failureOf } from '../terminal/failure.ts'
import { openOperator, trustedKeys } from './operator.ts'
import { signedSample } from './sample.ts'
import { readUsableManifest } from './usable-manifest.ts'

const dir = mkdtempSync(join(tmpdir(), 'overt-usable-'))
afterAll(() => rmSync(dir, { recursive: true }))

const nowEpochMs = Date.UTC(2027, 0, 1)
const operator = await openOperator(join(dir, 'data'))
const sample = await signedSample(operator, { origins: ['http://127.0.0.1:8080'], nowEpochMs })

async function refusal(manifest: Manifest, keys = trustedKeys(operator)) {
  const file = join(dir, 'manifest.json')
  writeFileSync(file, JSON.stringify(manifest))
  return failureOf(await readUsableManifest(file, () => keys, nowEpochMs).catch((error: unknown) => error))
}

const signed = (change: Partial<Manifest>): Promise<Manifest> =>
  signManifest({ ...sample, ...change }, { keyId: operator.keyId, by: 'operator', privateKey: operator.privateKey })

const elsewhere = sample.apps.map((app) => ({ ...app, origins: ['https://example.com'] }))

test.each([
  ['unsigned', () => ({ ...sample, signatures: [] }), /^Sign it/],
  ['bad-signature', () => ({ ...sample, version: 2 }), /Take the change back/],
  ['council-signature', () => signed({ councilKeyId: 'council' }), /council sign/],
  ['manifest-expired', () => signed({ expiresAtEpochMs: nowEpochMs }), /later expiresAtEpochMs/],
  ['notice-period', () => signed({ noticeDays: 30 }), /wait until 2027-01-31T00:00/],
  ['assessment', () => signed({ scope: 'organisation' }), /assessment/],
  ['scope', () => signed({ apps: elsewhere }), /loopback/],
])('a manifest that is refused for %s says so in a sentence, and what mends that', async (reason, made, remedy) => {
  const { code, exitCode, message, remedy: todo } = await refusal(await made())
  expect({ code, exitCode, message, todo }).toEqual({
    code: 'OVT-1710',
    exitCode: 4,
    message: expect.stringMatching(new RegExp(`refused \\(${reason}\\): [A-Z].*\\.$`)),
    todo: expect.stringMatching(remedy),
  })
})

test('a manifest of another folder is to be held against that folder, and not only to be signed', async () => {
  expect((await refusal(sample, [])).remedy).toContain('--data DIR')
})
