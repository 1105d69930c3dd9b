import type { Store } from '../src/store/store.ts'
import type { Enrolment } from '../src/govern/enrol.ts'
import { sampleBatch, signedRequest } from '../src/ingest/fixture.ts'
import type { IngestRequest } from '../src/ingest/http.ts'
import { type Ingest, ingestBatch } from '../src/ingest/ingest.ts'
import { permitsFor } from '../src/store/permits.ts'
import { type Random, below } from './random.ts'
import type { Outcome } from './row.ts'

const together = 4
/** Share (0-1) of batches that are sent again though they were acknowledged: the answer was lost on the way. */
const againRatio = 0.15

interface Sent {
  readonly id: string
  readonly note: string
  readonly closedAtEpochMs: number
}

interface Signed {
  readonly sent: Sent
  readonly request: IngestRequest
}

/** Where batches are sent to: its clock, and what it answers; undefined where it is gone. */
export interface Target {
  nowEpochMs(): number
  post(request: IngestRequest): Promise<{ readonly status: number; readonly duplicate: boolean } | undefined>
}

/** An ingest in this process. */
export function targetOf(ingest: Ingest): Target {
  return {
    nowEpochMs: () => ingest.store.nowEpochMs(),
    async post(request) {
      const { status, body } = await ingestBatch(ingest, request)
      return { status, duplicate: body['duplicate'] === true }
    },
  }
}

/** A server in another process. */
export function targetAt(url: string): Target {
  return {
    nowEpochMs: Date.now,
    async post({ headers, body }) {
      const sent = { method: 'POST', headers: { ...headers } as Record<string, string>, body: Buffer.from(body) } // as: made by signedRequest, one value each
      const response = await fetch(url, sent).catch(() => undefined)
      const text = await response?.text().catch(() => undefined)
      if (response === undefined || text === undefined) return undefined
      return { status: response.status, duplicate: JSON.parse(text).duplicate === true }
    },
  }
}

/** The devices of one person: what they sent, what was acknowledged, and what must therefore be there. */
export class Clients {
  readonly #enrolment: Enrolment
  readonly #random: Random
  readonly #sent = new Map<string, Sent>()
  readonly #acked = new Set<string>()
  readonly #waiting: Sent[] = []
  #taken = 0

  constructor(enrolment: Enrolment, random: Random) {
    this.#enrolment = enrolment
    this.#random = random
  }

  get acknowledged(): number {
    return this.#acked.size
  }

  /** Acknowledged as new; what was on the device before its answer got lost is acknowledged as a duplicate. */
  get taken(): number {
    return this.#taken
  }

  /** Sends `posts` batches, some at once. What is not acknowledged is sent again in a later call; nothing is counted from when `over` says so; `beside` runs meanwhile. */
  async send(
    to: Ingest | Target,
    posts: number,
    outcome: Outcome,
    over: () => boolean = () => false,
    beside: () => Promise<unknown> = async () => {},
  ): Promise<void> {
    const target = 'store' in to ? targetOf(to) : to
    const queue: Signed[] = []
    // One after the other: which thread signs first must not decide what a seed does.
    for (let count = 0; count < posts; count += 1) queue.push(await this.#sign(target, this.#next(target)))
    const client = async (limit: number): Promise<void> => {
      for (let turn = 0; turn < limit && !over(); turn += 1) {
        const next = queue.shift()
        if (next !== undefined) await this.#post(target, next, outcome, over)
      }
    }
    // The first alone: it is the one whose permit is decided, on threads.
    await client(1)
    await Promise.all([beside(), ...Array.from({ length: together }, () => client(posts))])
    this.#waiting.push(...queue.map(({ sent }) => sent))
  }

  /** Reads all that is there and holds it against what was acknowledged. */
  async check(store: Store, outcome: Outcome): Promise<void> {
    const found: string[] = []
    for await (const permit of permitsFor(store, 'ground', { persons: [this.#enrolment.receipt.person] }))
      for await (const batch of store.batches(permit)) {
        found.push(batch.id)
        const sent = this.#sent.get(batch.id)
        if (sent === undefined || !JSON.stringify(batch).includes(sent.note)) outcome.wrong.push(`${batch.id} was never sent like this`)
      }
    const there = new Set(found)
    outcome.lost += [...this.#acked].filter((id) => !there.has(id)).length
    // A record that stands twice in the log is read once, by its key: so the log is counted too.
    outcome.twice += found.length - there.size + store.report.repeated
    const { ok, problem } = await store.ledger.verify()
    if (!ok) outcome.wrong.push(`the ledger does not verify: ${problem ?? ''}`)
  }

  #next(target: Target): Sent {
    const again = this.#random() < againRatio ? [...this.#acked][below(this.#random, this.#acked.size)] : undefined
    const known = again === undefined ? this.#waiting.shift() : this.#sent.get(again)
    if (known !== undefined) return known
    const number = String(this.#sent.size).padStart(6, '0')
    const note = `note ${number} ${'ab '.repeat(below(this.#random, 400))}`
    const made = { id: `batch-${number}`, note, closedAtEpochMs: target.nowEpochMs() }
    this.#sent.set(made.id, made)
    return made
  }

  async #sign(target: Target, sent: Sent): Promise<Signed> {
    const { id, note, closedAtEpochMs } = sent
    const body = JSON.stringify(sampleBatch(this.#enrolment, id, { note, closedAtEpochMs }))
    return { sent, request: await signedRequest(this.#enrolment, body, { atEpochMs: target.nowEpochMs() }) }
  }

  async #post(target: Target, { sent, request }: Signed, outcome: Outcome, over: () => boolean): Promise<void> {
    const { id } = sent
    const before = this.#acked.has(id)
    const answer = await target.post(request)
    if (over() || answer?.status !== 200) {
      if (!before) this.#waiting.push(sent)
      return
    }
    this.#acked.add(id)
    if (answer.duplicate) return
    this.#taken += 1
    if (before) outcome.twice += 1
  }
}
