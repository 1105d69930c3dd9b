/** The parts that a string plays in the rows of a batch, as bits: a word of ours, an ordinary text, labels joined by U+001F, an address, the value of a field. */
export const [asWord, asText, asList, asUrl, asValue] = [1, 2, 4, 8, 16] as const
