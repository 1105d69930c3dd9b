import type { Family } from '../beginning.ts'
import type { FoundWord } from '../look.ts'
import type { Span } from '../span.ts'
import type { Value } from '../value.ts'

/** What finds more secrets, and takes more room than a page's redactor has. */
export interface More {
  /** Words that its detectors wait for. */
  readonly moreWords: Readonly<Record<'wallet' | 'asked' | 'half' | 'maiden' | 'opening' | 'access' | 'digit', Family>>
  /** Secrets apart from the word for them. */
  readonly toldBy: (text: string, label: FoundWord) => readonly Span[]
  /** Words that name secrets, parted by `, `. */
  readonly strong: string
  /** Commands that take a password or print one, and what stands between. */
  readonly commands: Readonly<Record<string, string>>
  /** Alternatives to what is said of codes, and of what they open. */
  readonly letting: string
  readonly place: string
  /** Further words for codes, and for what they open. */
  readonly codeWords: readonly string[]
  /** Words for putting a code in. */
  readonly puts: readonly string[]
  /** Where a door or the like is spoken of: how far a code may stand from its word. */
  readonly nearCode: RegExp
  /** A code that stands before its word. */
  readonly codeBefore: RegExp
  /** Words that stand where a secret would, in languages beyond the first. */
  readonly ordinary: string
  /** What is said of a secret after "is": how it begins. */
  readonly said: RegExp
  /** Words that grow into others: "Kennwortprüfung". */
  readonly grown: RegExp
  /** Last parts of a name that make it something about a secret. */
  readonly otherNames: RegExp
  /** Whether a key is a wireless network's. */
  readonly isOfNetwork: (text: string, label: FoundWord) => boolean
  /** What compilers make of a name, and clusters of a service's. */
  readonly mangled: RegExp
  /** What a column's cells are by a header that names what opens something, beside all of its line. */
  readonly opens: (header: string, all: string) => { readonly header: string; readonly holds: 'secret' | 'people' } | undefined
  /** Whether a place is no value for what it is. */
  readonly isLayout: (text: string, value: Value, label: FoundWord) => boolean
}

const never = /(?!)/
const nothing = (): readonly Span[] => []

/** A page's redactor goes without: what it sends is looked through again where there is room. */
export const more: More = {
  moreWords: {} as More['moreWords'], // as: nothing asks for them here
  toldBy: nothing,
  strong: '',
  commands: {},
  letting: '',
  place: '',
  codeWords: [],
  puts: [],
  nearCode: never,
  codeBefore: never,
  ordinary: '',
  said: never,
  grown: never,
  mangled: never,
  otherNames: never,
  isLayout: () => false,
  opens: () => undefined,
  isOfNetwork: () => false,
}
