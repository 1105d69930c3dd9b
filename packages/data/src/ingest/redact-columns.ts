import {
  type PlaceholderMap,
  createPlaceholderMap,
  placeholderPattern,
  redactEvent,
  redactText,
  redactUrl,
  valueRedactor,
} from '@overt/privacy'
import type { Batch, Event } from '@overt/schema'
import { judgedFields, longestShared, rowFields } from '@overt/schema/told'
import { nodeStates, unitSeparator } from '@overt/schema/words'

import { asList, asText, asUrl, asValue, asWord } from './parts.ts'
import { isPlain } from './plain.ts'
import { type Redacted, redactPath, reserveAll } from './redact.ts'
import type { Scan } from './scan.ts'

type EventTable = Batch['events'][number]
type Column = EventTable['columns'][string]

const [typeAt = -1, roleAt = -1, nameAt = -1, valueAt = -1, statesAt = -1] = (
  ['inputType', 'role', 'name', 'value', 'states'] as const
).map((field) => rowFields.indexOf(field))
const secretBit = 2 ** nodeStates.indexOf('secret')

/**
 * Redacts a batch that `scanBatch` has read, in its columns: each distinct text is judged once, in each of the parts that it plays, and the very batch is given where none changes.
 * Undefined where only its rows can tell: a text that becomes another one in another part, what was typed into a secret field, a secret, which masks itself elsewhere too.
 */
export function redactColumns(
  batch: Batch,
  { parts, told }: Pick<Scan, 'parts' | 'told'>,
  map = createPlaceholderMap(),
): Redacted | undefined {
  reserveAll(batch, map)
  const mask = maskOf(map)
  const strings = stringsOf(batch.strings, parts, told, mask)
  const events = batch.events.map((table) => tableOf(table, mask))
  const path = redactPath(batch, map)
  if (strings === undefined || events.includes(undefined) || map.tainted.length > 0) return undefined
  if (path !== batch.path) mask.changed.add(batch.path)
  const changed = mask.changed.size
  return { batch: changed === 0 ? batch : { ...batch, path, strings, events: events.filter((table) => table !== undefined) }, changed }
}

/** Half of what a table shows, and nothing that anything is found in: a few digits alone, a placeholder alone. */
const bare = new RegExp(`^(?:\\d{1,4}|${placeholderPattern.source})$`)

/** With more texts the number of a field would be none that is exact. */
const mostStrings = 100_000

/** What is kept of the texts of one batch. */
interface Mask {
  readonly text: (text: string) => string
  /** Labels joined by U+001F. */
  readonly list: (joined: string) => string
  readonly url: (url: string) => string
  /** A word of ours. */
  readonly plain: (text: string) => string
  /** Named keys pressed together. */
  readonly chord: (chord: string) => string
  /** What a field shows. */
  readonly valueOf: (field: Field) => (value: string) => string
  /** Texts of which something is not kept. */
  readonly changed: Set<string>
}

type Field = Parameters<typeof valueRedactor>[0]

function maskOf(map: PlaceholderMap): Mask {
  const changed = new Set<string>()
  const once = (mask: (text: string) => string): ((text: string) => string) => {
    const known = new Map<string, string>()
    return (text) => {
      const before = known.get(text)
      if (before !== undefined) return before
      const clean = mask(text)
      known.set(text, clean)
      if (clean !== text) changed.add(text)
      return clean
    }
  }
  // What others judge, an operator's model say, they judge all of: a text that they could not is masked whole.
  const isKnown = (one: string): boolean => map.also === undefined && bare.test(one)
  const text = once((one) => (isKnown(one) ? one : redactText(one, { map }).text))
  return {
    changed,
    text,
    list: (joined) => joined.split(unitSeparator).map(text).join(unitSeparator),
    url: once((url) => redactUrl(url, map)),
    plain: once((word) => (isPlain(word) ? word : '')),
    chord: once((chord) => {
      const pressed = { kind: 'key', seq: 0, gap: 0, observation: -1, node: -1, chord, code: '' } as const
      return String(Reflect.get(redactEvent(pressed, map), 'chord'))
    }),
    valueOf: (field) => once(valueRedactor(field, map)),
  }
}

