import { entropyBits, turns, wordlike01 } from './likely.ts'
import { holds, type Run } from './look.ts'
import { allMatches, matchesIn } from './match.ts'
import { isNoToken, publicService } from './sample.ts'
import type { Detector, Span } from './span.ts'

const run = /(?<![\w+/=~.-])[\w+/=~.-]{12,}/g
/** What machines number things with: UUIDs, however joined and after whatever words; a step of a trace (W3C); a cloud's own. */
const numbered =
  /^(?:[a-z]{0,16}[_-]){0,4}(?:[0-9a-f]{8}(?:[_-][0-9a-f]{4}){3}[_-][0-9a-f]{12}[_-]?){1,4}$|^00-[0-9a-f]{32}-[0-9a-f]{16}-\d\d$|^[a-z]{1,8}-[0-9a-f]{17}$/i
/** Words before a hexadecimal run that make it a fingerprint of something public. */
const hashBefore =
  /(?:commit|cherry-pick|picked|revert|rebase|checkout|checked out|bisect|push|pull|deploy|image|layer|object|snapshot|revision|rev(?:_\w{1,16})?|sha-?(?:1|256|384|512)?|md5|hash|digest|checksum|etag|integrity|fingerprint|head|merge|git|build|tree|blob|branch|parent|tag|version|ref|container|pod|trace|tgz|overlay2?|reset(?= to)|fixup|introduced|landed|since)(?:[a-z]{0,3}| \([^()]{1,20}\) =)(?: (?:from|to|at|of|by|in|onto|since|is|was))?\W{0,4}$/i
/** The lists that programs of checksums write. */
const fileAfter = /^ [ *][\w./-]{0,80}[./]\w/
/** Base64 in one piece, with or without its padding. */
const base64 = /^[A-Za-z0-9+/]{24,}={0,2}$/
/** What anyone may see: keys and certificates of the public kind, and what a name calls public, a checksum, a picture or the number of a thing. */
const publicBlock = /-----BEGIN [A-Z0-9 ]{0,24}(?:PUBLIC KEY|CERTIFICATE|SIGNATURE)[A-Z ]{0,12}-----(?:[^-]|-(?!----)){0,16384}/g
const publicBefore =
  /public[\w-]{0,12}["']?[ \t]?[:=][ \t]?["']?$|\/nix\/store\/$|\bboundary=["']?-{0,8}$|\b(?:sha-?\d{1,3}|md5|h1|zh|integrity|checksum|fingerprint|etag)\W{1,4}$|(?:ssh|ecdsa)-[\w-]{3,20} $|[\w+=-];base64,$$/i
