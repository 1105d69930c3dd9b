import { findAddresses } from '../address.ts'
import { findBirths } from '../birth.ts'
import { findCards } from '../card.ts'
import { findIbans } from '../iban.ts'
import { findIps } from '../ip.ts'
import { lookAt } from '../look.ts'
import { findNationalIds } from '../national.ts'
import { findPersons } from '../person.ts'
import { findPhones } from '../phone.ts'
import type { Detector, Span } from '../span.ts'

/** What a format writes where a reader sees a gap, behind a sign of it, and the gap in as many characters. */
const gaps: readonly (readonly [sign: string, pattern: RegExp, gap: (found: string) => string])[] = [
  // Cells: `7,44051401359,ok`.
  [',', /^[^\n]{0,400},(?=\S)[^\n]{0,400},(?=\S)[^\n]*/gm, (line) => line.replace(/,(?=\S)/g, ';')],
  // Emphasis: `_Ada Quell_`.
  ['_', /(?<![\p{L}\p{N}_])_(?=[^\s_])[^_\n]{1,80}(?<!\s)_(?![\p{L}\p{N}_])/gu, (found) => ` ${found.slice(1, -1)} `],
  // Blanks of an address's question: `?q=Ada+Quell`.
  ['+', /[?&][\w.-]{1,40}=[^\s&#]{0,200}/g, (found) => found.replace(/(?<!=)\+/g, ' ')],
  // The number of an item or of what is unread: `1. 06 12 34 56 78`, `(3) Ada Quell | Inbox`.
  ['. ', /^[ \t]{0,8}\d{1,2}\.(?= )/gm, blanksFor],
  [') ', /^[ \t]{0,8}\(?\d{1,2}\)(?= )/gm, blanksFor],
  // What an address of a machine is called: `src:2001:db8::1`.
  [':', /[G-Zg-z]\w{0,8}:(?=[0-9A-Fa-f]{2,4}:)/g, (found) => `${found.slice(0, -1)} `],
]

function blanksFor(found: string): string {
  return ' '.repeat(found.length)
}

const detectors: readonly Detector[] = [findCards, findIbans, findNationalIds, findPhones, findIps, findBirths, findPersons, findAddresses]

/** What is found once the signs of formats are read as the gaps that they are, in the lines that have any. */
export const findReread: Detector = (text) => {
  const read = gaps.reduce((copy, [sign, pattern, gap]) => (copy.includes(sign) ? copy.replace(pattern, gap) : copy), text)
  if (read === text) return []
  let at = 0
  return read.split('\n').flatMap((line): readonly Span[] => {
    const from = at
    at += line.length + 1
    if (text.startsWith(line, from)) return []
    const look = lookAt(line)
    return detectors.flatMap((find) => find(line, look)).map((span) => ({ ...span, start: from + span.start, end: from + span.end }))
  })
}
