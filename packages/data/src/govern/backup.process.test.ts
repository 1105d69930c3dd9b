import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { finishActs } from '../finish.ts'
import { enrolledStore, sampleBatch, scratchFolder, signedRequest } from '../ingest/fixture.ts'
import { createIngest, ingestBatch } from '../ingest/ingest.ts'
import { openStore } from '../store/open-store.ts'
import { permitsFor } from '../store/permits.ts'
import { selectUnfinished } from '../store/unfinished.ts'
import { backUp } from './backup.ts'
import { clearDraft } from './draft.ts'
import { eraseData } from './erase.ts'
import { restore } from './restore.ts'
import { restrictUse } from './restrict.ts'

let folder: ReturnType<typeof scratchFolder>

const at = (...names: string[]): string => join(folder.dir, ...names)

beforeEach(async () => {
  folder = scratchFolder()
  const { store, enrolment } = await enrolledStore(at('data'))
  const body = JSON.stringify(sampleBatch(enrolment, 'batch-a1'))
  await ingestBatch(createIngest(store), await signedRequest(enrolment, body))
  await store.close()
})

afterEach(() => folder.remove())

/** Kills its process, or stops it, right after the first call of a function of `node:fs` with these arguments, as far as they are texts. */
const killer = (name: string, args: readonly string[], signal = 'SIGKILL'): string => `
  import fs from 'node:fs'
  import { syncBuiltinESMExports } from 'node:module'
  const own = fs[${JSON.stringify(name)}]
  let done = false
  fs[${JSON.stringify(name)}] = (...given) => {
    const result = own(...given)
    if (${JSON.stringify(args)}.every((arg, place) => given[place] === arg) && !done) {
      done = true
      process.kill(process.pid, ${JSON.stringify(signal)})
    }
    return result
  }
  syncBuiltinESMExports()`

const program = (name: string): string => JSON.stringify(join(import.meta.dirname, name))

