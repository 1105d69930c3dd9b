import { matchesIn } from './match.ts'
import type { Detector, Span } from './span.ts'

const run = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{16,4096}={0,2}(?![A-Za-z0-9+/_=-])/g
const hex = /^(?:[0-9A-Fa-f]{2}){8,}$/

/** What other detectors find once a run of base64 or hexadecimal is decoded: the run is masked whole, as what it hides. */
export function findEncoded(hiddenIn: (decoded: string) => Span | undefined): Detector {
  return (text, look) =>
    matchesIn(text, look.runs(16), run).flatMap((match): readonly Span[] => {
      const decoded = decode(match[0])
      if (decoded === undefined) return []
      const hidden = hiddenIn(decoded)
      return hidden === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, kind: hidden.kind }]
    })
}

/** What base64 and hexadecimal begin with where it is readable: tabs, line ends, characters from the blank on. */
const first = /^[CDI-Za-f]...[CDI-Za-f]...[CDI-Za-f]...[CDI-Za-f]/
const firstHex = /^(?:[2-7].|0[9ADad]){8}/

/** The text behind a run; undefined where it is none that a person could read. */
function decode(found: string): string | undefined {
  const [from, begins] = hex.test(found) ? [fromHex, firstHex] : [fromBase64, first]
  if (!begins.test(found)) return undefined
  // Most runs are neither, which their first characters show.
  if (!readable.test(from(found.slice(0, 16)) ?? '')) return undefined
  const decoded = from(found)
  return decoded !== undefined && readable.test(decoded) ? decoded : undefined
}

const readable = /^[\t\n\r -~]{8,}$/

function fromHex(found: string): string {
  return found.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)))
}

function fromBase64(found: string): string | undefined {
  const plain = found.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  // A quarter that lacks three characters is no base64, and `atob` would throw.
  return plain.length % 4 === 1 ? undefined : atob(plain)
}
