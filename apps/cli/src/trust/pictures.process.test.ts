import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openStore, permitFor } from '@overt/data'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// Each rule starts the program several times.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** One grey pixel. */
const image = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'
const dir = mkdtempSync(join(tmpdir(), 'overt-pictures-'))
const data = join(dir, 'data')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly told: Record<string, unknown>
  readonly words: string
}

async function overt(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args, '--data', data, '--json'], { cwd: dir })
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, told: JSON.parse(out), words }
}

const names: string[] = []

beforeAll(async () => {
  const { told } = await overt('device', 'enrol', '--person', 'ada', '--origin', 'http://127.0.0.1:8080')
  const { receipt } = told as { receipt: { id: string } }
  const store = await openStore(data)
  const permit = await permitFor(store, receipt.id, 'ground')
  if (!permit.ok) throw new Error(permit.explain)
  const pictures = [0, 1, 2].map((id) => ({ id, format: 'webp', image }))
  const bytes = Buffer.from(JSON.stringify({ id: 'batch-0001', session: 'session-1', pictures, counters: {} }))
  const contentSha256 = createHash('sha256').update(bytes).digest('hex')
  const kept = { kind: 'batch', id: 'batch-0001', form: 'overt.batch/1', person: 'ada', session: 'session-1', device: 'device-1' } as const
  const counted = { events: 1, observations: 1, pictures: 3, tasks: 0, atEpochMs: store.nowEpochMs() }
  const of = { contentSha256, mode: 'task', origin: 'http://127.0.0.1:8080', receipt: receipt.id } as const
  await store.append(permit.value, bytes, { ...kept, ...counted, ...of })
  const { idHash = '' } = store.rows()[0] ?? {}
  store.keys.judge(idHash, 0, { verdict: 'found', findings: [{ kind: 'card', box: [30, 120, 200, 16] }] })
  store.keys.judge(idHash, 1, { verdict: 'unread', findings: [] })
  names.push(`${idHash}-0`, `${idHash}-1`, `${idHash}-2`)
  await store.close()
})

const listed = async () =>
  ((await overt('pictures', 'list', '--purpose', 'ground')).told['pictures'] as { name: string }[]).map((one) => one.name)

test('a held picture is listed, looked at, released, and the ledger has each of it; one that is not held is not found', async () => {
  const [held = '', unread = '', unchecked = ''] = names
  expect(await listed()).toEqual([held, unread])
  const out = join(dir, 'looked.webp')
  expect((await overt('pictures', 'show', held, '--purpose', 'ground', '--out', out)).code).toBe(0)
  expect([readFileSync(out, 'base64'), statSync(out).mode & 0o777]).toEqual([image, 0o600])
  expect(await overt('pictures', 'show', unread, '--purpose', 'ground', '--out', out)).toMatchObject({
    code: 3,
    told: { error: { code: 'OVT-1311' } },
  })
  expect(await overt('pictures', 'release', held, '--purpose', 'ground')).toMatchObject({
    code: 0,
    told: { act: 'released', found: { card: 1 } },
  })
  expect(await listed()).toEqual([unread])
  for (const name of [held, unchecked, 'nothing'])
    expect(await overt('pictures', 'release', name, '--purpose', 'ground')).toMatchObject({
      code: 5,
      told: { error: { code: 'OVT-1747' } },
    })
  expect(await overt('pictures', 'release', unread, '--purpose', 'share')).toMatchObject({ code: 5, told: { error: { code: 'OVT-1747' } } })
  expect((await overt('pictures', 'release', unread)).code).toBe(2)
  const { told } = await overt('ledger', 'show')
  const about = (told['entries'] as { kind: string; body: object }[]).filter(({ kind }) => ['read', 'picture'].includes(kind))
  const looks = ['held pictures', 'batches']
  expect(about.slice(0, 3).map(({ kind, body }) => [kind, 'what' in body ? body.what : ''])).toEqual([
    ...looks.map((what) => ['read', what]),
    ['picture', ''],
  ])
  const looked = about.filter(({ body }) => 'what' in body && body.what === 'batches')
  expect(looked, 'what could not be written was not looked at').toHaveLength(1)
})

test('a destroyed picture leaves the folder, and what was recorded with it stays', async () => {
  const [, unread = ''] = names
  expect(await overt('pictures', 'destroy', unread, '--purpose', 'ground')).toMatchObject({ code: 0, told: { act: 'destroyed', left: [] } })
  expect(await listed()).toEqual([])
  const store = await openStore(data)
  expect(store.rows().map(({ id, pictures }) => [id, pictures])).toEqual([['batch-0001', 2]])
  await store.close()
  expect((await overt('ledger', 'verify')).told).toMatchObject({ ok: true })
  const withdrawn = await overt('receipt', 'withdraw', '--person', 'ada')
  expect(withdrawn.code).toBe(0)
  expect(await overt('pictures', 'list', '--purpose', 'ground')).toMatchObject({ code: 4, told: { error: { code: 'OVT-1715' } } })
})
