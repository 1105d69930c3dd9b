import type { Permit } from '@overt/privacy'

import { manifestOf, receiptsOf } from './govern/consent.ts'
import { usesOf } from './govern/lineage.ts'
import { ownPermitsFor } from './store/permits.ts'
import type { Store } from './store/store.ts'
import { readEpisodes } from './trajectories/read.ts'

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
  yield json('agreements.json', agreementsOf(store, person))
  const opened = new Set<string>()
  for await (const permit of ownPermitsFor(store, person)) yield* workOf(permit, store, opened)
  // Thrown meanwhile, it would have left out what follows.
  store.killSwitch.assertRunning('takeout')
  yield json('uses.json', Object.fromEntries(usesOf(store, person)))
  const closed = store
    .eachRow({ person })
    .filter(({ idHash }) => !opened.has(idHash))
    .map(({ session }) => session)
    .toArray()
  yield json('closed.json', { records: closed.length, sessions: new Set(closed).size })
  const entries = await Array.fromAsync(store.ledger.of(person))
  yield json('ledger.json', { entries, checkpoint: await store.ledger.checkpoint() })
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

/** An imported episode's id may be anything. */
function fileName(id: string): string {
  return id.replaceAll(/[^\w.-]+/g, '-').replace(/^\.+/, '')
}

function json(name: string, value: unknown): TakeoutFile {
  return { name, text: `${JSON.stringify(value, null, 1)}\n` }
}
