import assert from 'node:assert/strict'

import { type Permit, PrivacyError } from '@overt/privacy'
import type { Purpose } from '@overt/schema'

import { sha256Hex } from './cipher.ts'
import type { Envelope } from './envelope.ts'
import { DataError } from './error.ts'
import type { Ledger } from './ledger.ts'
import type { Store } from './store.ts'

/** What every adapter has of a store: this one, or one over a log, objects and a database of others. */
export interface ContractStore extends Pick<Store, 'append' | 'batches' | 'sessions' | 'rows' | 'openable'> {
  readonly ledger: Pick<Ledger, 'size' | 'entries' | 'whoIs'>
}

/** What an adapter's own test gives to the suite. */
export interface ContractSetup {
  readonly store: ContractStore
  /** A new permit for one of two people, `ada` and `bob`, whose receipts give `ground` alone. */
  readonly permit: (person: 'ada' | 'bob', purpose?: Purpose) => Promise<Permit>
  /** Withdraws all receipts of a person. */
  readonly withdraw: (person: string) => Promise<void>
  /** Erases all that a person recorded. */
  readonly erase: (person: string) => Promise<void>
  /** Begins or lifts a person's restriction. */
  readonly restrict: (person: string, restricted: boolean) => Promise<void>
  /** Frees the room of what can't be read any more, as the adapter's own job does. */
  readonly reclaim: () => Promise<void>
  /** Closes the store and opens what it kept, as a new process would. */
  readonly reopen: () => Promise<ContractStore>
}

/** One rule that every adapter keeps. */
export interface ContractRule {
  readonly title: string
  run(setup: ContractSetup): Promise<void>
}

/** The rules of a store: each adapter's test runs all of them, each on a fresh store. */
export function storeContract(): readonly ContractRule[] {
  return [
    { title: 'what was stored is read back, under its person’s permit, after a new start too', run: readsBack },
    { title: 'the same id with the same content is a duplicate, with another a conflict, before and after a new start', run: dedupes },
    { title: 'concurrent appends of one batch store it once', run: storesOnce },
    { title: 'a permit of one person neither reads nor writes another person’s work', run: keepsApart },
    { title: 'every read is an entry of the ledger, made before the first batch is handed out', run: entersReads },
    { title: 'a withdrawn permit neither reads nor writes', run: obeysWithdrawal },
    { title: 'a withdrawal ends a read that is under way', run: stopsReading },
    { title: 'after an erasure nothing is found, the ciphertexts do not open, and what comes late is refused', run: erases },
    { title: 'what is restricted is kept and neither read nor added to, until it is lifted', run: restricts },
    {
      title: 'the room of erased work is freed, everybody else’s work is as it was, and what was erased is not stored anew',
      run: reclaims,
    },
    { title: 'an erased batch that is sent again is not stored anew', run: staysErased },
  ]
}

/** A batch as the store sees it: an id, bytes, and what it is bound to. */
export function contractBatch(permit: Permit, id: string, text = `content of ${id}`): [Uint8Array, Envelope] {
  const bytes = Buffer.from(JSON.stringify({ id, text }))
  const envelope: Envelope = {
    kind: 'batch',
    id,
    contentSha256: sha256Hex(bytes),
    form: 'overt.batch/1',
    person: permit.person,
    session: 'session-1',
    device: 'device-1',
    mode: 'task',
    origin: 'http://127.0.0.1:4748',
    receipt: permit.receipt,
    atEpochMs: Date.now(),
    events: 3,
    observations: 1,
    tasks: 1,
  }
  return [bytes, envelope]
}

async function ids(store: ContractStore, permit: Permit): Promise<string[]> {
  const batches = await Array.fromAsync(store.batches(permit, { reader: 'contract' }))
  return batches.map((batch) => batch.id)
}

const refusedPermit = (cause: unknown): boolean => (cause instanceof DataError && cause.kind === 'permit') || cause instanceof PrivacyError

async function readsBack({ store, permit, reopen }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  for (const id of ['batch-a1', 'batch-a2', 'batch-a3']) assert.equal(await store.append(ada, ...contractBatch(ada, id)), 'stored')
  assert.deepEqual(await ids(store, ada), ['batch-a1', 'batch-a2', 'batch-a3'])
  const again = await reopen()
  assert.deepEqual(await ids(again, await permit('ada')), ['batch-a1', 'batch-a2', 'batch-a3'])
  const [session] = await again.sessions(await permit('ada'))
  assert.deepEqual([session?.batches, session?.events, session?.tasks], [3, 9, 3])
}

async function dedupes({ store, permit, reopen }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  assert.equal(await store.append(ada, ...contractBatch(ada, 'batch-1')), 'stored')
  assert.equal(await store.append(ada, ...contractBatch(ada, 'batch-1')), 'duplicate')
  assert.equal(await store.append(ada, ...contractBatch(ada, 'batch-1', 'another')), 'conflict')
  const again = await reopen()
  const anew = await permit('ada')
  assert.equal(await again.append(anew, ...contractBatch(anew, 'batch-1')), 'duplicate')
  assert.equal(await again.append(anew, ...contractBatch(anew, 'batch-1', 'another')), 'conflict')
  assert.deepEqual(await ids(again, anew), ['batch-1'])
}

