import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Batch } from './batch.ts'
import { decodeColumns, encodeColumns } from './columns.ts'
import { type Base, decodeDifference, encodeDifference, heardBase, toldBase } from './differ.ts'
import { Difference } from './difference.ts'
import type { Event } from './event.ts'
import type { Observation, ObservationNode } from './observation.ts'
import { parser } from './parse.ts'
import { nodeStates, rowFields, unitSeparator } from './wire.ts'

const word = fc.constantFrom('', 'Order 1001', 'Order 1002', 'td', 'late', 'ä"\\', 'x'.repeat(40))
const label = fc.string({ minLength: 1, maxLength: 4 }).filter((text) => !text.includes(unitSeparator))
const px = fc.integer({ min: -5_000, max: 5_000 })

const row: fc.Arbitrary<Omit<ObservationNode, 'id' | 'parent'>> = fc.record({
  tag: fc.constantFrom('td', 'input', '#text'),
  inputType: fc.constantFrom('', 'checkbox'),
  role: fc.constantFrom('cell', 'text'),
  name: word,
  value: word,
  states: fc.subarray([...nodeStates]),
  box: fc.tuple(px, px, px, px),
  options: fc.array(fc.oneof(label, fc.constant('')), { maxLength: 3 }).filter((list) => list.join('') !== '' || list.length === 0),
  look: fc.constantFrom('', 'icon-reply'),
  keys: fc.constantFrom('', 'Control+K'),
})

/** Ids are drawn from few, so that rows stay, change, move, go and come back. */
const nodes = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 12 }), row), { selector: ([id]) => id, maxLength: 10 })
  .chain((rows) =>
    fc
      .tuple(...rows.map((_, index) => fc.integer({ min: -1, max: index - 1 })))
      .map((parents) => rows.map(([id, rest], index) => ({ ...rest, id, parent: parents[index] ?? -1 }))),
  )

const sight = fc.record({
  step: fc.integer({ min: 1, max: 4 }),
  url: fc.constantFrom('https://shop.test/orders', 'https://shop.test/refunds'),
  title: word,
  viewport: fc.record({
    width: px,
    height: px,
    // A part of a pixel, as on dense screens: 0.1 + 0.2 of one is none of these.
    scrollX: fc.constantFrom(0, 12, 0.5),
    scrollY: fc.oneof(px, fc.double({ min: 0, max: 4_000, noNaN: true })),
    pixelRatio: fc.constantFrom(1, 1.5),
  }),
  status: fc.constantFrom('fresh' as const, 'stale' as const),
  nodes,
})

const acts = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('click' as const),
      button: fc.nat({ max: 2 }),
      count: fc.constant(1),
      x: px,
      y: px,
      cause: fc.constant('pointer' as const),
    }),
    fc.record({
      kind: fc.constant('text' as const),
      before: word,
      after: word,
      cause: fc.constant('typed' as const),
      secret: fc.boolean(),
    }),
  ),
  { maxLength: 6 },
)

/** One document's batches: what was seen and done in each. */
const work = fc.array(
  fc.record({ sights: fc.array(sight, { maxLength: 4 }), acts, path: fc.constantFrom('/', '/orders'), dropped: fc.nat({ max: 2 }) }),
  {
    minLength: 2,
    maxLength: 6,
  },
)

interface Sent {
  readonly batch: Batch
  readonly seen: readonly Observation[]
}

function batchesOf(parts: typeof work extends fc.Arbitrary<infer T> ? T : never): readonly Sent[] {
  let id = 0
  let seq = 0
  return parts.map((part, at) => {
    const seen = part.sights.map(({ step, ...one }): Observation => ({ ...one, id: (id += step) }))
    const events = part.acts.map((act) => ({ ...act, seq: seq++, gap: 0, observation: id, node: 1 }) as unknown as Event) // as: columns carry whatever fields there are
    const batch: Batch = {
      v: 'overt.batch/2',
      id: `batch-${at}-`.padEnd(12, 'x'),
      person: 'ada',
      device: 'device',
      session: 'session',
      producer: 'page',
      receipt: 'receipt',
      manifest: 'manifest',
      purpose: 'ground',
      modalities: ['actions', 'structure'],
      mode: 'ambient',
      origin: 'https://shop.test',
      path: part.path,
      closedAtEpochMs: 1_795_000_000_000 + at,
      redaction: 2,
      ...encodeColumns(events, seen),
      counters: part.dropped === 0 ? {} : { 'sense.stale': part.dropped },
    }
    return { batch, seen }
  })
}

const parse = parser(Difference)
const overWire = (difference: Difference): Difference => {
  const parsed = parse(JSON.parse(JSON.stringify(difference)))
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.value
}

