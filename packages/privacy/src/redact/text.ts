// First, for the words that it brings: see the package's door.
import { findPersons } from './person.ts'

import { keptIn, moreDetectors } from '#wide/detectors'

import { findAddresses } from './address.ts'
import { findBirths } from './birth.ts'
import { findCards } from './card.ts'
import { findCommands, findLogins } from './command.ts'
import { findEmails } from './email.ts'
import { findEncoded } from './encoded.ts'
import { secretField } from './field.ts'
import { fold, shield } from './fold.ts'
import { findIbans } from './iban.ts'
import { findIps } from './ip.ts'
import { findLabelled } from './label.ts'
import { bitsOf, lookAt, type Look } from './look.ts'
import { findMadeUp } from './made.ts'
import { findNamedNumbers } from './named.ts'
import { findNationalIds } from './national.ts'
import { findOneTimeCodes } from './otp.ts'
import { findUnspacedPersons } from './person-unspaced.ts'
import { findPhones } from './phone.ts'
import { createPlaceholderMap, type PlaceholderMap } from './placeholder.ts'
import { findRandom } from './random.ts'
import { merged, type Detector, type Span } from './span.ts'
import { findTables } from './table.ts'
import { findUrlTokens } from './url.ts'
import { findVendorTokens } from './vendor.ts'

/** What is known around a text. `field`: the name or label of the field it stands in. */
export interface RedactContext {
  readonly field?: string
  readonly map?: PlaceholderMap
}

/** A text with what must not be kept replaced, and where that stood in the text that came in. */
export interface Redacted {
  readonly text: string
  readonly spans: readonly Span[]
}

/** What is looked for behind base64 and hexadecimal, too. */
const plainDetectors: readonly Detector[] = [findEmails, findCards, findIbans, findNationalIds, findVendorTokens, findLabelled]
const hidden = findEncoded((decoded) => firstOf(decoded, plainDetectors))
/** Families of words that detectors wait for. */
const named = bitsOf('plate', 'personal', 'unparted')
const commanding = bitsOf('command')
const labelling = bitsOf('strong', 'code', 'weak', 'vague')
const coded = bitsOf('codeWord', 'unpartedCode', 'put')
/** Detectors, and what must be in a text for them to find anything. */
const detectors: readonly (readonly [needed: (look: Look) => boolean, readonly Detector[]])[] = [
  [({ hasAny }) => hasAny('mail'), [findEmails]],
  [({ longNumbers }) => longNumbers.some(({ count }) => count >= 12), [findCards]],
  [({ longNumbers }) => longNumbers.length > 0, [findNationalIds, findPhones]],
  [({ numbers }) => numbers.length > 0, [findIbans, findBirths, findAddresses]],
  [({ numbers, mayHave }) => numbers.length > 0 && mayHave(named), [findNamedNumbers]],
  [({ numbers, mayHave }) => numbers.length > 0 && mayHave(coded), [findOneTimeCodes]],
  [({ jointed }) => jointed, [findIps]],
  [({ hasAny }) => hasAny('colon'), [findUrlTokens, findLogins]],
  [({ longest }) => longest >= 15, [findVendorTokens]],
  [({ longest }) => longest >= 12, [findRandom]],
  [({ longest }) => longest >= 16, [hidden]],
  [({ hasWord }) => hasWord, [findPersons]],
  [({ mayHave }) => mayHave(commanding), [findCommands]],
  [({ mayHave }) => mayHave(labelling), [findLabelled]],
  [({ hasAny }) => hasAny('signs'), [findMadeUp]],
  [({ unspaced }) => unspaced.length > 0, [findUnspacedPersons]],
  ...moreDetectors,
]
const longestText = 1_000_000
/** What tokens are made of. */
const runs = /[\w-]/
const rounds = 4
/** The farthest that a detector looks from what it masks, over blanks. */
const reach = 512
const blank = /\s/

/** Masks what is sensitive in a text. Never throws: what can't be judged is masked whole. What was redacted before stays as it is. */
export function redactText(text: string, context: RedactContext = {}): Redacted {
  try {
    context.map?.reserve(text)
    const spans = text.trim() === '' ? [] : spansOf(text, context.field ?? '', context.map)
    return spans.length === 0 ? { text, spans } : replaced(text, spans, context.map)
  } catch {
    // Whatever went wrong, the text was not judged: nothing of it may be kept.
    return replaced(text, whole(text, 'other'), context.map)
  }
}

function whole(text: string, kind: Span['kind']): readonly Span[] {
  return [{ start: 0, end: text.length, kind }]
}

