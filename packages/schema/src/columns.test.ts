import fc from 'fast-check'
import { expect, test } from 'vitest'

import batchOne from '../fixtures/batch-1.json' with { type: 'json' }
import { decodeColumns, encodeColumns, gapBucket, gapBucketsMs } from './columns.ts'
import type { Event } from './event.ts'
import { nothingKnown } from './known.ts'
import type { Observation, ObservationNode } from './observation.ts'
import { nodeStates, rowFields, sightFields, unitSeparator } from './wire.ts'

const word = fc.string({ maxLength: 6 })
const label = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !text.includes(unitSeparator))
const px = fc.integer({ min: -5_000, max: 5_000 })

const row: fc.Arbitrary<Omit<ObservationNode, 'id' | 'parent'>> = fc.record({
  tag: fc.constantFrom('div', 'input', '#text'),
  inputType: fc.constantFrom('', 'text', 'checkbox'),
  role: fc.constantFrom('button', 'textbox', 'text'),
  name: word,
  value: word,
  states: fc.subarray([...nodeStates]),
  box: fc.tuple(px, px, px, px),
  options: fc.array(label, { maxLength: 3 }),
  look: fc.constantFrom('', 'icon-reply'),
  keys: fc.constantFrom('', 'Control+K'),
})

/** Ids are drawn from few, so that one observation keeps, changes, moves and drops rows of the one before. */
const nodes = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 12 }), row), { selector: ([id]) => id, maxLength: 10 })
  .chain((rows) =>
    fc
      .tuple(...rows.map((_, index) => fc.integer({ min: -1, max: index - 1 })))
      .map((parents) => rows.map(([id, rest], index) => ({ ...rest, id, parent: parents[index] ?? -1 }))),
  )

const observation = (id: number): fc.Arbitrary<Observation> =>
  fc.record({
    id: fc.constant(id),
    url: fc.constantFrom('https://shop.test/orders', 'https://shop.test/refunds'),
    title: word,
    viewport: fc.record({ width: px, height: px, scrollX: px, scrollY: px, pixelRatio: fc.constantFrom(1, 1.5, 2) }),
    status: fc.constantFrom('fresh', 'stale'),
    nodes,
  })

const act = fc.oneof(
  fc.record({
    kind: fc.constant('click'),
    button: fc.nat({ max: 4 }),
    count: fc.constant(1),
    modifiers: word,
    x: px,
    y: px,
    cause: fc.constant('pointer'),
  }),
  fc.record({ kind: fc.constant('text'), before: word, after: word, cause: fc.constant('typed'), secret: fc.boolean() }),
  fc.record({ kind: fc.constant('check'), before: fc.boolean(), after: fc.boolean(), cause: fc.constant('keyboard') }),
)

const events = fc
  .tuple(fc.nat({ max: 1_000 }), fc.array(act, { maxLength: 20 }))
  .map(([first, acts]) => acts.map((one, index) => ({ ...one, seq: first + index, gap: index % 6, observation: -1, node: index })))

test('what is encoded and sent as JSON comes back as it was', () => {
  const observations = fc.nat({ max: 5 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, id) => observation(id))))
  fc.assert(
    fc.property(events, observations, (sent, seen) => {
      const columns = encodeColumns(sent, seen)
      expect(decodeColumns(JSON.parse(JSON.stringify(columns)))).toEqual({ events: sent, observations: seen })
    }),
    { numRuns: 300 },
  )
})

function sampleOfRows(): Observation {
  const [seen] = fc.sample(observation(0), { seed: 7, numRuns: 20 }).filter(({ nodes: rows }) => rows.length > 4)
  if (seen === undefined) throw new Error('the sample holds no observation of five rows')
  return seen
}

test('a row that stays the same is told once', () => {
  const seen = sampleOfRows()
  const { sights, ids, told } = encodeColumns([], [seen, { ...seen, id: 1, title: 'later' }]).observations
  expect(sights.map((one) => one.slice(-3))).toEqual([
    [0, 0, seen.nodes.length],
    [2 ** 3, sights[1]?.[1]],
  ])
  expect([ids.length, told.length]).toEqual([seen.nodes.length, seen.nodes.length])
})