test('a batch told by the one before it is that batch to the byte, whatever was seen in both', () => {
  let told = 0
  fc.assert(
    fc.property(work, (parts) => {
      const sent = batchesOf(parts)
      const made: string[] = []
      const meant: string[] = []
      const known: (readonly [heard: unknown, said: unknown])[] = []
      let base: Base | undefined
      for (const { batch, seen } of sent) {
        if (base !== undefined) {
          const heard = heardBase(JSON.parse(JSON.stringify(base.batch)))
          if (heard === undefined) throw new Error('a base has observations')
          known.push([heard.known.rows, base.known.rows])
          made.push(JSON.stringify(decodeDifference(heard, overWire(encodeDifference(base, batch, seen, '0'.repeat(64))))))
          meant.push(JSON.stringify(batch))
        }
        if (seen.length > 0) base = toldBase(batch, seen)
      }
      expect(made).toEqual(meant)
      for (const [heard, said] of known) expect(heard).toEqual(said)
      told += made.length
    }),
    { numRuns: 400 },
  )
  expect(told).toBeGreaterThan(400)
})

const field = (id: number, name: string): ObservationNode => ({
  id,
  parent: -1,
  tag: 'input',
  inputType: 'text',
  role: 'textbox',
  name,
  value: '',
  states: [],
  box: [8, 20 * id, 100, 20],
  options: [],
  look: '',
  keys: '',
})
const page = (id: number, rows: readonly ObservationNode[]): Observation => ({
  id,
  url: 'https://shop.test/',
  title: 'Shop',
  viewport: { width: 800, height: 600, scrollX: 0, scrollY: 0, pixelRatio: 1 },
  status: 'fresh',
  nodes: [...rows],
})

test('what stayed is not told again, and of a row that changed only what changed', () => {
  const rows = Array.from({ length: 40 }, (_, at) => field(at, `Field ${at}`))
  const later = rows.map((one) => (one.id === 7 ? { ...one, value: 'Kiel' } : one))
  const [first] = batchesOf([{ sights: [], acts: [], path: '/', dropped: 0 }])
  if (first === undefined) throw new Error('there is no batch')
  const [a, b] = [page(1, rows), page(2, later)]
  const base = toldBase({ ...first.batch, ...encodeColumns([], [a]) }, [a])
  const told = encodeDifference(base, { ...base.batch, id: 'another-one', ...encodeColumns([], [b]) }, [b], '0'.repeat(64))
  const [head, strings, sights, ids, bits, columns] = told.told
  expect([head, strings]).toEqual([{ id: 'another-one' }, ['Kiel']])
  expect(sights).toEqual([[0, 7, 1, 1]])
  expect([ids, bits]).toEqual([[7 - 39], [2 ** rowFields.indexOf('value')]])
  expect(columns).toEqual(rowFields.map((name) => (name === 'value' ? [base.batch.strings.length] : [])))
})

type Told = Difference['told']
const changes: readonly (readonly [string, (told: Told) => Told])[] = [
  ['a string that is nowhere', ([a, b, c, d, e, columns, g]) => [a, b, c, d, e, columns.map((column) => column.map(() => 99_999)), g]],
  ['a column that is too short', ([a, b, c, d, e, columns, g]) => [a, b, c, d, e, columns.map(() => []), g]],
  ['rows of the base that are not there', ([a, b, , d, e, f, g]) => [a, b, [[0, 400, 1, 1]], d, e, f, g]],
  ['a title that is nowhere', ([a, b, [sight = []], d, e, f, g]) => [a, b, [[2 ** 3, 99_999, ...sight.slice(1)]], d, e, f, g]],
  ['columns that the base does not have', ([a, b, c, d, e, f]) => [a, b, c, d, e, f, [['click', 1, [0, null]]]]],
]

test.each(changes)('%s is refused, not guessed', (_, change) => {
  const [one] = batchesOf([{ sights: [], acts: [], path: '/', dropped: 0 }])
  if (one === undefined) throw new Error('there is no batch')
  const [a, b] = [page(1, [field(1, 'Town')]), page(2, [{ ...field(1, 'Town'), value: 'Kiel' }])]
  const base = toldBase({ ...one.batch, ...encodeColumns([], [a]) }, [a])
  const told = encodeDifference(base, { ...base.batch, ...encodeColumns([], [b]) }, [b], '0'.repeat(64))
  expect(() => decodeDifference(base, { ...told, told: change(told.told) })).toThrow(RangeError)
})

test('what was told in any observation of the base is not told again, and events that go on as they did are their changes', () => {
  const rows = Array.from({ length: 40 }, (_, at) => field(at, `Field ${at}`))
  const [one, other] = batchesOf(
    [0, 1].map((at) => ({
      sights: [],
      path: '/',
      dropped: 0,
      acts: [{ kind: 'click', button: 0, count: 1, x: 8, y: at, cause: 'pointer' }],
    })),
  )
  if (one === undefined || other === undefined) throw new Error('there is no batch')
  const [whole, few, again] = [page(1, rows), page(2, rows.slice(0, 3)), page(3, rows)]
  const base = toldBase({ ...one.batch, ...encodeColumns(decodeColumns(one.batch).events, [whole, few]) }, [whole, few])
  const next = { ...other.batch, ...encodeColumns(decodeColumns(other.batch).events, [again]) }
  const [head, strings, , , bits, , events] = encodeDifference(base, next, [again], '0'.repeat(64)).told
  expect([Object.keys(head), strings, events]).toEqual([
    ['id', 'closedAtEpochMs'],
    [],
    [['click', 1, [null, null, null, 1, null, null, null, null]]],
  ])
  expect(bits).toEqual(rows.slice(3).map(() => 0))
})
