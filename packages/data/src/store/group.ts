interface Waiting<T, R> {
  readonly item: T
  readonly resolve: (result: R) => void
  readonly reject: (cause: unknown) => void
}

/** Gathers what is added while a commit runs, and commits it together next: concurrent callers share one sync. */
export class Group<T, R> {
  readonly #commit: (items: readonly T[]) => Promise<readonly R[]>
  readonly #limit: number
  #waiting: Waiting<T, R>[] = []
  #steps: (() => Promise<void>)[] = []
  #running: Promise<void> | undefined

  /** `commit` returns one result per item, in order; `limit` is the most items of one commit. */
  constructor(commit: (items: readonly T[]) => Promise<readonly R[]>, limit: number) {
    this.#commit = commit
    this.#limit = limit
  }

  /** Resolves once the commit that holds the item has ended. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Runs a step while no commit runs, before what waits now. */
  between<S>(step: () => Promise<S>): Promise<S> {
    return new Promise((resolve, reject) => {
      this.#steps.push(() => step().then(resolve, reject))
      this.#running ??= this.#run()
    })
  }

  /** Resolves once nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    do {
      await this.#gather()
      for (const step of this.#steps.splice(0)) await step()
      if (this.#waiting.length > 0) await this.#runOne(this.#waiting.splice(0, this.#limit))
    } while (this.#waiting.length + this.#steps.length > 0)
    this.#running = undefined
  }

  /** Callers of one moment join the first commit, which costs as much for one as for many: it waits while each turn of the event loop brings more. */
  async #gather(): Promise<void> {
    for (let known = -1; this.#waiting.length > known && this.#waiting.length < this.#limit / 4;) {
      known = this.#waiting.length
      await wholeTurn()
    }
  }

  async #runOne(taken: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#commit(taken.map((waiting) => waiting.item))
      taken.forEach((waiting, index) => {
        const result = results[index]
        if (result === undefined) waiting.reject(new RangeError(`a commit of ${taken.length} items returned ${results.length} results`))
        else waiting.resolve(result)
      })
    } catch (cause) {
      for (const waiting of taken) waiting.reject(cause)
    }
  }
}

/** From here past the next look at what has come in: the first of two immediates may be due before it. */
function wholeTurn(): Promise<void> {
  return new Promise((done) => setImmediate(() => setImmediate(done)))
}
