import type { Enrolment } from '../src/govern/enrol.ts'
import { sampleBatch, signedRequest } from '../src/ingest/fixture.ts'
import type { IngestRequest } from '../src/ingest/http.ts'
import type { Ingest } from '../src/ingest/ingest.ts'
import { ingestBatch } from '../src/ingest/ingest.ts'
import type { Store } from '../src/store/store.ts'
import { Clients } from './clients.ts'
import { enrol, folderOf, foundFolder, tickingClock, wake } from './life.ts'
import { spare, throughLosses } from './plug.ts'
import { PowerDisk } from './power-disk.ts'
import { type Random, below, randomOf } from './random.ts'
import { type Outcome, type Row, inScratch } from './row.ts'

/** A person whose work ends soon after it was taken: what makes a log worth compacting. */
class Passing {
  readonly #enrolment: Enrolment
  readonly #random: Random
  readonly #kept = new Map<string, IngestRequest>()
  readonly #ended = new Map<string, IngestRequest>()
  #sent = 0

  constructor(enrolment: Enrolment, random: Random) {
    this.#enrolment = enrolment
    this.#random = random
  }

  get acknowledged(): number {
    return this.#kept.size
  }

  /** Sends some, and ends some of what is there, as the retention does. */
  async pass(ingest: Ingest, over: () => boolean): Promise<void> {
    for (let count = 0; count < 3; count += 1) {
      const id = `passing-${String((this.#sent += 1)).padStart(6, '0')}`
      const note = `passing ${'xy '.repeat(below(this.#random, 300))}`
      const body = JSON.stringify(sampleBatch(this.#enrolment, id, { note, closedAtEpochMs: ingest.store.nowEpochMs() }))
      const request = await signedRequest(this.#enrolment, body, { atEpochMs: ingest.store.nowEpochMs() })
      const { status } = await ingestBatch(ingest, request)
      if (over()) return
      if (status === 200) this.#kept.set(id, request)
    }
    const ending = [...this.#kept].filter(() => this.#random() < 0.6)
    ingest.store.keys.destroyRecords(ending.map(([id]) => ingest.store.hash('batch', id)))
    for (const [id, request] of ending) {
      this.#kept.delete(id)
      this.#ended.set(id, request)
    }
  }

  /** What has not ended is there, what has is not. */
  check(store: Store, outcome: Outcome): void {
    const there = new Set(store.rows({ person: 'bob' }).map(({ id }) => id))
    outcome.lost += [...this.#kept.keys()].filter((id) => !there.has(id)).length
    for (const id of this.#ended.keys()) if (there.has(id)) outcome.wrong.push(`${id} has ended and is there`)
  }

  /** What has ended and is sent again is not taken as new. */
  async sendAgain(ingest: Ingest, outcome: Outcome): Promise<void> {
    for (const request of this.#ended.values()) {
      const { status, body } = await ingestBatch(ingest, request)
      if (status === 200 && body['duplicate'] !== true) outcome.twice += 1
    }
  }
}

/** Power losses while segments are written anew. */
export const compaction: Row = {
  name: 'compaction under load',
  how: 'somebody’s records end and the log is compacted while others are written; the power goes at any step of it: what has not ended is there, to the byte, what has ended stays so, is not taken anew, and its ciphertext is gone after one more compaction',
  rounds: { short: 30, long: 150 },
  crashes: 4,
  round: (seed, outcome, plant) =>
    inScratch(async (scratch) => {
      const random = randomOf(seed)
      const clock = tickingClock()
      const clients = new Clients(await foundFolder(folderOf(scratch, 0), clock), random)
      const passing = new Passing(await enrolOther(folderOf(scratch, 0), clock), random)
      const acknowledged = (): number => clients.acknowledged + passing.acknowledged
      const ingest = await throughLosses(
        { scratch, random, clock, plant, outcome, count: 4, mostSteps: 250, acknowledged },
        async (awake, plug) => {
          const found = plug.lost ? spare() : outcome
          await clients.check(awake.store, found)
          passing.check(awake.store, found)
          while (!plug.lost) {
            await passing.pass(awake, () => plug.lost)
            await clients.send(
              awake,
              6,
              outcome,
              () => plug.lost,
              () => awake.store.compact(),
            )
          }
        },
      )
      if (ingest === undefined) return
      await clients.check(ingest.store, outcome)
      passing.check(ingest.store, outcome)
      await passing.sendAgain(ingest, outcome)
      await ingest.store.compact()
      await ingest.store.close()
      await expectClean(folderOf(scratch, 4), clock, clients, outcome)
    }),
}

async function enrolOther(dir: string, clock: () => number): Promise<Enrolment> {
  const { store } = await wake(dir, new PowerDisk(dir, randomOf(0)), {}, clock)
  const enrolment = await enrol(store, 'bob')
  await store.close()
  return enrolment
}

/** Opened once more, the log holds ciphertexts of the living alone. */
async function expectClean(dir: string, clock: () => number, clients: Clients, outcome: Outcome): Promise<void> {
  const { store } = await wake(dir, new PowerDisk(dir, randomOf(0)), {}, clock)
  await clients.check(store, outcome)
  const dead = store.report.records - store.rows().length
  if (dead !== 0) outcome.wrong.push(`${dead} ciphertexts of what has ended are left`)
  await store.close()
}
