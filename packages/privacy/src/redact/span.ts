import type { Look } from './look.ts'

/** What kinds of text are masked, strongest first: where two overlap, the text takes the stronger kind. */
export const kinds = [
  'secret',
  'card',
  'iban',
  'national_id',
  'date_of_birth',
  'email',
  'phone',
  'ip',
  'url_token',
  'address',
  'person',
  'other',
] as const

/** A kind of text that is masked. */
export type Kind = (typeof kinds)[number]

/** A stretch of text to mask: UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly kind: Kind
}

/** Finds stretches of one family of kinds in folded text. Linear in the text's length. */
export type Detector = (text: string, look: Look) => readonly Span[]

/** Sorted spans without overlap: those that overlap become one, of the strongest kind. */
export function merged(spans: readonly Span[]): readonly Span[] {
  if (spans.length === 0) return spans
  const out: Span[] = []
  for (const span of [...spans].sort((left, right) => left.start - right.start || left.end - right.end)) {
    const last = out.at(-1)
    if (span.end <= span.start) continue
    if (last === undefined || span.start >= last.end) out.push(span)
    else out[out.length - 1] = { start: last.start, end: Math.max(last.end, span.end), kind: stronger(last, span) }
  }
  return out
}

function stronger(left: Span, right: Span): Kind {
  return kinds.indexOf(left.kind) <= kinds.indexOf(right.kind) ? left.kind : right.kind
}
