import { assert, constantFrom, integer, property, record, string } from 'fast-check'
import type { Batch, Event, Observation } from '@overt/schema'
import { canonicalJson, decodeColumns, encodeColumns } from '@overt/schema/words'
import { expect, test } from 'vitest'

import { contentsOf } from './contents.ts'
import { decodeRows, shapeBatch } from './decode.ts'
import { madeBatch } from './fixture.ts'
import { redactColumns } from './redact-columns.ts'
import { redactBatch } from './redact.ts'
import { scanBatch } from './scan.ts'

const words = constantFrom(
  '',
  'Save',
  'text',
  'Note',
  'Order 6114',
  'ada@example.com',
  'Sofie Marsh',
  'Ask Sofie Marsh or [PERSON_1]',
  'the password is hunter2x',
  'Password',
  'PIN',
  '4539 1077 1234 5679',
  '[SECRET_1]',
  'Control+S',
  '“free”',
  'http://127.0.0.1:4748/orders',
  'https://mail.example/inbox?token=abcdef123456',
  'one\u001ftwo',
  'x'.repeat(600),
  '\u001f'.repeat(600),
)
const numbers = constantFrom(-2, -1, 0, 1, 2, 3, 5, 9, 64, 512, 16_384, 131_072, 20_001, 1.5)

/** Every place in a batch where a leaf stands. */
function leavesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, Array.isArray(value) ? Number(key) : key]))
}

function changed(batch: Batch, path: readonly (string | number)[], change: (leaf: unknown) => unknown): Batch {
  const copy = structuredClone(batch)
  const last = path.at(-1) ?? ''
  const holder = path.slice(0, -1).reduce<Record<string | number, unknown>>((at, key) => at[key] as typeof at, copy as never)
  holder[last] = change(holder[last])
  return copy
}

const edit = record({
  at: integer({ min: 0, max: 1_000_000 }),
  text: words,
  number: numbers,
  any: string({ maxLength: 12 }),
  which: integer({ min: 0, max: 5 }),
})
type Edit = { readonly at: number; readonly text: string; readonly number: number; readonly any: string; readonly which: number }

function edited(batch: Batch, { at, text, number, any, which }: Edit): Batch {
  const leaves = leavesOf(batch)
  return changed(batch, leaves[at % leaves.length] ?? [], (leaf) => {
    if (typeof leaf === 'string') return which === 0 ? any : text
    if (typeof leaf === 'boolean') return !leaf
    return which === 0 ? (leaf as number) + 1 : number
  })
}

/** Holds the columns' answer against the rows'; tells whether the columns had one. */
function compare(batch: Batch): 'untouched' | 'masked' | 'rows' | 'left' | 'refused' {
  const shaped = shapeBatch(JSON.parse(JSON.stringify(batch)))
  if (!shaped.ok) return 'refused'
  const { batch: taken } = shaped.value
  const scanned = scanBatch(taken, shaped.value.told)
  if (scanned === undefined) return 'left'
  const rows = decodeRows(taken)
  if (!rows.ok) throw new Error(`the columns took what the rows refuse: ${rows.explain}`)
  const kept = redactBatch(rows.value)
  expect(scanned.contents).toEqual(contentsOf(rows.value))
  const clean = redactColumns(taken, scanned)
  // Only where something is not kept may it take the rows to tell.
  expect(clean === undefined && kept.changed === 0).toBe(false)
  if (clean === undefined) return 'rows'
  expect(clean.changed).toBe(kept.changed)
  expect(shapeBatch(clean.batch).ok).toBe(true)
  expect(renumbered(canonicalJson(decodeColumns(clean.batch)))).toBe(renumbered(canonicalJson(decodeColumns(kept.batch))))
  const bare = encodeColumns([], [])
  expect(renumbered(canonicalJson({ ...clean.batch, ...bare }))).toBe(renumbered(canonicalJson({ ...kept.batch, ...bare })))
  return clean.changed === 0 ? 'untouched' : 'masked'
}

/** The columns come by a text before another that the rows come by first: their placeholders have other numbers. */
function renumbered(json: string): string {
  const numbers = new Map<string, string>()
  return json.replaceAll(/\[([A-Z_]+)_\d+\]/g, (whole, kind: string) => {
    const number = numbers.get(whole) ?? `[${kind}_#${numbers.size}]`
    numbers.set(whole, number)
    return number
  })
}

test('what the columns say of a batch, its rows say too, however it is changed', () => {
  const seen = { untouched: 0, masked: 0, rows: 0, left: 0, refused: 0 }
  assert(
    property(edit, edit, integer({ min: 0, max: 2 }), (one, two, many) => {
      const batch = many === 0 ? madeBatch() : many === 1 ? edited(madeBatch(), one) : edited(edited(madeBatch(), one), two)
      seen[compare(batch)] += 1
    }),
    { numRuns: 5_000 },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50)
})

test('every text of every kind of event is judged by the columns as by the rows', () => {
  const base = { seq: 0, gap: 0, observation: -1, node: -1, cause: 'pointer' } as const
  const told = (text: string): readonly object[] => [
    { kind: 'click', ...base, x: 1, y: 1, button: 0, count: 1, modifiers: text },
    { kind: 'drag', seq: 0, gap: 0, observation: -1, node: -1, toNode: -1, x: 1, y: 1, toX: 1, toY: 1, modifiers: text },
    { kind: 'key', seq: 0, gap: 0, observation: -1, node: -1, chord: text, code: 'KeyA' },
    { kind: 'key', seq: 0, gap: 0, observation: -1, node: -1, chord: 'A', code: text },
    ...['text', 'select', 'value'].flatMap((kind) =>
      ['before', 'after'].map((field) => ({
        kind,
        ...base,
        before: '',
        after: '',
        ...(kind === 'text' ? { secret: false } : {}),
        [field]: text,
      })),
    ),
    { kind: 'text', ...base, before: '', after: text, secret: true },
    { kind: 'clipboard', seq: 0, gap: 0, observation: -1, node: -1, operation: 'copy', content: text, sizeClass: 1 },
    { kind: 'navigate', ...base, url: 'http://127.0.0.1:4748/', title: text },
    { kind: 'navigate', ...base, url: text, title: '' },
    ...['goal', 'template', 'seed'].map((field) => ({
      kind: 'task',
      seq: 0,
      gap: 0,
      observation: -1,
      node: -1,
      phase: 'start',
      goal: '',
      template: '',
      seed: '',
      outcome: 'unknown',
      by: 'none',
      [field]: text,
    })),
    { kind: 'proposed', seq: 0, gap: 0, observation: -1, node: -1, action: 'click', argument: text, p01: 1 },
    { kind: 'recorder', seq: 0, gap: 0, observation: -1, node: -1, phase: 'stop', reason: text },
    { kind: 'gap', seq: 0, gap: 0, observation: -1, node: -1, reason: text, count: 1 },
  ]
  for (const text of ['plain', 'ada@example.com', '“free”', 'one\u001fada@example.com', 'my password is hunter2x'])
    for (const event of told(text)) {
      const verdict = compare({ ...madeBatch(), ...encodeColumns([event as Event], [] as Observation[]) })
      expect(['untouched', 'masked', 'rows'], JSON.stringify(event)).toContain(verdict)
    }
})
