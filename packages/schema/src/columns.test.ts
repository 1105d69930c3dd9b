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

test('a row that stays the same is sent once', () => {
  const [seen] = fc.sample(observation(0), { seed: 7, numRuns: 20 }).filter(({ nodes: rows }) => rows.length > 4)
  if (seen === undefined) throw new Error('the sample holds no observation of five rows')
  const [whole, difference] = encodeColumns([], [seen, { ...seen, id: 1, title: 'later' }]).observations
  expect(whole).toMatchObject({ base: -1, kept: [] })
  expect(difference).toMatchObject({ base: 0, kept: seen.nodes.map((_, index) => index), rows: { id: [], box: [] } })
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