test('of a row that changed, what changed is told', () => {
  const seen = sampleOfRows()
  const [first, ...rest] = seen.nodes
  if (first === undefined) throw new Error('there is no row')
  const before = encodeColumns([], [seen])
  const later = encodeColumns([], [seen, { ...seen, id: 1, nodes: [{ ...first, value: 'another' }, ...rest] }])
  expect(later.observations.sights.at(-1)).toEqual([0, 0, 1, 1])
  expect(later.observations.told.slice(before.observations.told.length)).toEqual([2 ** rowFields.indexOf('value')])
  expect(later.observations.cells.value?.slice(before.observations.cells.value?.length)).toEqual([later.strings.indexOf('another')])
  expect({ ...later.observations.cells, value: [] }).toEqual({ ...before.observations.cells, value: [] })
})

test('what moved with the page is not told again', () => {
  const seen = sampleOfRows()
  const viewport = { ...seen.viewport, scrollY: seen.viewport.scrollY + 40 }
  const nodes = seen.nodes.map((one): ObservationNode => ({ ...one, box: [one.box[0], one.box[1] - 40, one.box[2], one.box[3]] }))
  const columns = encodeColumns([], [seen, { ...seen, id: 1, viewport, nodes }])
  expect(columns.observations.sights[1]).toEqual([2 ** 7, viewport.scrollY])
  expect(decodeColumns(columns).observations[1]?.nodes).toEqual(nodes)
})

test('what is the same in every row of a kind is told once, unless it is long', () => {
  const typed = (seq: number, after: string): Event => ({
    kind: 'text',
    seq,
    gap: 0,
    observation: -1,
    node: 1,
    before: '',
    after,
    cause: 'typed',
    secret: false,
  })
  const [short, long] = ['yes', 'x'.repeat(65)].map((after) => encodeColumns([typed(0, after), typed(1, after)], []))
  expect(short?.events[0]?.columns).toMatchObject({ after: 'yes', node: 1, secret: false })
  expect(long?.events[0]?.columns['after']).toHaveLength(2)
  expect(short?.order).toBe(0)
})

test('a batch of version 1 is read as it was', () => {
  const { columns, events, observations } = batchOne
  expect(decodeColumns(columns as Parameters<typeof decodeColumns>[0])).toEqual({ events, observations }) // as: what a recorder wrote
})

/** As recorders sent it before runs: kept rows and every parent one by one. */
const none = { id: [], tag: [], inputType: [], role: [], name: [], value: [], states: [], box: [], options: [], look: [], keys: [] }
const before: Parameters<typeof decodeColumns>[0] = {
  strings: ['https://shop.test/', 'Orders', 'div', '', 'group', 'button', 'Pay', 'checked'],
  observations: [
    {
      id: 4,
      url: 0,
      title: 1,
      viewport: [800, 600, 0, 0, 1],
      status: 0,
      base: -1,
      kept: [],
      order: [0, 1],
      parent: [-1, 0],
      rows: {
        id: [7, 9],
        tag: [2, 2],
        inputType: [3, 3],
        role: [4, 5],
        name: [3, 6],
        value: [3, 3],
        states: [0, 1],
        box: [0, 0, 80, 20, 4, 4, 30, 10],
        options: [-1, -1],
        look: [3, 3],
        keys: [3, 3],
      },
    },
    {
      id: 5,
      url: 0,
      title: 1,
      viewport: [800, 600, 0, 0, 1],
      status: 0,
      base: 0,
      kept: [1, 0],
      order: [-2, -1],
      parent: [-1, 0],
      rows: none,
    },
  ],
  events: [],
  order: [],
  firstSeq: 0,
  count: 0,
}

