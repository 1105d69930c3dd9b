import { allMatches, matchAt, matchesIn } from './match.ts'
import type { Look } from './look.ts'
import type { Detector, Span } from './span.ts'

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
/** With a port after a fifth point, as tcpdump writes it: what is numbered in five parts begins lower. */
const four = new RegExp(
  `(?<![\\d.])(?:${octet}\\.){3}${octet}(?!\\d|\\.\\d)|(?<![\\d.])(?=[3-9]\\d|\\d{3})(?:${octet}\\.){3}${octet}(?=\\.\\d{1,5}(?![\\d.]))`,
  'y',
)
const six =
  /(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{2,39}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?:%\w{1,15})?(?![\w]|:[0-9A-Fa-f:]*[A-Fa-f:]|\.\d)/g
const versionBefore = /(?:[Vv]ersion|VERSION|[Rr]elease|[Vv])[ :=]{0,2}$|[A-Z][a-zA-Z]{1,12}\/$/

/** A device's own number (IEEE 802 EUI-48 or EUI-64): pairs, or Cisco's groups of four. */
const device =
  /(?<![0-9A-Za-z][:.-]?)(?:[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?:\1[0-9A-Fa-f]{2}){0,2}|(?:[0-9A-Fa-f]{4}\.){2,3}[0-9A-Fa-f]{4})(?![0-9A-Za-z]|[:-][0-9A-Fa-f]{2}(?![0-9]))/g
/** One number in the place of a host, as RFC 3986 section 7.4 warns of: `http://2130706433/`, `http://0x7f000001/`. */
const packed = /(?<=:\/\/)(?:0x[0-9A-Fa-f]{8}|[1-4]?\d{9})(?=[:/?#\s]|$)/g

/** Internet addresses of either version, written as RFC 4291 and 4007 allow, and devices' own. */
export const findIps: Detector = (text, look) => [...findFour(text, look), ...findSix(text, look), ...findDevices(text, look)]

function findDevices(text: string, look: Look): readonly Span[] {
  const joined = look.runs(14, 'joints')
  return [...matchesIn(text, joined, device), ...(text.includes('://') ? allMatches(text, packed) : [])]
    .filter(({ 0: found }) => !/^\d{4}\.\d{4}\.\d{4}/.test(found))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, kind: 'ip' }))
}

function findFour(text: string, look: Look): readonly Span[] {
  return look.numbers
    .filter(({ start, end }) => end - start <= 3 && text[end] === '.')
    .map(({ start }) => matchAt(text, start, four))
    .filter((match) => match !== null)
    .filter((match) => !versionBefore.test(text.slice(Math.max(0, match.index - 14), match.index)))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, kind: 'ip' }))
}

function findSix(text: string, look: Look): readonly Span[] {
  if (!look.hasAny('colon') || !/:[0-9A-Fa-f]{0,4}:/.test(text)) return []
  return allMatches(text, six).flatMap(({ index, 0: found }) => {
    // A port may follow without the brackets that RFC 3986 asks for.
    const written = [found, found.replace(/:\d{1,5}$/, '')].find(isSix)
    return written === undefined ? [] : [{ start: index, end: index + written.length, kind: 'ip' }]
  })
}

/** RFC 4291 section 2.2: eight groups, or fewer around one `::`. */
function isSix(written: string): boolean {
  const text = written.replace(/%.*$/, '').replace(/\d+(?:\.\d+){3}$/, '0:0')
  const halves = text.split('::')
  const groups = text.split(/:+/).filter((group) => group !== '')
  if (halves.length > 2 || text.includes(':::') || groups.some((group) => group.length > 4)) return false
  if (halves.length === 1) return groups.length === 8 && text.split(':').length === 8
  return groups.length >= 1 && groups.length <= 7 && !/^:[^:]|[^:]:$/.test(text)
}
