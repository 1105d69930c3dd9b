import { holds } from '../look.ts'
import { matchAt, matchesIn } from '../match.ts'
import type { Detector, Span } from '../span.ts'

const edge = ['(?<![\\p{L}\\p{N}-])', '(?![\\p{L}\\p{N}]|[-.,]\\d)'] as const
const sign = '(?!EUR|USD|GBP|KM|KG|KW|PS|HP|BMW|VW|MAN|DAF|KIA|SUV|ETA|PO \\d\\d|ISO|DIN|NR|NO|ID)\\p{Lu}'
/** Letters and digits in turn, as countries order them, few words after one of vehicles. No year ends it. */
const plate = new RegExp(
  `[^\\p{L}\\p{N}\\n]{1,3}(?:\\p{Ll}{1,8}:? ){0,3}${edge[0]}(?:${sign}\\p{Lu}{0,2}(?:[ -]?\\d{2,4}[ -]?\\p{Lu}{1,3}(?:[ -]?\\d{2,4})?|[ -]\\p{Lu}{1,2}[ -]?\\d{1,4}[EH]?|\\d\\p{Lu}\\d\\d| \\d[A-Z\\d]{3,4}| \\d{3} \\d{3})|${sign}\\p{Lu}{1,2}[ -]?\\d{3,4}|\\d{1,4}[ -]?${sign}\\p{Lu}{0,3}[ -]?\\d{1,4}|\\d{4}[ -]?[B-DF-HJ-NP-TV-Z]{3})(?<!(?:19|20)\\d\\d)${edge[1]}`,
  'uy',
)
/** ISO 3779: 17 signs but I, O and Q, the last four of them digits. */
const chassis = /(?<![A-Za-z\d])(?=[\dA-F]{0,12}[G-Z])(?=[A-Z]{0,12}\d)(?=(?:\d{0,9}[A-Z]){3})[A-HJ-NPR-Z\d]{13}\d{4}(?![A-Za-z\d])/g

/** Plates by their country's form beside a word of vehicles; vehicles' own numbers. */
export const findVehicles: Detector = (text, look) => [
  ...look.words('vehicle').flatMap(({ end: at }): readonly Span[] => {
    const found = matchAt(text, at, plate)?.[0]
    if (found === undefined) return []
    return [{ start: at + found.search(/(?<![\p{L}\p{N}])[\p{Lu}\d]/u), end: at + found.length, kind: 'national_id' }]
  }),
  ...matchesIn(
    text,
    look.runs(17, 'capitals').filter((run) => holds(run, 'digits')),
    chassis,
  ).map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
    kind: 'national_id' as const,
  })),
]
