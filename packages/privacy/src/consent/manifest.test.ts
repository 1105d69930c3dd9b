import type { Manifest } from '@overt/schema'
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

test('C15 patterns: * within a part, ** across, and time that does not run away (attack 12)', () => {
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

test('C19 no field of a manifest changes without a sentence, and weaker redaction is a widening (attack 39)', () => {
  const before: Manifest = organisationManifest({ redaction: 2 })
  const changes: Partial<Manifest> = {
    redaction: 1,
    only: { network: ['office'] },
    notices: [{ jurisdiction: 'US-NY', sha256: '11'.repeat(32) }],
    exemptions: [{ part: 'directors', people: 12 }],
    fields: ['click.x'],
    hours: { days: [1], fromHour: 8, toHour: 18 },
    id: 'other',
    scope: 'local',
    councilKeyId: 'abc',
    legalBasis: 'works agreement',
    recipients: ['A labeller'],
    operator: { name: 'Other', contact: '' },
    noticeDays: 1,
    expiresAtEpochMs: 1,
    assessment: { ...before.assessment, stub: true },
  }
  for (const [key, value] of Object.entries(changes))
    expect([key, diffManifests(before, { ...before, [key]: value }).length > 0]).toEqual([key, true])
  expect(diffManifests(before, { ...before, redaction: 1 })).toEqual(['Wider: weaker redaction, version 1 instead of 2.'])
  const atHome = { ...before, apps: before.apps.map((app) => ({ ...app, only: { network: ['office', 'home'] } })) }
  const inOffice = { ...before, apps: before.apps.map((app) => ({ ...app, only: { network: ['office'] } })) }
  expect(diffManifests(inOffice, atHome)).toEqual(['Wider: "Back office" holds for network office, home instead of office.'])
  expect(diffManifests(atHome, inOffice)).toEqual(['Narrower: "Back office" holds for network office instead of office, home.'])
})
