const word = /^[\w .,:;/()+'#|-]{0,128}$/

/** Whether a text can be one of our own words: short, and of plain characters. What stands in such a place and is none, a person may have written. */
export function isPlain(text: string): boolean {
  return word.test(text)
}
