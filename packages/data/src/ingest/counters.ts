import type { Named } from './named.ts'
import type { RefusalKind } from './refusal.ts'

/** What ingest did since it began. `received` = `acked` + all of `refused` + `inFlight`; `acked` = `stored` + `deduplicated`. */
export interface IngestCounters {
  readonly received: number
  readonly inFlight: number
  readonly acked: number
  readonly stored: number
  readonly deduplicated: number
  readonly refused: Readonly<Partial<Record<RefusalKind, number>>>
  /** Texts that the redaction at ingest changed, each once a batch: what a device did not find, names that only the wide lexicon has among them. */
  readonly redacted: number
  /** Distinct texts of a batch that an operator's model judged, stretches that it found, and texts that it did not judge, which were masked whole. */
  readonly nerJudged: number
  readonly nerFound: number
  readonly nerFailed: number
  readonly events: number
}

/** Counters that fit together at every moment. */
export class Counters {
  #received = 0
  #stored = 0
  #deduplicated = 0
  #redacted = 0
  #events = 0
  readonly #ner = { judged: 0, found: 0, failed: 0 }
  readonly #refused = new Map<RefusalKind, number>()

  receive(): void {
    this.#received += 1
  }

  store(events: number, redacted: number): void {
    this.#stored += 1
    this.#events += events
    this.#redacted += redacted
  }

  name({ judged, found, failed }: Pick<Named, 'judged' | 'found' | 'failed'>): void {
    this.#ner.judged += judged
    this.#ner.found += found
    this.#ner.failed += failed
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
      nerJudged: this.#ner.judged,
      nerFound: this.#ner.found,
      nerFailed: this.#ner.failed,
      events: this.#events,
    }
  }
}
