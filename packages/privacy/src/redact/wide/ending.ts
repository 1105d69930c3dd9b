/** Cases of Turkish beside the genitive of English: "Yılmaz'ın", "Demir’e", "Kaya'dan". */
const ending = /(?<=\p{L}{3})['’](?:s|n?[ıiuü]n|[yn]?[ıiuüae]|n?[dt][ae]n?|y?l[ae])$/u

/** A name without what an apostrophe joins to it. */
export function withoutEnding(word: string): string {
  return word.replace(ending, '')
}