async function storesOnce({ store, permit }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.append(ada, ...contractBatch(ada, 'batch-1'))))
  assert.equal(outcomes.filter((outcome) => outcome === 'stored').length, 1)
  assert.equal(outcomes.filter((outcome) => outcome === 'duplicate').length, 19)
  assert.deepEqual(await ids(store, ada), ['batch-1'])
}

async function keepsApart({ store, permit }: ContractSetup): Promise<void> {
  const [ada, bob] = [await permit('ada'), await permit('bob')]
  await store.append(ada, ...contractBatch(ada, 'batch-a'))
  await store.append(bob, ...contractBatch(bob, 'batch-b'))
  assert.deepEqual(await ids(store, ada), ['batch-a'])
  assert.deepEqual(await ids(store, bob), ['batch-b'])
  await assert.rejects(store.append(bob, ...contractBatch(ada, 'batch-c')), refusedPermit)
  assert.deepEqual(await ids(store, ada), ['batch-a'])
}

async function entersReads({ store, permit }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  await store.append(ada, ...contractBatch(ada, 'batch-1'))
  const before = store.ledger.size
  for await (const batch of store.batches(ada, { reader: 'contract', session: 'session-1' })) {
    const entries = await Array.fromAsync(store.ledger.entries(before))
    assert.deepEqual([batch.id, entries.map((entry) => entry.kind)], ['batch-1', ['read']])
    assert.equal(entries[0]?.who, store.ledger.whoIs('ada'))
    assert.deepEqual([entries[0]?.body['why'], entries[0]?.body['reader']], ['ground', 'contract'])
  }
  await store.sessions(ada)
  assert.equal(store.ledger.size, before + 2)
}

async function obeysWithdrawal({ store, permit, withdraw }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  await store.append(ada, ...contractBatch(ada, 'batch-1'))
  await withdraw('ada')
  await assert.rejects(store.append(ada, ...contractBatch(ada, 'batch-2')), refusedPermit)
  await assert.rejects(ids(store, ada), refusedPermit)
}

async function stopsReading({ store, permit, withdraw }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  for (const id of ['batch-1', 'batch-2', 'batch-3']) await store.append(ada, ...contractBatch(ada, id))
  const seen: string[] = []
  const reading = (async () => {
    for await (const batch of store.batches(ada)) {
      seen.push(batch.id)
      await withdraw('ada')
    }
  })()
  await assert.rejects(reading, refusedPermit)
  assert.deepEqual(seen, ['batch-1'])
}

async function erases({ store, permit, erase }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  const late = contractBatch(ada, 'batch-late')
  await store.append(ada, ...contractBatch(ada, 'batch-1'))
  const names = store.rows({ person: 'ada' }).map((row) => row.idHash)
  assert.equal(await store.openable(names), 1)
  await erase('ada')
  assert.equal(await store.openable(names), 0)
  const anew = await permit('ada')
  assert.deepEqual(await ids(store, anew), [])
  await assert.rejects(store.append(anew, ...late), refusedPermit)
  await new Promise((resolve) => setTimeout(resolve, 2))
  assert.equal(await store.append(anew, ...contractBatch(anew, 'batch-new')), 'stored')
  assert.deepEqual(await ids(store, anew), ['batch-new'])
}

async function staysErased({ store, permit, erase, reopen }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  const [bytes, envelope] = contractBatch(ada, 'batch-1')
  await store.append(ada, bytes, envelope)
  await erase('ada')
  const again = await reopen()
  const anew = await permit('ada')
  await assert.rejects(again.append(anew, bytes, envelope), refusedPermit)
  assert.deepEqual(await ids(again, anew), [])
}

async function restricts({ store, permit, restrict, reopen }: ContractSetup): Promise<void> {
  const ada = await permit('ada')
  await store.append(ada, ...contractBatch(ada, 'batch-1'))
  await restrict('ada', true)
  await assert.rejects(ids(store, ada), refusedPermit)
  await assert.rejects(store.append(ada, ...contractBatch(ada, 'batch-2')), refusedPermit)
  await assert.rejects(permit('ada'))
  assert.deepEqual(await ids(store, await permit('bob')), [])
  const again = await reopen()
  await assert.rejects(permit('ada'))
  assert.equal(again.rows({ person: 'ada' }).length, 1)
  await restrict('ada', false)
  assert.deepEqual(await ids(again, await permit('ada')), ['batch-1'])
}

async function reclaims({ store, permit, erase, reclaim, reopen }: ContractSetup): Promise<void> {
  const [ada, bob] = [await permit('ada'), await permit('bob')]
  const gone = contractBatch(ada, 'batch-a')
  await store.append(ada, ...gone)
  await store.append(bob, ...contractBatch(bob, 'batch-b'))
  const names = store.rows({ person: 'bob' }).map((row) => row.idHash)
  await erase('ada')
  await reclaim()
  for (const next of [async () => store, reopen]) {
    const now = await next()
    const [anew, other] = [await permit('ada'), await permit('bob')]
    assert.deepEqual([await ids(now, anew), await ids(now, other)], [[], ['batch-b']])
    assert.equal(await now.openable(names), 1)
    assert.equal(await now.append(other, ...contractBatch(other, 'batch-b')), 'duplicate')
    await assert.rejects(now.append(anew, ...gone), refusedPermit)
  }
}
