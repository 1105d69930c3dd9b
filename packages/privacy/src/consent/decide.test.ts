import { Manifest, Receipt, parser } from '@overt/schema'
import { expect, test, vi } from 'vitest'

import { decide, type DecideOptions } from './decide.ts'
import { nowEpochMs, organisationManifest, scene, type Scene } from './fixture.ts'
import type { Grant } from './grant.ts'
import { generateKeyPair } from './keys.ts'
import { sampleManifest } from './sample.ts'
import { isManifest, isReceipt } from './shape.ts'

const dayMs = 86_400_000
const { sign, grant, keys, person }: Scene = await scene()
const local = await sign(sampleManifest({ origin: 'http://127.0.0.1:8080', nowEpochMs }))

interface Case {
  readonly manifest?: Partial<Manifest>
  readonly grant?: Partial<Grant>
  readonly purpose?: 'ground' | 'share' | 'automate'
  readonly nowEpochMs?: number
  readonly options?: Partial<DecideOptions>
}

/** The reason of the refusal, or `ok`. The organisation's manifest and a device's receipt, but for what the case changes. */
async function outcome(change: Case): Promise<string> {
  const manifest = await sign(organisationManifest(change.manifest))
  const receipt = await grant(manifest, { assurance: 'device', ...change.grant })
  const decision = await decide(receipt, manifest, change.purpose ?? 'ground', change.nowEpochMs ?? nowEpochMs, { keys, ...change.options })
  return decision.ok ? 'ok' : decision.reason
}

test('C2 what is no document is refused as a value', async () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const hostile = Object.defineProperty({}, 'v', { enumerable: true, get: () => { throw new Error('no') } }) // prettier-ignore
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown // as: JSON.parse gives any
  for (const bad of [
    null,
    undefined,
    1,
    'x',
    [],
    {},
    circular,
    1n,
    () => 1,
    hostile,
    deep,
    { ...local, apps: 'x'.repeat(300_000) },
    JSON.parse('{"__proto__":{"v":1}}'),
  ]) {
    expect(await decide({}, bad, 'ground', nowEpochMs, { keys })).toMatchObject({ ok: false, reason: 'malformed' })
    expect(await decide(bad, local, 'ground', nowEpochMs, { keys })).toMatchObject({ ok: false, reason: 'malformed' })
  }
  expect(await decide({ ...(await grant(local)), extra: 1 }, local, 'ground', nowEpochMs, { keys })).toMatchObject({ reason: 'malformed' })
})

test('C2 the hand-written shapes are those of the schema', async () => {
  const documents = [
    organisationManifest(),
    local,
    { ...local, id: 'a b' },
    { ...local, apps: [] },
    { ...local, version: 1.5 },
    { ...local, purposes: ['ground', 'ground'] },
    { ...local, hours: { days: [7], fromHour: 0, toHour: 24 } },
    { ...local, hours: { days: [6], fromHour: 0, toHour: 24 } },
    { ...local, noticeDays: -1 },
    { ...local, extra: 1 },
    { ...local, scope: 'all' },
  ]
  for (const document of documents) expect(isManifest(document)).toBe(parser(Manifest)(document).ok)
  const receipt = await grant(local)
  for (const document of [
    receipt,
    { ...receipt, follows: 'x' },
    { ...receipt, follows: 1 },
    { ...receipt, status: 'maybe' },
    { ...receipt, signature: '=' },
    { ...receipt, expiresAtEpochMs: -1 },
    { ...receipt, purposes: [] },
  ])
    expect(isReceipt(document)).toBe(parser(Receipt)(document).ok)
})

test('C3 only trusted, true signatures count, the council where it is named', async () => {
  const unsigned = organisationManifest()
  const receipt = await grant(unsigned, { assurance: 'device' })
  const refused = async (manifest: Manifest, options: DecideOptions = { keys }) => {
    const decision = await decide(receipt, manifest, 'ground', nowEpochMs, options)
    return decision.ok ? 'ok' : decision.reason
  }
  const signed = await sign(unsigned)
  expect(await refused(signed)).toBe('ok')
  expect(await refused(unsigned)).toBe('unsigned')
  expect(await refused(await sign(unsigned, 'council'))).toBe('unsigned')
  expect(await refused(signed, { keys: [] })).toBe('untrusted-key')
  expect(await refused(signed, { keys: keys.map((key) => ({ ...key, publicKey: person.publicKey })) })).toBe('bad-signature')
  expect(await refused({ ...signed, operator: { ...signed.operator, name: 'Other' } })).toBe('bad-signature')
  const council = { ...unsigned, councilKeyId: keys[1]?.keyId ?? null }
  expect(await refused(await sign(council))).toBe('council-signature')
  expect(await refused(await sign(await sign(council), 'council'))).toBe('manifest-mismatch')
})

test('C4 C5 a manifest holds from its notice period to its expiry, with a live assessment', async () => {
  expect(await outcome({})).toBe('ok')
  expect(await outcome({ manifest: { issuedAtEpochMs: nowEpochMs - 30 * dayMs + 1 } })).toBe('notice-period')
  expect(await outcome({ manifest: { issuedAtEpochMs: nowEpochMs - 30 * dayMs } })).toBe('ok')
  expect(await outcome({ manifest: { expiresAtEpochMs: nowEpochMs } })).toBe('manifest-expired')
  const assessment = organisationManifest().assessment
  expect(await outcome({ manifest: { assessment: { ...assessment, expiresAtEpochMs: nowEpochMs } } })).toBe('assessment')
  expect(await outcome({ manifest: { assessment: { ...assessment, stub: true } } })).toBe('assessment')
})

