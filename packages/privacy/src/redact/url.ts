import { wordlike01 } from './likely.ts'
import { allMatches, matchesIn } from './match.ts'
import { isFile, isSample, publicService } from './sample.ts'
import type { Detector, Kind, Span } from './span.ts'

/** What turns a part of a path into what may be kept of it. */
export interface PartMask {
  readonly placeholder: (kind: Kind, original: string) => string
  readonly text: (part: string) => string
}

const address = /(?<![A-Za-z0-9])[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>\x80]{1,2048}/gi
const secretParameter =
  /(?:token|key|sig|signature|secret|code|state|nonce|auth|session|sid|ticket|otp|hash|jwt|assertion|credential|passw|pwd|reset|invite|verif|confirm|magic|access)/i

/** What only a person has. */
const personalParameter =
  /^(?:\w{0,12}[_-])?(?:(?:sur|first|last|full|given|family)[_-]?name|vorname|nachname|prenom|apellidos?|sobrenome|voornaam|achternaam|soyad|nazwisko|phone|tel|mobile|dob|geb|birth\w{0,8}|street|address)$/i
/** Two words and more, as a query joins them. */
const joined = /^(?:\p{L}|%[C-Fc-f][\dA-F]%[89ABab][\dA-F])[^+&]{0,40}(?:\+|%20)\p{L}/u

/** What identifies a person or opens a door inside an address: values of telling parameters, fragments that carry tokens, identifier-like parts of the path. */
export const findUrlTokens: Detector = (text, look) => {
  if (!text.includes('://')) return []
  return matchesIn(text, look.runs(7, 'colon'), address).flatMap((match) => tokensOf(match[0].replace(/[.,;:!?)\]}]+$/, ''), match.index))
}

function tokensOf(url: string, offset: number): readonly Span[] {
  const pathEnd = url.search(/[?#]/)
  const path = pathEnd === -1 ? url : url.slice(0, pathEnd)
  const spans = allMatches(path, /(?<=\/)[^/]+/g)
    .filter(
      (part) =>
        part.index > path.indexOf('://') + 3 &&
        isIdentifier(part[0]) &&
        !/\/(?:commits?|blob|tree|raw|blame)\/$/.test(path.slice(0, part.index)) &&
        !publicService.test(path.slice(0, part.index)),
    )
    .map((part): Span => ({ start: offset + part.index, end: offset + part.index + part[0].length, kind: 'url_token' }))
  if (pathEnd === -1) return spans
  for (const match of allMatches(url.slice(pathEnd), /([^=&?#]*)=([^&#]+)/g)) {
    const [, name = '', value = ''] = match
    const start = offset + pathEnd + match.index + name.length + 1
    if (
      (secretParameter.test(name) && value.length >= 4 && !isSample(value)) ||
      personalParameter.test(name) ||
      (/name$/i.test(name) && joined.test(value)) ||
      isIdentifier(value)
    )
      spans.push({ start, end: start + value.length, kind: 'url_token' })
  }
  return spans
}

/** Whether a part of a path names one thing that a machine numbered: a UUID, a long hash, a random token. `orders`, `1042` and `R-2041` are not. */
export function isIdentifier(part: string): boolean {
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(part) || /^[0-9a-f]{24,}$/i.test(part) || /^\d{9,}$/.test(part)) return true
  return (
    part.length >= 16 && /\d/.test(part) && /[A-Za-z]/.test(part) && /^[\w.~=-]+$/.test(part) && !isFile(part) && wordlike01(part) < 0.72
  )
}

/** An address as it may be kept: origin and path. Query, fragment and userinfo go; identifier-like parts and personal text in the path become placeholders. */
export function redactUrlWith(url: string, mask: PartMask): string {
  const parsed = URL.parse(url)
  if (parsed === null) return ''
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
    return `${parsed.protocol}${parsed.protocol === 'about:' ? parsed.pathname : ''}`
  return (
    parsed.origin +
    parsed.pathname
      .split('/')
      .map((part) => maskPart(part, mask))
      .join('/')
  )
}

function maskPart(part: string, mask: PartMask): string {
  if (isPlaceholder(part)) return part.replaceAll('%5B', '[').replaceAll('%5D', ']')
  return isIdentifier(part) ? mask.placeholder('url_token', part) : mask.text(part)
}

function isPlaceholder(part: string): boolean {
  return /^(?:\[|%5B)[A-Z_]+_\d+(?:\]|%5D)$/.test(part)
}
