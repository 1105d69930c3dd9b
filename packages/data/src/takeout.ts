import { existsSync } from 'node:fs'

import type { Permit } from '@overt/privacy'

import { manifestOf, receiptsOf } from './govern/consent.ts'
import { devicesOf } from './govern/devices.ts'
import { usesOf } from './govern/lineage.ts'
import { ownPermitsFor } from './store/permits.ts'
import type { Store } from './store/store.ts'
import { beginMaking, endMaking } from './store/unfinished.ts'
import { readEpisodes } from './trajectories/read.ts'

/** What is known about a person beside their recordings, one document each. */
export interface TakeoutPaper {
  readonly name: 'agreements' | 'devices' | 'restriction' | 'uses' | 'ledger'
  readonly document: object
}

/** One file of a takeout: readable text. */
export interface TakeoutFile {
  readonly name: string
  readonly text: string
}

const reader = 'takeout'

const readme = (person: string, day: string): string => `What is kept of ${person}, as of ${day}.

agreements.json   what you agreed to, refused or withdrew, with the statements that you answered
recordings/       what your devices sent, one file each, as it is kept: masked on the device and again on arrival
episodes/         the same as steps: what could be seen, what was done
devices.json      the devices that may send in your name, or could, and when what is kept of each came last
restriction.json  whether you have restricted the use of your recordings
uses.json         which training sets and models your recordings went into
ledger.json       every entry about you: who looked, when, why, and what was erased; with a signed checkpoint
closed.json       how much is kept from agreements that have ended: it can be erased, and nobody can open it, here neither
`

/**
 * All that is a person's, file by file. Recordings are opened by permits of theirs, and each of those reads stands in the ledger; nothing of anybody else is in it.
 * What belongs to agreements that have ended can't be opened, and is counted.
 */
export async function* takeoutOf(store: Store, person: string): AsyncGenerator<TakeoutFile> {
  store.killSwitch.assertRunning('takeout')
  yield { name: 'readme.txt', text: readme(person, new Date(store.nowEpochMs()).toISOString().slice(0, 10)) }
  const opened = new Set<string>()
  for await (const permit of ownPermitsFor(store, person)) yield* workOf(permit, store, opened)
  // Thrown meanwhile, it would have left out what follows.
  store.killSwitch.assertRunning('takeout')
  const closed = store
    .eachRow({ person })
    .filter(({ idHash }) => !opened.has(idHash))
    .map(({ session }) => session)
    .toArray()
  yield json('closed.json', { records: closed.length, sessions: new Set(closed).size })
  for await (const { name, document } of papersOf(store, person)) yield json(`${name}.json`, document)
}

/** Writes down that a takeout is being written for this absolute path, beside it as `.partial`: where a crash cuts it off, the next start removes that. Returns what forgets it once none of it is left. */
export function takingOut({ control }: Store, path: string): () => void {
  beginMaking(control, path)
  return () => {
    if (!existsSync(`${path}.partial`)) endMaking(control, path)
  }
}

/** All that is known about a person beside their recordings; the ledger last, so that it tells of the reads before. */
export async function* papersOf(store: Store, person: string): AsyncGenerator<TakeoutPaper> {
  yield { name: 'agreements', document: agreementsOf(store, person) }
  yield { name: 'devices', document: devicesOf(store, person) }
  yield { name: 'restriction', document: { restricted: store.isRestricted(person) } }
  yield { name: 'uses', document: Object.fromEntries(usesOf(store, person)) }
  const entries = await Array.fromAsync(store.ledger.of(person))
  yield { name: 'ledger', document: { entries, checkpoint: await store.ledger.checkpoint() } }
}

async function* workOf(permit: Permit, store: Store, opened: Set<string>): AsyncGenerator<TakeoutFile> {
  const known = new Map(store.eachRow({ person: permit.person }).map((row) => [`${row.kind} ${row.id}`, row.idHash]))
  for await (const batch of store.batches(permit, { reader, pictures: 'all' })) {
    opened.add(known.get(`batch ${batch.id}`) ?? '')
    yield json(`recordings/${batch.session}/${batch.id}.json`, batch)
  }
  for await (const episode of readEpisodes(permit, store, { reader })) {
    opened.add(known.get(`episode ${episode.id}`) ?? '')
    yield json(`episodes/${fileName(episode.id)}.json`, episode)
  }
}

function agreementsOf(store: Store, person: string): readonly object[] {
  return receiptsOf(store, person).map(({ receipt, withdrawnAtEpochMs }) => {
    return { receipt, withdrawnAtEpochMs, manifest: manifestOf(store, receipt.manifestSha256) ?? null }
  })
}

/** An imported episode's id may be anything; two ids never give one name. */
function fileName(id: string): string {
  return encodeURIComponent(id).replaceAll(/^\.|[*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function json(name: string, value: unknown): TakeoutFile {
  return { name, text: `${JSON.stringify(value, null, 1)}\n` }
}
