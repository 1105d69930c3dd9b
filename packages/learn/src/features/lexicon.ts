/** The distinct texts of a list, so that what is asked of each text is worked out once and found by number. */
export interface Lexicon {
  /** For each entry of the list the number of its text. */
  readonly ids: Int32Array
  /** The distinct texts, by number. */
  readonly texts: readonly string[]
  /** The words of each of them. */
  readonly words: readonly (readonly string[])[]
  /** The numbers, by text. */
  readonly numbers: ReadonlyMap<string, number>
}

/** Numbers the texts of a list in the order in which they first come, from 0. */
export function lexiconOf(list: readonly string[]): Lexicon {
  const numbers = new Map<string, number>()
  const texts: string[] = []
  const ids = new Int32Array(list.length)
  list.forEach((text, at) => {
    let number = numbers.get(text)
    if (number === undefined) {
      number = texts.length
      numbers.set(text, number)
      texts.push(text)
    }
    ids[at] = number
  })
  return { ids, texts, words: texts.map((text) => text.split(' ')), numbers }
}
