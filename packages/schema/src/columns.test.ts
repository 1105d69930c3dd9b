import fc from 'fast-check'
import { expect, test } from 'vitest'

import { decodeColumns, encodeColumns, gapBucket, gapBucketsMs, nodeStates, unitSeparator } from './columns.ts'
import type { Observation, ObservationNode } from './observation.ts'

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

test('a row that stays the same is sent once', () => {
  const seen = sampleOfRows()
  const [whole, difference] = encodeColumns([], [seen, { ...seen, id: 1, title: 'later' }]).observations
  expect(whole).toMatchObject({ base: -1, runs: [0, 0, seen.nodes.length] })
  expect(difference).toMatchObject({ base: 0, runs: [0, seen.nodes.length, 0], rows: { id: [], box: [] } })
})

test('what moved with the page is not sent again', () => {
  const seen = sampleOfRows()
  const viewport = { ...seen.viewport, scrollY: seen.viewport.scrollY + 40 }
  const nodes = seen.nodes.map((one): ObservationNode => ({ ...one, box: [one.box[0], one.box[1] - 40, one.box[2], one.box[3]] }))
  const columns = encodeColumns([], [seen, { ...seen, id: 1, viewport, nodes }])
  expect(columns.observations[1]).toMatchObject({ runs: [0, nodes.length, 0], rows: { id: [] } })
  expect(decodeColumns(columns).observations[1]?.nodes).toEqual(nodes)
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
  ['an order that takes a row twice', { ...sound, order: [0, 0] }, /no entry 1/],
  ['a kind that is not there', { ...sound, order: [0, 9] }, /events has no entry 9/],
  ['rows that nobody takes', { ...sound, count: 1, order: [0] }, /submit has 1 rows, order takes 0/],
  [
    'a column that is too short',
    { ...sound, events: sound.events.map((one) => ({ ...one, columns: { ...one.columns, node: [] } })) },
    /node has no entry 0/,
  ],
])('%s is refused, not guessed', (_, columns, what) => {
  expect(() => decodeColumns(columns)).toThrow(what)
})

test.each([
  ['a run of rows that the base does not have', { runs: [0, 9, 0] }, /base has no entry/],
  ['new rows that no run takes', { runs: [0, 0, 0] }, /runs take 0/],
  ['more new rows than there are', { runs: [0, 0, 99] }, /has no entry/],
  ['a row that stands above the first', { parent: Array.from({ length: 20 }, () => 30) }, /stands in none that comes before it/],
  ['a run without its end', { runs: [0, 0] }, /runs has no entry 2/],
])('%s is refused, not guessed', (_, changed, what) => {
  const columns = encodeColumns([], [sampleOfRows()])
  expect(() => decodeColumns({ ...columns, observations: columns.observations.map((one) => ({ ...one, ...changed })) })).toThrow(what)
})

test('an observation that builds on one that is not there is refused', () => {
  const [seen] = fc.sample(observation(0), { seed: 1, numRuns: 1 })
  const columns = encodeColumns([], seen === undefined ? [] : [seen])
  expect(() => decodeColumns({ ...columns, observations: columns.observations.map((one) => ({ ...one, base: 3 })) })).toThrow(
    /base has no entry 3/,
  )
})

test('a gap falls into the first bucket that ends after it, and the last is open', () => {
  expect([0, 249, 250, 59_999, 60_000, 1e9].map(gapBucket)).toEqual([0, 0, 1, 4, 5, 5])
  expect(gapBucketsMs).toEqual([...gapBucketsMs].toSorted((left, right) => left - right))
})
