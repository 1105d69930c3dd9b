import { askOwn, beginMemory, checkOwn, type Finding, type Own, type OwnMemory, parseVerifierKey, patienceMs } from '@overt/privacy/ledger'

import type { Enrolment } from '../talk/enrolment.ts'
import { deviceKey } from '../worker/keys.ts'
import { managed, recall, recallBrief, remember } from '../worker/memory.ts'
import { answerOf, complete } from '../worker/vault.ts'
import { type ServerAsking, serverAsking } from './asking.ts'
import { openSentLog } from './sent-log.ts'
import { isBroken, tellMore } from './told.ts'

/** What is kept between two checks. */
interface Diary {
  readonly memory: OwnMemory
  /** Entries before this index were there before this machine looked for the first time. */
  readonly before: number
}

/** What became of a check. `later`: the server did not show its ledger, which is not judged yet. */
export type Checked = 'fine' | 'broken' | 'later' | 'none'

/** The person's own check of the server that their work goes to, by the ledger. What it finds is kept, and told until they have decided. */
export function checkLedger(vault: IDBDatabase, nowEpochMs: () => number): Promise<Checked> {
  // One at a time: two would each go on from the same place.
  return navigator.locks.request('ledger', () => checkInTurn(vault, nowEpochMs))
}

async function checkInTurn(vault: IDBDatabase, nowEpochMs: () => number): Promise<Checked> {
  const [{ enrolment }, key, policy] = await Promise.all([recall(), deviceKey(vault), managed()])
  if (enrolment === null || key === null) return 'none'
  const stated = policy instanceof Object ? policy.manifestUrl : ''
  const asking = serverAsking(enrolment, key, stated === '' ? `${enrolment.endpoint}/v1/consent` : stated, nowEpochMs)
  const own = await ownOf(vault, enrolment)
  const diary = (await readDiary(vault, enrolment)) ?? (await firstDiary(asking, nowEpochMs()))
  if (diary === null) return unseen(own, nowEpochMs(), [neverShown])
  const known: Own = { ...own, elsewhere: { before: diary.before, entries: (await recall()).vouched } }
  const shown = await askOwn(diary.memory, known, asking)
  const { memory, findings } = await checkOwn(diary.memory, shown, known)
  if (memory === diary.memory && !findings.some(({ kind }) => otherLog.has(kind))) return unseen(own, nowEpochMs(), findings)
  // All that is there when this machine looks for the first time was there before it.
  await keepDiary(vault, enrolment, { memory, before: Math.min(diary.before, memory.followed.size) })
  await remember({ unseenSinceEpochMs: 0 })
  return tell(findings, nowEpochMs(), false)
}

/** What is shown is not the log that was followed so far. */
const otherLog: ReadonlySet<Finding['kind']> = new Set(['unsigned', 'rolled-back', 'forked'])
const neverShown: Finding = { kind: 'withheld', problem: 'the server takes recordings and has never shown its ledger', index: null }

async function firstDiary(asking: ServerAsking, nowEpochMs: number): Promise<Diary | null> {
  const answer = await asking.own({ fromIndex: 0, names: [], batches: [] })
  const log = await parseVerifierKey(answer?.log ?? '')
  return log === undefined ? null : { memory: await beginMemory(log, nowEpochMs), before: Infinity }
}

/** A ledger that is not shown is a finding only where the server is there and takes what is recorded: a machine that is offline has nothing to fear. */
async function unseen(own: Own, nowEpochMs: number, found: readonly Finding[]): Promise<Checked> {
  const { unseenSinceEpochMs } = await recall()
  if (unseenSinceEpochMs === 0) await remember({ unseenSinceEpochMs: nowEpochMs })
  const takes = own.sent.some(({ ackedAtEpochMs }) => ackedAtEpochMs !== null && ackedAtEpochMs > unseenSinceEpochMs)
  if (unseenSinceEpochMs === 0 || nowEpochMs - unseenSinceEpochMs < patienceMs || !takes) return 'later'
  return tell(found, nowEpochMs, true)
}

async function tell(found: readonly Finding[], nowEpochMs: number, passing: boolean): Promise<Checked> {
  const { findings } = await recall()
  const told = tellMore(findings, found, { epochMs: nowEpochMs, passing })
  await remember({ findings: told, checkedAtEpochMs: nowEpochMs })
  return isBroken(told) ? 'broken' : passing ? 'later' : 'fine'
}

async function ownOf(vault: IDBDatabase, { receipt, manifest, deviceId }: Enrolment): Promise<Own> {
  const [{ sent, erased }, { lostSigns }] = await Promise.all([openSentLog(vault).of(deviceId), recallBrief()])
  return { receipts: [receipt], withdrawn: [], devices: [deviceId], sent, erased, looked: [], manifests: [manifest], stopped: lostSigns }
}

async function readDiary(vault: IDBDatabase, { deviceId }: Enrolment): Promise<Diary | null> {
  const found: Diary | undefined = await answerOf(vault.transaction('diary').objectStore('diary').get(deviceId))
  return found ?? null
}

/** One at a time: with a new agreement this machine is a new device, and what the one before it saw is no more of use. */
async function keepDiary(vault: IDBDatabase, { deviceId }: Enrolment, diary: Diary): Promise<void> {
  const transaction = vault.transaction('diary', 'readwrite')
  const store = transaction.objectStore('diary')
  store.clear()
  store.put(diary, deviceId)
  await complete(transaction)
  await openSentLog(vault).keepOnly(deviceId)
}
