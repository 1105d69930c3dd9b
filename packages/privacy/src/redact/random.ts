import { entropyBits, wordlike01 } from './likely.ts'
import type { Detector, Span } from './span.ts'

const run = /[A-Za-z0-9_+/=~.-]{16,}/g
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Words before a hexadecimal run that make it a fingerprint of something public. */
const hashBefore =
  /(?:commit|revision|rev|sha-?(?:1|256|384|512)?|md5|hash|digest|checksum|etag|integrity|fingerprint|head|merge|git|build|tree|blob|branch|parent|tag|version|ref)[a-z]{0,3}\W{0,3}$/i
/** Parts of an address, a path or a sum that are looked at one by one. */
const joints = /[/=+~]/

/** Long runs of characters that no one would type as words: keys without a known form. */
export const findRandom: Detector = (text) => {
  const spans: Span[] = []
  for (const match of text.matchAll(run)) {
    if (isRandom(match[0], text.slice(Math.max(0, match.index - 24), match.index))) {
      const end = match.index + match[0].replace(/\.+$/, '').length
      spans.push({ start: match.index, end, kind: 'secret' })
    } else if (joints.test(match[0])) spans.push(...partsOf(match[0], match.index))
  }
  return spans
}

function partsOf(found: string, offset: number): readonly Span[] {
  return [...found.matchAll(/[A-Za-z0-9_-]{20,}/g)]
    .filter((part) => isRandom(part[0], found.slice(Math.max(0, part.index - 24), part.index)))
    .map((part) => ({ start: offset + part.index, end: offset + part.index + part[0].length, kind: 'secret' }))
}

function isRandom(found: string, before: string): boolean {
  const sample = found.slice(0, 512)
  if (sample.length < 20 || uuid.test(sample) || !/\d/.test(sample) || !/[A-Za-z]/.test(sample)) return false
  if (/^[0-9a-f]+$/i.test(sample)) return sample.length >= 32 && entropyBits(sample) > 3 && !hashBefore.test(before)
  // Random text has few joints and long parts; paths, slugs and names have many short ones.
  const longest = Math.max(...sample.split(/[_\-/=+~.]/).map((part) => part.length))
  if (longest < 16 || entropyBits(sample) < 3.4) return false
  return wordlike01(sample) < 0.72 && turns(sample) >= sample.length / 8
}

/** How often letters of one case, of the other, and digits take turns. */
function turns(text: string): number {
  return text.match(/[a-z](?=[A-Z0-9])|[A-Z](?=\d|[a-z])|\d(?=[A-Za-z])/g)?.length ?? 0
}