/** The table of strings, each as all its parts leave it; undefined where two of them differ. */
function stringsOf(strings: readonly string[], parts: Scan['parts'], { cells }: Scan['told'], mask: Mask): string[] | undefined {
  const clean: (string | undefined)[] = strings.map((text) => (text === '' ? '' : undefined))
  let isOne = true
  const put = (place: number, text: string): void => {
    if (clean[place] !== undefined && clean[place] !== text) isOne = false
    clean[place] = text
  }
  const values = new Map<number, (value: string) => string>()
  const { length } = strings
  if (length > mostStrings) return undefined
  for (let row = 0; row < cells.length; row += judgedFields) {
    const place = cells[row + valueAt] ?? -1
    const value = strings[place] ?? ''
    if (value === '') continue
    const [name = -1, type = -1, role = -1] = [cells[row + nameAt], cells[row + typeAt], cells[row + roleAt]]
    const secret = ((cells[row + statesAt] ?? 0) & secretBit) === 0 ? 0 : 1
    // A field is told in row after row.
    const field = ((name * length + type) * length + role) * 2 + secret
    let kept = values.get(field)
    if (kept === undefined) {
      const [label = '', inputType = '', kind = ''] = [strings[name], strings[type], strings[role]]
      values.set(field, (kept = mask.valueOf({ name: label, inputType, role: kind, states: secret === 0 ? [] : ['secret'] })))
    }
    put(place, kept(value))
  }
  for (const [place, text] of strings.entries()) {
    const own = text === '' ? 0 : (parts[place] ?? 0)
    if ((own & asWord) !== 0) put(place, mask.plain(text))
    if ((own & asText) !== 0) put(place, mask.text(text))
    if ((own & asList) !== 0) put(place, mask.list(text))
    if ((own & asUrl) !== 0) put(place, mask.url(text))
    if ((own & asValue) !== 0 && clean[place] === undefined) isOne = false
  }
  return isOne ? clean.map((text) => text ?? '') : undefined
}

type Part = 'text' | 'list' | 'url' | 'plain' | 'chord'

/** By kind: what of an event is an ordinary text, a list, an address, a word of ours, a chord. All else is numbers, flags and words that the schema names. */
const parts = {
  click: { modifiers: 'plain' },
  drag: { modifiers: 'plain' },
  hover: {},
  key: { chord: 'chord', code: 'chord' },
  text: { before: 'text', after: 'text' },
  select: { before: 'list', after: 'list' },
  check: {},
  value: { before: 'text', after: 'text' },
  scroll: {},
  clipboard: { content: 'text' },
  upload: {},
  focus: {},
  navigate: { url: 'url', title: 'text' },
  submit: {},
  task: { goal: 'text', template: 'plain', seed: 'plain' },
  takeover: {},
  proposed: { argument: 'list' },
  recorder: { reason: 'plain' },
  tab: {},
  gap: { reason: 'plain' },
} as const satisfies { readonly [K in Event['kind']]: { readonly [F in keyof Extract<Event, { kind: K }>]?: Part } }
const partsOf: ReadonlyMap<string, Readonly<Record<string, Part>>> = new Map(Object.entries(parts))

/** A table of events; undefined where only the rows can tell what is kept. */
function tableOf(table: EventTable, mask: Mask): EventTable | undefined {
  const { kind, columns, n } = table
  const told = partsOf.get(kind)
  if (told === undefined) return undefined
  const clean = Object.entries(told).flatMap(([field, part]) => {
    const column = columns[field]
    return column === undefined ? [] : [[field, columnOf(column, mask[part])] as const]
  })
  // What stands once for all rows is short.
  if (clean.some(([field, column]) => !Array.isArray(column) && column !== columns[field] && String(column).length > longestShared))
    return undefined
  const at = (field: string, row: number): unknown => (Array.isArray(columns[field]) ? columns[field][row] : columns[field])
  const isTold = (row: number): boolean => at('secret', row) === true && (at('before', row) !== '' || at('after', row) !== '')
  if (kind === 'text' && Array.from({ length: n }, (_, row) => row).some(isTold)) return undefined
  return { ...table, columns: { ...columns, ...Object.fromEntries(clean) } }
}

function columnOf(column: Column, mask: (text: string) => string): Column {
  return Array.isArray(column) ? column.map((cell) => mask(String(cell))) : mask(String(column))
}