/** Looks again at what is left until nothing more is found, so that redacting a redacted text changes nothing. */
function spansOf(text: string, field: string, map: PlaceholderMap | undefined): readonly Span[] {
  if (text.length > longestText) return whole(text, 'other')
  if (field !== '' && secretField({ name: field })) return isPlaceholders(text) ? [] : whole(text, 'secret')
  // A part that is known already must not hide from the detectors what it is a part of.
  const known = [...taintedIn(text, map?.tainted ?? []), ...(map?.also?.(text) ?? [])]
  let spans = merged([...known, ...detect(text, [], field)])
  for (let round = 0; round < rounds && spans.length > 0; round += 1) {
    const windows = windowsOf(text, spans)
    const isPart = windows.length > 1 || windows[0]?.start !== 0 || windows[0].end !== text.length
    if (isPart && !windows.some((window) => isMoreIn(text, window, field))) return spans
    const more = detect(text, spans, field)
    if (more.length === 0) return spans
    spans = merged([...spans, ...more])
  }
  return spans.length === 0 || detect(text, spans, field).length === 0 ? spans : whole(text, 'other')
}

/** Whether anything is found in a stretch beside what was, once that is shielded. Farther from it all is as it was. */
function isMoreIn(text: string, { start, end, spans }: Window, field: string): boolean {
  const own = spans.map((span) => ({ ...span, start: span.start - start, end: span.end - start }))
  return detect(text.slice(start, end), own, start === 0 ? field : '').length > 0
}

/** A stretch of a text with the spans in it. */
interface Window {
  readonly start: number
  end: number
  readonly spans: Span[]
}

/** Stretches around spans (sorted, apart) as far as any detector looks, from blank to blank. */
function windowsOf(text: string, spans: readonly Span[]): readonly Window[] {
  const windows: Window[] = []
  for (const span of spans) {
    let last = windows.at(-1)
    let end = Math.min(text.length, span.end + reach)
    // A run without a blank is walked once, however many spans are in it.
    if (last === undefined || end > last.end) {
      let start = Math.max(0, span.start - reach)
      while (start > (last?.end ?? 0) && !blank.test(text[start - 1] ?? '')) start -= 1
      while (end < text.length && !blank.test(text[end] ?? '')) end += 1
      if (last !== undefined && start <= last.end) last.end = end
      else windows.push((last = { start, end, spans: [] }))
    }
    last.spans.push(span)
  }
  return windows
}

/** Whether nothing but placeholders and blanks is in a text. */
export function isPlaceholders(text: string): boolean {
  return fold(text).text.replaceAll(shield, '').trim() === ''
}

/** Spans of a text beside those already found, which stand shielded like placeholders. */
function detect(text: string, found: readonly Span[], field: string): readonly Span[] {
  const folded = fold(text, found)
  const lead = field === '' ? '' : `${field.slice(0, 64).replaceAll('\n', ' ')}: `
  const looked = lead + folded.text
  // A sign and two digits of a password are no escape: what a person made up is looked for as it is written, too.
  const written = found.length === 0 && /%[2-7]/.test(text) ? findMadeUp(text, lookAt(text)) : []
  const spans: Span[] = [...written]
  const direct = detectedIn(looked, lead.length)
  if (direct.length === 0 && !looked.includes('\n')) return written
  for (const span of keptIn(looked, [...direct, ...inTables(looked, direct)]))
    for (const { start, end, kind } of unshielded(looked, { ...span, start: Math.max(span.start, lead.length) }))
      spans.push({ start: folded.startOf(start - lead.length), end: folded.endOf(end - lead.length - 1), kind })
  return spans
}

/** From a place on: what stands before it only leads there. */
function detectedIn(text: string, from?: number): readonly Span[] {
  const look = lookAt(text, from)
  const spans: Span[] = []
  for (const [needed, own] of detectors)
    if (needed(look)) for (const detector of own) for (const span of detector(text, look)) spans.push(span)
  return spans
}

const inTables = findTables((lines) => merged(detectedIn(lines)))

function firstOf(text: string, some: readonly Detector[]): Span | undefined {
  const look = lookAt(text)
  return some.flatMap((detector) => detector(text, look))[0]
}

/** A span without the shields in it. */
function unshielded(text: string, span: Span): readonly Span[] {
  let end = span.start - 1
  return text
    .slice(span.start, span.end)
    .split(shield)
    .flatMap(({ length }) => {
      const start = end + 1
      end = start + length
      return length === 0 ? [] : [{ ...span, start, end }]
    })
}

/** Values masked elsewhere in the episode are masked here too, with the whole of the run that they stand in: it may go on where they ended. */
function taintedIn(text: string, tainted: readonly string[]): readonly Span[] {
  const spans: Span[] = []
  for (const value of tainted) {
    let last = -1
    for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, last)) {
      last = at + value.length
      while (runs.test(text[last] ?? '')) last += 1
      let start = at
      while (runs.test(text[start - 1] ?? '')) start -= 1
      spans.push({ start, end: last, kind: 'secret' })
    }
  }
  return merged(spans)
}

function newMap(text: string): PlaceholderMap {
  const map = createPlaceholderMap()
  map.reserve(text)
  return map
}

function replaced(text: string, spans: readonly Span[], map: PlaceholderMap = newMap(text)): Redacted {
  let out = ''
  let at = 0
  for (const { start, end, kind } of spans) {
    out += text.slice(at, start) + map.placeholder(kind, text.slice(start, end))
    at = end
  }
  return { text: out + text.slice(at), spans }
}
