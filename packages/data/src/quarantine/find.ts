import { redactText } from '@overt/privacy'

import { blurred, countAlike } from './alike.ts'

/** How many of each kind were found; `sought`: of what the check was given to look for. */
export type Found = Readonly<Record<string, number>>

/** Letters that a reader of pixels makes of figures. */
const figures: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  I: '1',
  l: '1',
  '|': '1',
  i: '1',
  S: '5',
  s: '5',
  B: '8',
  Z: '2',
  z: '2',
}
/** Words of nothing but figures and such letters. */
const number = /(?<![\w|])[\dOoQIl|iSsBZz]+(?![\w|])/g

/** What redaction and the list of what is sought find in readings of one picture. Every reading shows the same, so the most that one of them has is counted. */
export function findIn(readings: readonly string[], sought: readonly string[]): Found {
  const counts = new Map<string, number>()
  const count = (found: ReadonlyMap<string, number>): void => {
    for (const [kind, times] of found) counts.set(kind, Math.max(times, counts.get(kind) ?? 0))
  }
  for (const text of readings) {
    for (const one of [text, withFigures(text)]) count(kindsIn(one))
    count(new Map([['sought', countAlike(blurred(text), sought)]]))
  }
  return Object.fromEntries([...counts].filter(([, times]) => times > 0))
}

function kindsIn(text: string): ReadonlyMap<string, number> {
  const groups = Map.groupBy(redactText(text).spans, ({ kind }) => kind)
  return new Map([...groups].map(([kind, spans]) => [kind, spans.length]))
}

/** A card of which one figure was read as a letter passes no check of its digits. */
function withFigures(text: string): string {
  return text.replaceAll(number, (word) => (/\d/.test(word) ? word.replaceAll(/\D/g, (sign) => figures[sign] ?? sign) : word))
}