test('C6 a local manifest is for this machine', async () => {
  const reasonFor = async (origin: string) => {
    const manifest = await sign(sampleManifest({ origin, nowEpochMs }))
    const decision = await decide(await grant(manifest), manifest, 'ground', nowEpochMs, { keys })
    return decision.ok ? 'ok' : decision.reason
  }
  for (const origin of [
    'http://localhost',
    'http://127.0.0.1:80',
    'http://[::1]:3000',
    'https://demo.localhost',
    'http://127.9.9.9',
    'dataset:miniwob',
  ])
    expect(await reasonFor(origin)).toBe('ok')
  for (const origin of [
    'https://example.com',
    'http://10.0.0.1',
    'http://127.0.0.1.example.com',
    'https://localhost.example.com',
    'file:///var/x',
    'not a url',
  ])
    expect(await reasonFor(origin)).toBe('scope')
})

test('C7 C8 C9 C14 a receipt must be true, given, and in time', async () => {
  expect(await outcome({ options: { personKeys: [person.publicKey] } })).toBe('ok')
  expect(await outcome({ options: { personKeys: [(await generateKeyPair()).publicKey] } })).toBe('foreign-key')
  for (const status of ['refused', 'paused'] as const) expect(await outcome({ grant: { status } })).toBe('not-given')
  expect(await outcome({ grant: { status: 'withdrawn' } })).toBe('withdrawn')
  expect(await outcome({ grant: { status: 'renewed' } })).toBe('ok')
  expect(await outcome({ grant: { expiresAtEpochMs: nowEpochMs } })).toBe('expired')
  expect(await outcome({ nowEpochMs: nowEpochMs + 31 * dayMs })).toBe('expired')
  expect(await outcome({ nowEpochMs: nowEpochMs - 3_600_000 })).toBe('not-yet')
  await expect(outcome({ grant: { expiresAtEpochMs: nowEpochMs + 181 * dayMs } })).rejects.toMatchObject({ code: 'OVT-1104' })
  expect(await outcome({ manifest: { redaction: 999 } })).toBe('redaction')
})

test('C10 a receipt is for the very manifest that was shown', async () => {
  const shown = organisationManifest()
  const widened = await sign({ ...shown, purposes: ['ground', 'share'] })
  const decision = await decide(await grant(shown, { assurance: 'device' }), widened, 'ground', nowEpochMs, { keys })
  expect(decision).toMatchObject({ ok: false, reason: 'manifest-mismatch' })
  expect(
    await decide(await grant(await sign(shown), { assurance: 'device' }), await sign(shown), 'ground', nowEpochMs, { keys }),
  ).toMatchObject({ ok: true })
})

test.each([[undefined], [{}], [{ keys: { v: 1, keys } }], [null]])(
  'trusted keys that are none are refused as a value: %j',
  async (options) => {
    const manifest = await sign(sampleManifest({ origin: 'http://127.0.0.1:1', nowEpochMs }))
    const asked = decide(await grant(manifest), manifest, 'ground', nowEpochMs, options as never) // as: what no type allows
    expect(await asked).toEqual({ ok: false, reason: 'untrusted-key' })
  },
)

test('C11 purpose and modalities must be in both', async () => {
  expect(await outcome({ purpose: 'automate' })).toBe('purpose')
  expect(await outcome({ manifest: { purposes: ['ground', 'automate'] }, purpose: 'automate' })).toBe('purpose')
  expect(await outcome({ grant: { purposes: ['automate'] }, purpose: 'automate' })).toBe('purpose')
  expect(await outcome({ manifest: { purposes: ['automate'] }, grant: { purposes: ['automate'] }, purpose: 'automate' })).toBe('ok')
  expect(await outcome({ grant: { modalities: ['pixels'] } })).toBe('modality')
  expect(await outcome({ grant: { modalities: [] } })).toBe('modality')
})

test('C12 C20 an insecure page gets no permit, and a browser that opts out shares nothing', async () => {
  expect(await outcome({ options: { secure: false } })).toBe('insecure')
  const share = { manifest: { purposes: ['share'] }, grant: { purposes: ['share'] }, purpose: 'share' } as const
  expect(await outcome({ ...share, manifest: { purposes: ['share'] }, grant: { purposes: ['share'] } })).toBe('ok')
  vi.stubGlobal('isSecureContext', false)
  expect(await outcome({})).toBe('insecure')
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', { globalPrivacyControl: true })
  expect(await outcome({ ...share, manifest: { purposes: ['share'] }, grant: { purposes: ['share'] } })).toBe('opt-out')
  expect(await outcome({})).toBe('ok')
  vi.unstubAllGlobals()
})

test('C13 local and public-dataset receipts hold for their own places only', async () => {
  expect(await outcome({ grant: { assurance: 'local' } })).toBe('assurance')
  expect(await outcome({ grant: { assurance: 'public-dataset' } })).toBe('assurance')
  const published = await sign(sampleManifest({ origin: 'dataset:miniwob', nowEpochMs, purposes: ['ground', 'evaluate', 'automate'] }))
  const receipt = await grant(published, { assurance: 'public-dataset', purposes: ['ground', 'evaluate', 'automate'] })
  const decided = (purpose: 'ground' | 'evaluate' | 'automate') => decide(receipt, published, purpose, nowEpochMs, { keys })
  expect(await decided('evaluate')).toMatchObject({ ok: true })
  expect(await decided('automate')).toMatchObject({ reason: 'assurance' })
  vi.stubGlobal('document', {})
  expect(await decided('ground')).toMatchObject({ reason: 'assurance' })
  vi.unstubAllGlobals()
})
