import type { RefusalKind } from './refusal.ts'

/** What ingest did since it began. `received` = `acked` + all of `refused` + `inFlight`; `acked` = `stored` + `deduplicated`. */
export interface IngestCounters {
  readonly received: number
  readonly inFlight: number
  readonly acked: number
  readonly stored: number
  readonly deduplicated: number
  readonly refused: Readonly<Partial<Record<RefusalKind, number>>>
  /** Texts that the redaction at ingest changed: the device should have. */
  readonly redacted: number
  readonly events: number
}

/** Counters that fit together at every moment. */
export class Counters {
  #received = 0
  #stored = 0
  #deduplicated = 0
  #redacted = 0
  #events = 0
  readonly #refused = new Map<RefusalKind, number>()

  receive(): void {
    this.#received += 1
  }

  store(events: number, redacted: number): void {
    this.#stored += 1
    this.#events += events
    this.#redacted += redacted
  }

  deduplicate(): void {
    this.#deduplicated += 1
  }

  refuse(kind: RefusalKind): void {
    this.#refused.set(kind, (this.#refused.get(kind) ?? 0) + 1)
  }

  read(): IngestCounters {
    const refused = [...this.#refused.values()].reduce((sum, count) => sum + count, 0)
    const acked = this.#stored + this.#deduplicated
    return {
      received: this.#received,
      inFlight: this.#received - acked - refused,
      acked,
      stored: this.#stored,
      deduplicated: this.#deduplicated,
      refused: Object.fromEntries(this.#refused),
      redacted: this.#redacted,
      events: this.#events,
    }
  }
}
