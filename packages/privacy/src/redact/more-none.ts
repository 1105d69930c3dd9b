import type { FoundWord } from './look.ts'
import type { Detector, Span } from './span.ts'

/** What finds more secrets, and takes more room than a page's redactor has. */
export interface More {
  /** Secrets of many words or groups. */
  readonly findPhrases: Detector
  /** Secrets apart from the word for them. */
  readonly toldBy: (text: string, label: FoundWord) => readonly Span[]
  /** Words that name secrets, parted by `, `. */
  readonly strong: string
  /** Commands that take a password or print one, and what stands between. */
  readonly commands: Readonly<Record<string, string>>
  /** Alternatives to what is said of codes, and of what they open. */
  readonly letting: string
  readonly place: string
  /** Words that stand where a secret would, in languages beyond the first. */
  readonly ordinary: string
}

const nothing = (): readonly Span[] => []

/** A page's redactor goes without: what it sends is looked through again where there is room. */
export const more: More = { findPhrases: nothing, toldBy: nothing, strong: '', commands: {}, letting: '', place: '', ordinary: '' }
