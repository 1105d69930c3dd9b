/** Room for bodies that are under way. What a request says it will send is taken from it before a byte is read, and given back once that is held no longer. Nobody has more than a share of it. */
export class Room {
  readonly #limitBytes: number
  readonly #shareBytes: number
  readonly #taken = new Map<string, number>()
  #takenBytes = 0

  constructor(limitBytes: number, shareBytes: number) {
    this.#limitBytes = limitBytes
    this.#shareBytes = shareBytes
  }

  /** Whether so many bytes of theirs fit now. */
  has(whose: string, bytes: number): boolean {
    return this.#takenBytes + bytes <= this.#limitBytes && this.#of(whose) + bytes <= this.#shareBytes
  }

  /** Takes them; the function that comes back gives them back, once. */
  take(whose: string, bytes: number): () => void {
    this.#add(whose, bytes)
    let left = bytes
    return () => {
      this.#add(whose, -left)
      left = 0
    }
  }

  #of(whose: string): number {
    return this.#taken.get(whose) ?? 0
  }

  #add(whose: string, bytes: number): void {
    this.#takenBytes += bytes
    const taken = this.#of(whose) + bytes
    if (taken === 0) this.#taken.delete(whose)
    else this.#taken.set(whose, taken)
  }
}