/** The name of a thing's number, and of those that lead to a person. */
const idBefore = /(\w{2,24}(?:[a-z]I[dD]|[_-](?:id|ID)))["']?[ \t]?[:=][ \t]?["']?$/
const ofSomebody = /sess|auth|user|device|client|customer|visitor|token|key/i
/** How files of pictures, documents and markup begin in base64; a game of chess. */
const opened = /^(?:\/9j\/|iVBORw|R0lGOD|UklGR|PHN2Z|PD94b|JVBERi|UEsDB|(?:[1-8pnbrqkPNBRQK]{1,8}\/){7})/
const path = /^\/?(?:[a-z]{2,12}\d?\/){3}/
const part = /[\w-]{12,}/g

/** Long runs of characters that no one would type as words: keys without a known form. */
export const findRandom: Detector = (text, look) => {
  const found = matchesIn(text, look.runs(12).filter(mayBeRandom), run).flatMap(({ index, 0: whole }) => randomIn(text, index, whole))
  if (found.length === 0) return found
  const shown = text.includes('-----BEGIN') ? allMatches(text, publicBlock) : []
  return found.filter(({ start }) => !shown.some(({ index, 0: block }) => index <= start && start < index + block.length))
}

/** What is short and random has digits with its letters, or is all capitals. */
function mayBeRandom(own: Run): boolean {
  const long = own.end - own.start
  return long >= 20 || (long >= 14 && holds(own, 'capitals')) || holds(own, 'digits')
}

function randomIn(text: string, index: number, whole: string): readonly Span[] {
  const spans = isRandomBase64(whole)
    ? [spanOf(index, whole)]
    : allMatches(whole, part)
        .filter((piece) => {
          const lead = piece.index === 0 ? before(text, index) : before(whole, piece.index)
          return isRandom(piece[0], lead) && !isPublic(lead)
        })
        .map((piece) => spanOf(index + piece.index, piece[0]))
  if (spans.length === 0 || opened.test(whole) || isPublic(before(text, index)) || /^(?:sha\d+-|\.\.)/.test(whole) || isNoToken(whole))
    return []
  return fileAfter.test(text.slice(index + whole.length, index + whole.length + 90)) ? [] : spans
}

function before(text: string, index: number): string {
  return text.slice(Math.max(0, index - 40), index)
}

function isPublic(lead: string): boolean {
  return publicBefore.test(lead) || publicService.test(lead) || !ofSomebody.test(idBefore.exec(lead)?.[1] ?? 'user')
}

function spanOf(start: number, found: string): Span {
  return { start, end: start + found.length, kind: 'secret' }
}

/** `/` and `+` join what is one piece: a path of words has the letters of words. */
function isRandomBase64(found: string): boolean {
  const sample = found.slice(0, 512)
  return (
    found.length >= 24 &&
    !path.test(found) &&
    /[+/]|=$/.test(found) &&
    base64.test(found) &&
    /\d/.test(sample) &&
    !opened.test(found) &&
    looksRandom(sample)
  )
}

function isRandom(found: string, before: string): boolean {
  const sample = found.slice(0, 512)
  if (numbered.test(sample) || sample.startsWith('xn--') || !/[A-Za-z]/.test(sample)) return false
  if (/^[0-9a-f]+$/i.test(sample)) return sample.length >= 32 && /\d/.test(sample) && entropyBits(sample) > 3 && !hashBefore.test(before)
  if (/^[A-Z2-7]{16,}$/.test(sample)) return isCapitals(sample)
  if (sample.length < 20) return isShortRandom(sample)
  if (!/\d/.test(sample)) return /[a-z]/.test(sample) && looksRandom(sample) && wordlike01(sample) < 0.6
  // Names and slugs have many short parts, random text few; in what a machine grouped, most parts mix letters and digits.
  const parts = sample.split(/[_-]/)
  return (
    (Math.max(...parts.map((piece) => piece.length)) >= 16 ||
      parts.filter(isMixed).length > parts.length / 2 ||
      (parts.some(isMixed) && wordlike01(sample) < 0.5)) &&
    looksRandom(sample)
  )
}

/** Base32 has no small letters: what gives it away is that letters follow each other as in no word. */
function isCapitals(sample: string): boolean {
  return (digitTurns(sample) >= 4 || wordlike01(sample) < 0.68) && /[A-Z]{2}/.test(sample) && entropyBits(sample) >= 2.8
}

/** Twelve to nineteen characters: letters of both cases and digits that take turns all the way, or groups that all mix. */
function isShortRandom(sample: string): boolean {
  const parts = sample.split(/[_-]/)
  if (parts.length > 1)
    return (
      sample.length >= 14 &&
      parts.every((piece) => piece.length >= 4) &&
      parts.filter(isMixed).length > parts.length / 2 &&
      turns(sample) >= sample.length / 4
    )
  return (
    /[a-z]/.test(sample) && /[A-Z]/.test(sample) && /\d/.test(sample) && turns(sample) >= sample.length / 3 && wordlike01(sample) < 0.75
  )
}

function isMixed(piece: string): boolean {
  return (
    piece.length >= 4 &&
    ((/\d/.test(piece) && /[A-Za-z]/.test(piece)) ||
      (/[a-z][A-Z]{2}|[A-Z]{2}[a-z]|[a-z][A-Z][a-z]+$/.test(piece) && wordlike01(piece) < 0.85))
  )
}

function looksRandom(sample: string): boolean {
  const changes = turns(sample)
  return (
    changes >= sample.length / 8 &&
    (wordlike01(sample) < 0.72 || (changes >= sample.length / 3.5 && digitTurns(sample) >= 3)) &&
    entropyBits(sample) >= 3.4
  )
}

/** How often letters and digits take turns. */
function digitTurns(text: string): number {
  return text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0
}
