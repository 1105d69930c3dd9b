import { allMatches } from '../match.ts'
import type { Span } from '../span.ts'

/** How far one number looks for another, in UTF-16 units. */
const farthest = 200
/** So long that it is a form of its own, so short that it is written once. */
const [shortest, longest] = [8, 24]

/** Numbers of the same form near somebody's: "mine is 19FK40736, my daughter's 21CV66915". */
export function alikeIn(text: string, spans: readonly Span[]): readonly Span[] {
  return spans.flatMap(({ start, end, kind }) => {
    const found = text.slice(start, end)
    if (kind !== 'national_id' || found.length < shortest || found.length > longest || !isForm(found)) return []
    const from = Math.max(0, start - farthest)
    return allMatches(text.slice(from, end + farthest), likeness(found)).flatMap(({ index, 0: { length } }): readonly Span[] => {
      const at = from + index
      return at < end && start < at + length ? [] : [{ start: at, end: at + length, kind }]
    })
  })
}

/** Letters or signs in it make it one: digits alone are anything's. */
function isForm(found: string): boolean {
  return (
    /^[\dA-Z][\dA-Z./-]*$/.test(found) &&
    /\d{4}/.test(found) &&
    /[A-Z]|[./-].*[./-]/.test(found) &&
    !/^\d{1,4}[./-]\d{1,2}[./-]\d/.test(found)
  )
}

function likeness(found: string): RegExp {
  const form = found.replace(/[\dA-Z./]/g, (sign) => (/\d/.test(sign) ? '\\d' : /[A-Z]/.test(sign) ? '[A-Z]' : `\\${sign}`))
  return new RegExp(`(?<![\\p{L}\\p{N}])${form}(?![\\p{L}\\p{N}])`, 'gu')
}
