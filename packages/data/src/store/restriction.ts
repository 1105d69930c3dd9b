import { numberOf, textOf } from './column.ts'
import type { Database } from './database.ts'
import { Turns } from './turns.ts'

/** A restriction as it is written down: how many times its subject began or lifted it. An odd number is a restriction; of two copies, the one with more is newer. */
export interface Restriction {
  readonly subject: string
  readonly turns: number
}

/** Whose work is kept and used for nothing (GDPR, article 18). Subjects are keyed hashes: a restriction names no one. */
export class Restrictions {
  readonly #database: Database
  readonly #counts: Map<string, number>
  /** An act that begins or lifts one takes its turn: what it was decided on still holds when it takes effect. */
  readonly turns = new Turns(1)

  constructor(database: Database) {
    this.#database = database
    const rows = database.prepare('SELECT * FROM restrictions').all()
    this.#counts = new Map(rows.map((row) => [textOf(row, 'subject'), numberOf(row, 'turns')]))
  }

  /** True while nobody ever restricted anything here. */
  get empty(): boolean {
    return this.#counts.size === 0
  }

  has(subject: string): boolean {
    return (this.#counts.get(subject) ?? 0) % 2 === 1
  }

  /** Begins or lifts one; false where it stands so already. */
  set(subject: string, restricted: boolean): boolean {
    if (this.has(subject) === restricted) return false
    this.#put(subject, (this.#counts.get(subject) ?? 0) + 1)
    return true
  }

  /** Takes over from another copy what is newer there. */
  merge(others: readonly Restriction[]): void {
    for (const { subject, turns } of others) if (turns > (this.#counts.get(subject) ?? 0)) this.#put(subject, turns)
  }

  /** All that ever were. */
  all(): readonly Restriction[] {
    return [...this.#counts].map(([subject, turns]) => ({ subject, turns }))
  }

  #put(subject: string, turns: number): void {
    const before = this.#counts.get(subject)
    this.#database.prepare('INSERT OR REPLACE INTO restrictions VALUES (?, ?)').run(subject, turns)
    this.#counts.set(subject, turns)
    this.#database.onRollback(() => void (before === undefined ? this.#counts.delete(subject) : this.#counts.set(subject, before)))
  }
}
