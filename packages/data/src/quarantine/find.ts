import { redactText } from '@overt/privacy'

import type { Finding } from '../store/picture-rows.ts'
import { blurred, placesAlike } from './alike.ts'
import { type Reading, boxAround } from './reading.ts'

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

/** What redaction and the list of what is sought find in readings of one picture. Every reading shows the same, so of each kind the one that has most of it is told. */
export function findIn(readings: readonly Reading[], sought: readonly string[]): readonly Finding[] {
  const most = new Map<string, readonly Finding[]>()
  for (const reading of readings)
    for (const found of [redacted(reading), redacted({ ...reading, text: withFigures(reading.text) }), soughtIn(reading, sought)])
      for (const [kind, findings] of Map.groupBy(found, (one) => one.kind))
        if (findings.length > (most.get(kind)?.length ?? 0)) most.set(kind, findings)
  return [...most.values()].flat()
}

/** Of each kind, how many. */
export function countsOf(findings: readonly Finding[]): Found {
  return Object.fromEntries([...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, of]) => [kind, of.length]))
}

function redacted({ text, words }: Reading): readonly Finding[] {
  return redactText(text).spans.map(({ kind, start, end }) => ({ kind, box: boxAround(words, start, end) }))
}

/** No sign of a word is blurred together with one of the next, so places in the blurred text are places of blurred words. */
function soughtIn({ text, words }: Reading, sought: readonly string[]): readonly Finding[] {
  let length = 0
  const places = words.map(({ start, end, box }) => {
    const from = length
    length += blurred(text.slice(start, end)).length
    return { start: from, end: length, box }
  })
  return placesAlike(blurred(text), sought).map(({ start, end }) => ({ kind: 'sought', box: boxAround(places, start, end) }))
}

/** A card of which one figure was read as a letter passes no check of its digits. */
function withFigures(text: string): string {
  return text.replaceAll(number, (word) => (/\d/.test(word) ? word.replaceAll(/\D/g, (sign) => figures[sign] ?? sign) : word))
}
