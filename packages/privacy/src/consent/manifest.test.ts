import { expect, test } from 'vitest'

import { diffManifests } from '../tell/diff.ts'
import { nowEpochMs, organisationManifest, scene } from './fixture.ts'
import { exportPrivateKey, generateKeyPair, importPrivateKey, keyIdOf, signBytes } from './keys.ts'
import { checkManifest, hashManifest } from './manifest.ts'
import { matchesPath } from './place.ts'
import { verifyReceipt } from './receipt.ts'
import { sampleManifest } from './sample.ts'
import { verifyBytes } from './verify.ts'

const text = new TextEncoder().encode('text')

test('C3 a hash leaves the signatures out, and signing again with the same key replaces', async () => {
  const { sign, keys } = await scene()
  const manifest = organisationManifest()
  const signed = await sign(await sign(manifest))
  expect(signed.signatures).toHaveLength(1)
  expect(await hashManifest(signed)).toBe(await hashManifest(manifest))
  expect(await checkManifest(signed, keys, nowEpochMs)).toMatchObject({ ok: true })
})

test('C7 a receipt verifies whatever it decides, and not when changed', async () => {
  const { grant } = await scene()
  const receipt = await grant(organisationManifest(), { status: 'withdrawn' })
  expect(await verifyReceipt(receipt)).toMatchObject({ ok: true })
  expect(await verifyReceipt({ ...receipt, status: 'given' })).toMatchObject({ ok: false, reason: 'bad-signature' })
})

test('C7 keys go out and come back, unless made not to', async () => {
  const pair = await generateKeyPair()
  const again = await importPrivateKey(await exportPrivateKey(pair.privateKey))
  expect(await verifyBytes(pair.publicKey, await signBytes(again, text), text)).toBe(true)
  expect(await keyIdOf(pair.publicKey)).toMatch(/^[0-9a-f]{16}$/)
  await expect(exportPrivateKey((await generateKeyPair({ extractable: false })).privateKey)).rejects.toThrow(/extractable/i)
  await expect(importPrivateKey('not a key!')).rejects.toMatchObject({ code: 'OVT-1102' })
  await expect(importPrivateKey('AAAA')).rejects.toMatchObject({ code: 'OVT-1102' })
  await expect(keyIdOf('AAAA')).rejects.toMatchObject({ code: 'OVT-1103' })
})

test('C7 a malformed key or signature is false, not an error', async () => {
  const pair = await generateKeyPair()
  const signature = await signBytes(pair.privateKey, text)
  for (const [key, value] of [
    ['', signature],
    ['AAAA', signature],
    ['!', signature],
    [pair.publicKey, ''],
    [pair.publicKey, 'AAAA'],
    [pair.publicKey, `${signature}=x`],
    ['_'.repeat(43), signature],
  ] as const)
    expect(await verifyBytes(key, value, text)).toBe(false)
})

test('C15 patterns: * within a part, ** across, and time that does not run away', () => {
  const fits = (pattern: string, path: string) => matchesPath(pattern, path)
  expect(fits('/a/*', '/a/b') && fits('/a/*/c', '/a/b/c') && fits('/**', '/') && fits('/a/**', '/a') && fits('**/x', '/a/b/x')).toBe(true)
  expect(fits('/a/*', '/a/b/c') || fits('/a', '/a/') || fits('/a*c', '/a/c') || fits('/A', '/a')).toBe(false)
  expect(fits('**a'.repeat(100), 'a'.repeat(2_000))).toBe(true)
  expect(fits(`${'*a'.repeat(150)}b`, 'a'.repeat(2_000))).toBe(false)
})

test('C19 every difference is told in words, and what widens says so', () => {
  const before = organisationManifest()
  const app = before.apps[0] ?? { name: '', origins: [], paths: [], exceptPaths: [], modalities: [] }
  const after = {
    ...before,
    purposes: ['ground', 'share'] as const,
    apps: [{ ...app, paths: ['/orders/**'], exceptPaths: [], modalities: ['actions', 'pixels'] as const }],
    retentionDays: { ...before.retentionDays, events: 365 },
    noticeDays: 0,
  }
  // Readonly lists are JSON all the same.
  expect(diffManifests(before, structuredClone(after) as unknown as typeof before)).toMatchInlineSnapshot(`
    [
      "Wider: purpose "share" was added.",
      "Wider: "Back office" path "/orders/**" was added.",
      "Narrower: "Back office" path "/**" was removed.",
      "Wider: "Back office" no longer leaves out "/board/**".",
      "Wider: "Back office" modality "pixels" was added.",
      "Narrower: "Back office" modality "text" was removed.",
      "Narrower: "Back office" modality "structure" was removed.",
      "Wider: events are kept 365 days instead of 30.",
      "Changed: the notice period, from 30 to 0.",
    ]
  `) // as: literals made mutable
  expect(diffManifests(before, structuredClone(before))).toEqual([])
  expect(diffManifests(sampleManifest({ origin: 'http://localhost', nowEpochMs }), before).length).toBeGreaterThan(3)
})