function running(script: string, hooked: string): ChildProcess {
  const hook = `data:text/javascript,${encodeURIComponent(hooked)}`
  return spawn(process.execPath, ['--import', hook, '--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'inherit'] })
}

async function killed(script: string, name: string, args: readonly string[]): Promise<void> {
  const child = running(script, killer(name, args))
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
}

async function stopped(child: ChildProcess): Promise<void> {
  await vi.waitUntil(() => readFileSync(`/proc/${child.pid}/stat`, 'utf8').includes(') T '), { timeout: 30_000 })
}

const backingUp = (): string => `
  import { backUp } from ${program('backup.ts')}
  import { openStore } from ${program('../store/open-store.ts')}
  await backUp(await openStore(${JSON.stringify(at('data'))}), ${JSON.stringify({ data: at('backup'), keys: at('keys') })})`

const reached: readonly string[] = []
const named = [expect.stringContaining('it is not there')]

test.each<[string, string, () => readonly string[], readonly unknown[]]>([
  ['before its first file', 'mkdirSync', () => [at('keys')], named],
  ['once the keys lie there', 'readdirSync', () => [at('keys')], reached],
  ['once it is whole', 'renameSync', () => [at('keys', 'backup.json.new')], reached],
])('an erasure reaches, or names, the keys of a backup that is killed %s', async (_, name, args, told) => {
  await killed(backingUp(), name, args())
  const store = await openStore(at('data'))
  expect(store.rows().map(({ id }) => id)).toEqual(['batch-a1'])
  expect((await eraseData(store, { person: 'ada' })).left).toEqual(told)
  await store.close()
  expect(existsSync(at('keys', 'keys.sqlite'))).toBe(told === reached)
  const bytes = readdirSync(at('keys')).map((file) => readFileSync(at('keys', file), 'latin1'))
  expect(bytes.join('')).not.toContain('batch-a1')
})

test('a backup that was killed once it was whole brings nothing back that was erased since', async () => {
  await killed(backingUp(), 'renameSync', [at('keys', 'backup.json.new')])
  const store = await openStore(at('data'))
  await eraseData(store, { person: 'ada' })
  await store.close()
  expect((await restore({ data: at('backup'), keys: at('keys'), dir: at('restored') })).records).toBe(0)
})

const restoring = (): string => `
  import { restore } from ${program('restore.ts')}
  await restore(${JSON.stringify({ data: at('backup'), keys: at('keys'), dir: at('restored') })})`

test('a restore that is killed once its folder is there has its entry in the ledger', async () => {
  const store = await openStore(at('data'))
  await backUp(store, { data: at('backup'), keys: at('keys') })
  await store.close()
  await killed(restoring(), 'renameSync', [at('restored.restoring'), at('restored')])
  const again = await openStore(at('restored'))
  const kinds = (await Array.fromAsync(again.ledger.entries(0))).map(({ kind }) => kind)
  expect([again.rows().length, kinds.filter((kind) => kind === 'restore').length]).toEqual([1, 1])
  expect((await again.ledger.verify()).ok).toBe(true)
  await again.close()
})

test('what a restore is killed over is its owner’s alone, also of a backup that everybody reads', async () => {
  const store = await openStore(at('data'))
  await backUp(store, { data: at('backup'), keys: at('keys') })
  await store.close()
  for (const path of ['backup', 'keys', 'keys/keys.sqlite', 'backup/control.sqlite']) chmodSync(at(path), 0o755)
  await killed(restoring(), 'cpSync', [at('keys', 'keys.sqlite'), at('restored.restoring', 'keys.sqlite.unread')])
  expect(statSync(at('restored.restoring')).mode & 0o077).toBe(0)
})

type Halfway = [string, string, () => readonly string[]]
/** What a restore is killed at. */
const halfway: readonly [Halfway, ...Halfway[]] = [
  ['before its keys can be opened', 'cpSync', () => [at('keys', 'keys.sqlite'), at('restored.restoring', 'keys.sqlite.unread')]],
  ['once they can', 'renameSync', () => [at('restored.restoring', 'keys.sqlite.unread'), at('restored.restoring', 'keys.sqlite')]],
  ['once all of it is there', 'readdirSync', () => [at('restored.restoring')]],
]

async function backUpAll(): Promise<void> {
  const store = await openStore(at('data'))
  await backUp(store, { data: at('backup'), keys: at('keys') })
  await store.close()
}

test.each(halfway)('of what a restore leaves that is killed %s the keys are overwritten, and all is removed', async (_, name, args) => {
  await backUpAll()
  await killed(restoring(), name, args())
  const keys = readdirSync(at('restored.restoring')).filter((file) => /^keys|\.key$/.test(file))
  expect(keys).toEqual(expect.arrayContaining(['ledger.key', 'tenant.key', expect.stringMatching(/^keys\.sqlite/)]))
  for (const file of keys) linkSync(at('restored.restoring', file), at(`seen-${file}`))
  expect(await clearDraft(at('restored'))).toBe(at('restored.restoring'))
  expect(existsSync(at('restored.restoring'))).toBe(false)
  for (const file of keys) expect(readFileSync(at(`seen-${file}`)).every((byte) => byte === 0)).toBe(true)
  expect(await clearDraft(at('restored'))).toBe(null)
})

test('the next restore says what the one before left, and makes the folder', async () => {
  await backUpAll()
  const [[, name, args]] = halfway
  await killed(restoring(), name, args())
  await expect(openStore(at('restored.restoring'))).rejects.toMatchObject({ code: 'OVT-1307' })
  const again = () => restore({ data: at('backup'), keys: at('keys'), dir: at('restored') })
  expect(await again()).toMatchObject({ records: 1, cleared: at('restored.restoring') })
  expect(existsSync(at('restored.restoring'))).toBe(false)
})

/** What a restore is stopped at that lives: it may be anywhere, between its steps too. */
const living: readonly Halfway[] = [
  ['before a byte of it is there', 'fsyncSync', () => []],
  ...halfway,
  ['before it is entered', 'chmodSync', () => [at('restored.restoring')]],
  ['before it takes its place', 'rmdirSync', () => [at('restored')]],
]

test.each(living)('what a restore is making still is left alone: %s', async (_, name, args) => {
  await backUpAll()
  mkdirSync(at('restored'))
  const child = running(restoring(), killer(name, args(), 'SIGSTOP'))
  const ended = once(child, 'exit')
  await stopped(child)
  const cleared: unknown = await clearDraft(at('restored')).catch((error: unknown) => error)
  child.kill('SIGCONT')
  await ended
  expect(cleared).toMatchObject({ kind: 'locked' })
  expect(existsSync(at('restored', 'keys.sqlite'))).toBe(true)
  expect(readdirSync(at('restored')).filter((name) => name.includes('restoring'))).toEqual([])
})

test('a restore that finds another one there, which lives, takes nothing of it, and that one ends whole', async () => {
  await backUpAll()
  mkdirSync(at('restored'))
  const child = running(restoring(), killer('rmdirSync', [at('restored')], 'SIGSTOP'))
  const ended = once(child, 'exit')
  await stopped(child)
  const second: unknown = await restore({ data: at('backup'), keys: at('keys'), dir: at('restored') }).catch((error: unknown) => error)
  child.kill('SIGCONT')
  await ended
  expect(second).toMatchObject({ kind: 'locked' })
  const store = await openStore(at('restored'))
  expect(store.rows().map(({ id }) => id)).toEqual(['batch-a1'])
  await store.close()
})

test('a folder that a restore was killed over once it was in its place is nobody’s draft, whatever it is called', async () => {
  await backUpAll()
  const [dir, draft] = [at('live.restoring'), at('live.restoring.restoring')]
  const script = restoring().replace(JSON.stringify(at('restored')), JSON.stringify(dir))
  await killed(script, 'renameSync', [draft, dir])
  await expect(clearDraft(at('live'))).rejects.toMatchObject({ kind: 'invalid' })
  const store = await openStore(dir)
  expect(store.rows().map(({ id }) => id)).toEqual(['batch-a1'])
  await store.close()
})

const acting = (act: string): string => `
  import { withdrawReceipt } from ${program('consent.ts')}
  import { restrictUse } from ${program('restrict.ts')}
  import { stopAll } from ${program('stop.ts')}
  import { openStore } from ${program('../store/open-store.ts')}
  const store = await openStore(${JSON.stringify(at('data'))})
  await ${act}`

test.each([
  ['a withdrawal', `withdrawReceipt(store, { person: 'ada' })`, 'withdrawal', { agrees: false, restricted: false }],
  ['a restriction', `restrictUse(store, 'ada', true)`, 'restriction', { agrees: false, restricted: true }],
  ['a stop', `stopAll(store, 'an officer', 'a look')`, 'kill', { agrees: false, restricted: false }],
  ['the end of one', `restrictUse(store, 'ada', false)`, 'restriction', { agrees: true, restricted: false }],
])(
  '%s that is killed before it reaches the copies of the keys reaches them once the folder is opened again',
  async (name, act, kind, stands) => {
    let store = await openStore(at('data'))
    if (name === 'the end of one') await restrictUse(store, 'ada', true)
    const before = store.ledger.size
    await backUp(store, { data: at('backup'), keys: at('keys') })
    await store.close()
    await killed(acting(act), 'existsSync', [at('keys', 'backup.json')])
    store = await openStore(at('data'))
    expect(await finishActs(store)).toEqual([`an act that was cut off is finished: ${kind}`])
    expect((await Array.fromAsync(store.ledger.entries(before))).map((entry) => entry.kind)).toEqual(['backup', kind])
    expect(selectUnfinished(store.control)).toEqual([])
    await store.close()
    await restore({ data: at('backup'), keys: at('keys'), dir: at('restored') })
    const again = await openStore(at('restored'))
    const agreed = (await Array.fromAsync(permitsFor(again, 'ground'))).length > 0
    expect({ agrees: agreed, restricted: again.isRestricted('ada') }).toEqual(stands)
    await again.close()
  },
)

test('a withdrawal that is finished says in its entry which copies it could not be carried into', async () => {
  let store = await openStore(at('data'))
  await backUp(store, { data: at('backup'), keys: at('keys') })
  await store.close()
  await killed(acting(`withdrawReceipt(store, { person: 'ada' })`), 'existsSync', [at('keys', 'backup.json')])
  renameSync(at('keys'), at('elsewhere'))
  store = await openStore(at('data'))
  expect(await finishActs(store)).toEqual([expect.stringContaining('withdrawal'), expect.stringContaining(at('keys'))])
  const last = (await Array.fromAsync(store.ledger.entries())).at(-1)
  expect(last).toMatchObject({ kind: 'withdrawal', body: { receipts: 1, missedBackups: 1 } })
  await store.close()
})
