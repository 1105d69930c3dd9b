/** What text comes in: a language, and what stands in `<<slots>>` is filled in. */
export type Template = readonly [language: string, text: string]

/** One half of the material: its own names, its own texts, and texts in which nothing is to be found. */
export interface Templates {
  /** Full names by language; none for those that a library makes. */
  readonly names: Readonly<Record<string, readonly string[]>>
  readonly texts: readonly Template[]
  readonly negatives: readonly Template[]
}
