/** The signals of live permits, by person: a withdrawal or erasure in this process aborts them at once. */
export class LiveConsent {
  readonly #people = new Map<string, AbortController>()
  readonly #ended = new Map<string, number>()
  readonly #onEnd: (() => void)[] = []
  #generation = 0

  /** Rises with everything that may make a decision come out otherwise: what was decided before holds no longer. */
  get generation(): number {
    return this.#generation
  }

  /** Makes earlier decisions stale without ending their permits: a key, a manifest or a receipt was added. */
  change(): void {
    this.#generation += 1
  }

  /** Signal for a permit of this person that is made now. */
  signal(person: string): AbortSignal {
    const found = this.#people.get(person) ?? new AbortController()
    this.#people.set(person, found)
    return found.signal
  }

  /** Has whatever remembers something of many people forget it, each time that the consent of one of them ends or work of theirs is erased. */
  onEnd(forget: () => void): void {
    this.#onEnd.push(forget)
  }

  /** Tells, later, whose consent has ended or whose work was erased since now: what was made meanwhile may hold some of it. */
  endings(): (person: string) => boolean {
    const from = this.#generation
    return (person) => (this.#ended.get(person) ?? -1) > from
  }

  /** Ends every live permit of this person; later ones start anew. */
  end(person: string): void {
    this.change()
    this.#ended.set(person, this.#generation)
    this.#people.get(person)?.abort()
    this.#people.delete(person)
    for (const forget of this.#onEnd) forget()
  }

  /** Ends every live permit of everyone. */
  endAll(): void {
    for (const person of this.#people.keys()) this.end(person)
    this.change()
  }
}
