/** Lets many in at once, and one alone while nobody else is in; by number. */
export class Gates {
  readonly #inside = new Map<number, number>()
  readonly #closed = new Map<number, PromiseWithResolvers<void>>()
  readonly #left = new Map<number, () => void>()

  /** What has to be called on leaving; undefined while somebody is alone in there. */
  enter(number: number): (() => void) | undefined {
    if (this.#closed.has(number)) return undefined
    this.#inside.set(number, (this.#inside.get(number) ?? 0) + 1)
    return () => this.#leave(number)
  }

  /** Resolves once it is open. */
  async opened(number: number): Promise<void> {
    await this.#closed.get(number)?.promise
  }

  /** Runs a step once all have left; nobody enters before it has ended. One at a time for each number. */
  async close(number: number, step: () => Promise<void>): Promise<void> {
    const closed = Promise.withResolvers<void>()
    this.#closed.set(number, closed)
    try {
      if (this.#inside.has(number)) await new Promise<void>((resolve) => this.#left.set(number, resolve))
      await step()
    } finally {
      this.#closed.delete(number)
      closed.resolve()
    }
  }

  #leave(number: number): void {
    const inside = (this.#inside.get(number) ?? 0) - 1
    if (inside > 0) return void this.#inside.set(number, inside)
    this.#inside.delete(number)
    this.#left.get(number)?.()
    this.#left.delete(number)
  }
}
