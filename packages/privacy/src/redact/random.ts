import { entropyBits, wordlike01 } from './likely.ts'
import { allMatches } from './match.ts'
import type { Detector, Span } from './span.ts'

const run = /(?<![A-Za-z0-9_+/=~.-])[A-Za-z0-9_+/=~.-]{16,}/g
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Words before a hexadecimal run that make it a fingerprint of something public. */
const hashBefore =
  /(?:commit|revision|rev|sha-?(?:1|256|384|512)?|md5|hash|digest|checksum|etag|integrity|fingerprint|head|merge|git|build|tree|blob|branch|parent|tag|version|ref)[a-z]{0,3}\W{0,3}$/i
/** Base64 in one piece, with or without its padding. */
const base64 = /^[A-Za-z0-9+/]{24,}={0,2}$/
const part = /[A-Za-z0-9_-]{20,}/g

/** Long runs of characters that no one would type as words: keys without a known form. */
export const findRandom: Detector = (text) => {
  const spans: Span[] = []
  for (const match of allMatches(text, run)) {
    const before = text.slice(Math.max(0, match.index - 24), match.index)
    if (isRandomBase64(match[0])) spans.push(spanOf(match.index, match[0]))
    else
      for (const piece of match[0].matchAll(part))
        if (isRandom(piece[0], piece.index === 0 ? before : match[0].slice(Math.max(0, piece.index - 24), piece.index)))
          spans.push(spanOf(match.index + piece.index, piece[0]))
  }
  return spans
}

function spanOf(start: number, found: string): Span {
  return { start, end: start + found.length, kind: 'secret' }
}

/** `/` and `+` join what is one piece: a path of words has the letters of words. */
function isRandomBase64(found: string): boolean {
  const sample = found.slice(0, 512)
  return base64.test(found) && /[+/]|=$/.test(found) && /\d/.test(sample) && looksRandom(sample)
}

function isRandom(found: string, before: string): boolean {
  const sample = found.slice(0, 512)
  if (uuid.test(sample) || !/\d/.test(sample) || !/[A-Za-z]/.test(sample)) return false
  if (/^[0-9a-f]+$/i.test(sample)) return sample.length >= 32 && entropyBits(sample) > 3 && !hashBefore.test(before)
  // Names and slugs have many short parts, random text few.
  const longest = Math.max(...sample.split(/[_-]/).map((piece) => piece.length))
  return longest >= 16 && looksRandom(sample)
}

function looksRandom(sample: string): boolean {
  return entropyBits(sample) >= 3.4 && wordlike01(sample) < 0.72 && turns(sample) >= sample.length / 8
}

/** How often letters of one case, of the other, and digits take turns. */
function turns(text: string): number {
  return text.match(/[a-z](?=[A-Z0-9])|[A-Z](?=\d|[a-z])|\d(?=[A-Za-z])/g)?.length ?? 0
}