test('a batch from before runs is read as it was', () => {
  const [first, second] = decodeColumns(before).observations
  expect(first?.nodes.map(({ id, parent, name, states, box }) => [id, parent, name, states, box])).toEqual([
    [7, -1, '', [], [0, 0, 80, 20]],
    [9, 0, 'Pay', ['checked'], [4, 4, 30, 10]],
  ])
  expect(second?.nodes).toEqual(first?.nodes)
})

const sound = encodeColumns(
  [
    { kind: 'focus', cause: 'keyboard', seq: 3, gap: 0, observation: -1, node: 1 },
    { kind: 'submit', cause: 'keyboard', seq: 4, gap: 0, observation: -1, node: 1 },
  ],
  [],
)

test.each([
  ['an order that is too short', { ...sound, order: [0] }, /order has 1 entries, count says 2/],
  ['an order that takes a row twice', { ...sound, order: [0, 0] }, /order takes more/],
  ['an order that says one kind for all', { ...sound, order: 0 }, /order takes more/],
  ['a kind that is not there', { ...sound, order: [0, 9] }, /events has no entry 9/],
  ['rows that nobody takes', { ...sound, count: 1, order: [0] }, /submit has 1 rows, order takes 0/],
  [
    'a column that is too short',
    { ...sound, events: sound.events.map((one) => ({ ...one, columns: { ...one.columns, cause: [] } })) },
    /cause has no entry 0/,
  ],
])('%s is refused, not guessed', (_, columns, what) => {
  expect(() => decodeColumns(columns)).toThrow(what)
})

const bent = encodeColumns([], [sampleOfRows()]).observations
test.each([
  ['rows that the observation before does not have', { sights: [[0, 9, 0, 0], ...bent.sights] }, /has no entry/],
  ['told rows that no edit takes', { sights: [[0]] }, /edits take 0/],
  ['more told rows than there are', { sights: [[0, 0, 0, 99]] }, /has no entry/],
  [
    'a row that stands above the first',
    { cells: { ...bent.cells, up: (bent.cells.up ?? []).map(() => 30) } },
    /stands in none that comes before it/,
  ],
  ['an edit without its end', { sights: [[0, 0, 0]] }, /no end/],
  ['an edit of half a row', { sights: [[0, 0, 0, 0.5]] }, /an edit of 0.5 rows/],
  ['an edit of less than nothing', { sights: [[0, 0, -1, 0]] }, /an edit of -1 rows/],
  ['a field of an observation that is none', { sights: [[2 ** 9, 0]] }, /fields that are none: 512/],
  ['bits beyond those that a machine counts', { sights: [[2 ** 32]] }, /fields that are none: 4294967296/],
  ['half a bit', { sights: [[0.5]] }, /fields that are none: 0.5/],
  ['bits below zero', { sights: [[-1]] }, /fields that are none: -1/],
  ['a field of a row that is none', { told: bent.told.map((bits, row) => (row === 1 ? 2 ** 14 : bits)) }, /fields that are none/],
  ['a first row that does not tell all', { told: bent.told.map((bits, row) => (row === 0 ? bits - 1 : bits)) }, /does not tell of all/],
  ['fewer ids than rows', { ids: [] }, /ids has 0 rows/],
  ['a cell that nobody asks for', { cells: { ...bent.cells, keys: [...(bent.cells.keys ?? []), 0] } }, /keys has/],
  ['a cell that is missing', { cells: { ...bent.cells, width: [] } }, /width has no cell/],
])('%s is refused, not guessed', (_, changed, what) => {
  const columns = encodeColumns([], [sampleOfRows()])
  expect(() => decodeColumns({ ...columns, observations: { ...columns.observations, ...changed } })).toThrow(what)
})

test('before anything is told, every field of an observation is 0', () => {
  expect(nothingKnown().head).toEqual(sightFields.map(() => 0))
})

test('a gap falls into the first bucket that ends after it, and the last is open', () => {
  expect([0, 249, 250, 59_999, 60_000, 1e9].map(gapBucket)).toEqual([0, 0, 1, 4, 5, 5])
  expect(gapBucketsMs).toEqual([...gapBucketsMs].toSorted((left, right) => left - right))
})
