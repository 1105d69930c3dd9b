import { allMatches } from './match.ts'
import { kinds, type Kind, type Span } from './span.ts'

/** The placeholders of one episode: the same value has the same one wherever it stands. In memory only. */
export interface PlaceholderMap {
  /** The placeholder of a value, made at its first sight: `[EMAIL_1]`. */
  placeholder(kind: Kind, original: string): string
  /** What a placeholder stands for; undefined where it was made elsewhere. */
  original(placeholder: string): string | undefined
  /** Says that a value must not stand anywhere else, however short or plain it is. */
  taint(value: string): void
  /** Keeps clear of the numbers of placeholders that are in a text already. */
  reserve(text: string): void
  /** Values that must not stand anywhere else either, longest first. */
  readonly tainted: readonly string[]
  /** What others found in a text, beside the rules. Throws for a text that they did not judge: it is masked whole. */
  readonly also?: (text: string) => readonly Span[]
}

/** Every placeholder in a text. */
export const placeholderPattern = new RegExp(`\\[(${kinds.map((kind) => kind.toUpperCase()).join('|')})_(\\d{1,6})\\]`, 'g')
const taintKinds: ReadonlySet<Kind> = new Set(['secret', 'card', 'iban', 'national_id'])
const taintLimit = 256

/** Makes an empty map for one episode. */
export function createPlaceholderMap(): PlaceholderMap {
  const byValue = new Map<string, string>()
  const originals = new Map<string, string>()
  const counts = new Map<string, number>()
  const tainted: string[] = []
  return {
    tainted,
    original: (placeholder) => originals.get(placeholder),
    placeholder(kind, original) {
      const value = `${kind} ${sameness(kind, original)}`
      const old = byValue.get(value)
      if (old !== undefined) return old
      const label = kind.toUpperCase()
      const number = (counts.get(label) ?? 0) + 1
      counts.set(label, number)
      const made = `[${label}_${number}]`
      byValue.set(value, made)
      originals.set(made, original)
      if (taintKinds.has(kind) && taints(original)) addTaint(tainted, original)
      return made
    },
    taint(value) {
      if (value !== '' && !tainted.includes(value)) addTaint(tainted, value)
    },
    reserve(text) {
      if (!text.includes('_')) return
      for (const [placeholder, label = '', number] of allMatches(text, placeholderPattern))
        if (!originals.has(placeholder)) counts.set(label, Math.max(counts.get(label) ?? 0, Number(number)))
    },
  }
}

/** What makes two spellings the same value: `4539 1077` and `4539-1077` are one card. */
function sameness(kind: Kind, original: string): string {
  if (kind === 'email') return original.toLowerCase()
  if (kind === 'card' || kind === 'phone' || kind === 'iban' || kind === 'national_id')
    return original.replace(/[^A-Za-z0-9+]/g, '').toUpperCase()
  return original
}

/** Short values and plain words stand in ordinary text too: masking them everywhere would unread the page. */
function taints(original: string): boolean {
  return original.length >= 6 && original.length <= 512 && /[^A-Za-z\s]/.test(original)
}

function addTaint(tainted: string[], original: string): void {
  if (tainted.length >= taintLimit) tainted.shift()
  tainted.push(original)
}
