import { expect, test } from 'vitest'

import { beginMemory, checkSeen } from './check-own.ts'
import { openTrialLog, type TrialLog } from './fixture.ts'
import type { Act, OwnMemory } from './own.ts'

const who = 'a1'.repeat(32)
const hourMs = 3_600_000
const nowEpochMs = 1_800_000_000_000

interface Page {
  readonly log: TrialLog
  memory: OwnMemory
  append(kind: string, body: object, name?: string | null): Promise<unknown>
  /** Kinds of what a check finds. */
  kinds(acts?: readonly Act[], change?: { readonly note?: string; readonly hide?: number }): Promise<readonly string[]>
}

async function openPage(): Promise<Page> {
  const log = await openTrialLog()
  const page: Page = {
    log,
    memory: await beginMemory({ name: log.name, publicKey: log.keyPair.publicKey }, nowEpochMs),
    append: (kind, body, name = who) => log.append(kind, body, name, nowEpochMs + log.lines.length * 1_000),
    async kinds(acts = [], { note, hide = -1 } = {}) {
      const lines = log.lines.filter((line, at) => at !== hide && line.includes(who))
      const shown = {
        nowEpochMs: nowEpochMs + hourMs,
        witnessed: [],
        note: note ?? (await log.note()),
        readTile: log.readTile,
        offered: null,
      }
      const answer = { who, lines, opened: [] }
      const { findings, memory } = await checkSeen(page.memory, { ...shown, answer }, { acts, manifests: [] })
      page.memory = memory
      return findings.map(({ kind }) => kind)
    },
  }
  await page.append('segment', { record: 'of somebody else' }, 'b2'.repeat(32))
  await page.append('receipt', { status: 'given', receipt: 'r1' })
  await page.append('segment', { record: 's1' })
  await page.append('read', { reader: 'person', why: 'ground', what: 'sessions' })
  await page.append('read', { reader: 'dataset build', why: 'ground' })
  return page
}

const look: Act = { kind: 'read', atEpochMs: nowEpochMs + 3_000 }

test('L11 a page that sent nothing finds nothing wrong with an honest log, from one check to the next', async () => {
  const page = await openPage()
  expect(await page.kinds([look])).toEqual([])
  await page.append('receipt', { status: 'renewed', receipt: 'r2' })
  await page.append('segment', { record: 's2' })
  await page.append('withdrawal', { ended: ['r1', 'r2'] })
  await page.append('read', { reader: 'person', why: 'ground' })
  await page.append('erasure', { scope: 'person' })
  const done: readonly Act[] = [
    look,
    { kind: 'withdrawal', atEpochMs: nowEpochMs + 7_000 },
    { kind: 'erasure', atEpochMs: nowEpochMs + 9_000 },
  ]
  expect(await page.kinds(done)).toEqual([])
  expect(page.memory.followed.size).toBe(10)
})

test('L11 what was stored or used outside a yes, or after all was erased, is found', async () => {
  for (const [kind, body, found] of [
    ['segment', { record: 's9' }, 'outside-consent'],
    ['read', { reader: 'dataset build', why: 'ground' }, 'used-after'],
    ['export', { format: 'hf' }, 'used-after'],
  ] as const) {
    const page = await openPage()
    await page.append('withdrawal', { ended: ['r1'] })
    await page.append(kind, body)
    expect(await page.kinds()).toEqual([found])
  }
  const page = await openPage()
  await page.append('withdrawal', { status: 'withdrawn', receipt: 'w1' })
  await page.append('segment', { record: 's9' })
  expect(await page.kinds()).toEqual(['outside-consent'])
  const erased = await openPage()
  await erased.append('erasure', { scope: 'person' })
  await erased.append('read', { reader: 'dataset build', why: 'ground' })
  expect(await erased.kinds()).toEqual(['kept'])
})

test('L11 what the person did and no entry says is found, as many times as it is missing', async () => {
  const page = await openPage()
  expect(await page.kinds([look, look])).toEqual(['unrecorded-read'])
  expect(await page.kinds([{ ...look, what: 'sessions' }])).toEqual([])
  expect(await page.kinds([{ ...look, what: 'batches' }])).toEqual(['unrecorded-read'])
  expect(
    await page.kinds([
      { kind: 'withdrawal', atEpochMs: nowEpochMs },
      { kind: 'erasure', atEpochMs: nowEpochMs },
    ]),
  ).toEqual(['not-withdrawn', 'not-erased'])
})

test('L11 a log that was rolled back, forked, signed by another key or shown in part is found', async () => {
  const page = await openPage()
  expect(await page.kinds([], { hide: 2 })).toEqual(['withheld'])
  const seen = page.memory
  const older = await page.log.fork(3)
  expect(await page.kinds([], { note: await older.note() })).toEqual(['rolled-back'])
  const other = await openTrialLog(page.log.name)
  for (const line of page.log.lines) await other.append('read', { line })
  expect(await page.kinds([], { note: await other.note() })).toEqual(['unsigned'])
  expect(page.memory).toBe(seen)
})
