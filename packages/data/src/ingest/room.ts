/** Room for bodies that are under way. What a request says it will send is taken from it before a byte is read, and given back when the request is over. */
export class Room {
  readonly #limitBytes: number
  #takenBytes = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  /** Whether so many bytes fit now. */
  has(bytes: number): boolean {
    return this.#takenBytes + bytes <= this.#limitBytes
  }

  /** Takes them; the function that comes back gives them back, once. */
  take(bytes: number): () => void {
    this.#takenBytes += bytes
    let left = bytes
    return () => {
      this.#takenBytes -= left
      left = 0
    }
  }
}
