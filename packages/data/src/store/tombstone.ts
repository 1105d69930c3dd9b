import { numberOf, textOf } from './column.ts'
import type { Database } from './database.ts'

/** A tombstone as it is written down. */
export interface Tombstone {
  readonly subject: string
  readonly fromEpochMs: number
  readonly erasedAtEpochMs: number
}

interface Span {
  readonly fromEpochMs: number
  readonly erasedAtEpochMs: number
}

/** What was erased, so that late uploads of it and restored backups are refused. Subjects are keyed hashes: a tombstone names no one. */
export class Tombstones {
  readonly #database: Database
  readonly #spans = new Map<string, Span[]>()

  constructor(database: Database) {
    this.#database = database
    for (const row of database.prepare('SELECT * FROM tombstones').all())
      this.#remember(textOf(row, 'subject'), { fromEpochMs: numberOf(row, 'from_ms'), erasedAtEpochMs: numberOf(row, 'erased_ms') })
  }

  /** True while nothing was ever erased here. */
  get empty(): boolean {
    return this.#spans.size === 0
  }

  /** Marks what a subject recorded in a span of time as erased. Of two that end at one moment the longer one holds. */
  put(subject: string, fromEpochMs: number, erasedAtEpochMs: number): void {
    const sql = 'INSERT INTO tombstones VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET from_ms = min(from_ms, excluded.from_ms)'
    const before = this.#spans.get(subject)
    this.#database.prepare(sql).run(subject, fromEpochMs, erasedAtEpochMs)
    this.#remember(subject, { fromEpochMs, erasedAtEpochMs })
    this.#database.onRollback(() => void (before === undefined ? this.#spans.delete(subject) : this.#spans.set(subject, before)))
  }

  /** Whether anything of a subject was ever erased. */
  has(subject: string): boolean {
    return this.#spans.has(subject)
  }

  /** Whether what a subject recorded at this time was erased. */
  covers(subject: string, atEpochMs: number): boolean {
    return this.#spans.get(subject)?.some((span) => span.fromEpochMs <= atEpochMs && atEpochMs <= span.erasedAtEpochMs) ?? false
  }

  /** Whether all that a subject recorded up to some moment after this one was erased. */
  coversAll(subject: string, atEpochMs: number): boolean {
    return this.#spans.get(subject)?.some((span) => span.fromEpochMs === 0 && atEpochMs <= span.erasedAtEpochMs) ?? false
  }

  /** How often all that a subject recorded was erased, as far as this process knows: it grows with each time. */
  timesAll(subject: string): number {
    return (this.#spans.get(subject) ?? []).filter(({ fromEpochMs }) => fromEpochMs === 0).length
  }

  /** All of them. */
  all(): readonly Tombstone[] {
    return [...this.#spans].flatMap(([subject, spans]) => spans.map((span) => ({ subject, ...span })))
  }

  #remember(subject: string, span: Span): void {
    this.#spans.set(subject, [...(this.#spans.get(subject) ?? []), span])
  }
}
