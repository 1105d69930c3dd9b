import { type PlaceholderMap, createPlaceholderMap, redactEvent, redactText, redactUrl, secretField } from '@overt/privacy'
import type { Batch, Event } from '@overt/schema'
import { cellsIn, judgedFields, rowFields } from '@overt/schema/told'
import { nodeStates, unitSeparator } from '@overt/schema/words'

import { asList, asText, asUrl, asWord } from './parts.ts'
import { isPlain } from './plain.ts'
import type { Scan } from './scan.ts'

type EventTable = Batch['events'][number]

const [typeAt = -1, nameAt = -1, valueAt = -1, statesAt = -1] = (['inputType', 'name', 'value', 'states'] as const).map((field) =>
  rowFields.indexOf(field),
)
const secretBit = 2 ** nodeStates.indexOf('secret')

/** Whether redaction would change nothing in a batch that `scanBatch` has read: each distinct text is judged once, in each of the parts that it plays. */
export function isUntouched(batch: Batch, { parts, told }: Pick<Scan, 'parts' | 'told'>, map = createPlaceholderMap()): boolean {
  const judge = judgeOf(map)
  return (
    redactUrl(batch.origin + batch.path, map) === batch.origin + batch.path &&
    valuesUntouched(batch.strings, told, judge) &&
    batch.strings.every((text, place) => stringUntouched(text, parts[place] ?? 0, judge)) &&
    batch.events.every((table) => tableUntouched(table, judge))
  )
}

/** Judgements of one batch. */
interface Judge {
  readonly text: (text: string) => boolean
  /** Labels joined by U+001F. */
  readonly list: (joined: string) => boolean
  readonly url: (url: string) => boolean
  /** Named keys pressed together. */
  readonly chord: (chord: string) => boolean
  readonly value: (value: string, row: { readonly name: string; readonly inputType: string; readonly secret: boolean }) => boolean
}

function judgeOf(map: PlaceholderMap): Judge {
  const text = (one: string, field?: string): boolean => redactText(one, field === undefined ? { map } : { map, field }).spans.length === 0
  const values = new Map<string, (value: string) => boolean>()
  const valueUnder = (name: string): ((value: string) => boolean) => {
    const known = values.get(name) ?? once((value) => text(value, name))
    values.set(name, known)
    return known
  }
  return {
    text: once((one) => text(one)),
    list: once((joined) => joined.split(unitSeparator).every((label) => text(label))),
    url: once((url) => redactUrl(url, map) === url),
    chord: once((chord) => {
      const pressed = { kind: 'key', seq: 0, gap: 0, observation: -1, node: -1, chord, code: '' } as const
      return Reflect.get(redactEvent(pressed, map), 'chord') === chord
    }),
    value: (value, { name, inputType, secret }) => {
      // What is left in a secret field may be a placeholder, which the rows tell apart; by its label `redactText` knows one itself.
      if (secret || secretField({ inputType })) return false
      return valueUnder(name)(value)
    },
  }
}

/** A test that is made once for each text. */
function once(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const verdict = test(text)
    known.set(text, verdict)
    return verdict
  }
}

function stringUntouched(text: string, parts: number, judge: Judge): boolean {
  if (text === '') return true
  if ((parts & asWord) !== 0 && !isPlain(text)) return false
  if ((parts & asText) !== 0 && !judge.text(text)) return false
  if ((parts & asList) !== 0 && !judge.list(text)) return false
  return (parts & asUrl) === 0 || judge.url(text)
}

function valuesUntouched(strings: readonly string[], { cells }: Scan['told'], judge: Judge): boolean {
  for (let row = 0; row < cells.length; row += judgedFields) {
    const value = strings[cells[row + valueAt] ?? -1] ?? ''
    if (value === '') continue
    const [name = '', inputType = ''] = [strings[cells[row + nameAt] ?? -1], strings[cells[row + typeAt] ?? -1]]
    if (!judge.value(value, { name, inputType, secret: ((cells[row + statesAt] ?? 0) & secretBit) !== 0 })) return false
  }
  return true
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

function tableUntouched({ kind, columns, n }: EventTable, judge: Judge): boolean {
  const tests = { text: judge.text, list: judge.list, url: judge.url, plain: isPlain, chord: judge.chord }
  const told = partsOf.get(kind)
  if (told === undefined) return false
  if (!Object.entries(told).every(([field, part]) => cellsIn(columns[field]).every((cell) => tests[part](String(cell))))) return false
  if (kind !== 'text') return true
  const at = (field: string, row: number): unknown => (Array.isArray(columns[field]) ? columns[field][row] : columns[field])
  return Array.from({ length: n }, (_, row) => row).every(
    (row) => at('secret', row) !== true || (at('before', row) === '' && at('after', row) === ''),
  )
}
