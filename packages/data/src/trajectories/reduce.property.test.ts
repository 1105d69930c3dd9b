import type { Batch } from '@overt/schema'
import { encodeColumns } from '@overt/schema/words'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { batchOf } from '../../fixtures/house.ts'
import { causes, form, observation, stretch, type Told } from '../../fixtures/scene.ts'
import { reduce } from './reduce.ts'
import { inOrder, stretchOf } from './stretch.ts'

const node = fc.integer({ min: -1, max: 12 })
const cause = fc.constantFrom(...causes)
const gap = fc.integer({ min: 0, max: 5 })
const short = fc.string({ maxLength: 3 })
const chord = fc.constantFrom(
  'Enter',
  'Tab',
  'Shift+Tab',
  'Control+C',
  'Control+V',
  'Control+A',
  'Backspace',
  'ArrowDown',
  'F5',
  'Alt+ArrowLeft',
  'Space',
)

/** Any event, sense or nonsense. */
const told: fc.Arbitrary<Told> = fc.oneof(
  fc.tuple(
    fc.constant('click' as const),
    node,
    fc.record({ cause, gap, button: fc.integer({ min: 0, max: 4 }), count: fc.integer({ min: 1, max: 3 }) }),
  ),
  fc.tuple(fc.constant('text' as const), node, fc.record({ cause, before: short, after: short, secret: fc.boolean() })),
  fc.tuple(fc.constant('value' as const), node, fc.record({ cause, before: short, after: short })),
  fc.tuple(fc.constant('select' as const), node, fc.record({ cause, before: short, after: short })),
  fc.tuple(fc.constant('check' as const), node, fc.record({ cause, after: fc.boolean() })),
  fc.tuple(fc.constant('key' as const), node, fc.record({ chord })),
  fc.tuple(fc.constant('scroll' as const), node, fc.record({ cause, toY: fc.integer({ min: 0, max: 2 }) })),
  fc.tuple(fc.constant('clipboard' as const), node, fc.record({ operation: fc.constantFrom('copy', 'cut', 'paste') })),
  fc.tuple(fc.constant('navigate' as const), fc.constant(-1), fc.record({ cause, gap, url: fc.constantFrom('/a', '/b', '/c') })),
  fc.tuple(fc.constantFrom('focus', 'submit', 'hover', 'drag', 'recorder', 'tab', 'gap'), node, fc.record({ gap })),
  fc.tuple(fc.constant('task' as const), fc.constant(-1), fc.record({ phase: fc.constantFrom('start', 'end'), goal: short })),
)

/** One to three documents of a session, each in one to four batches. */
const session = fc
  .array(fc.array(fc.array(told, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .map((documents) =>
    documents.flatMap((batches, document) => {
      let firstSeq = 0
      return batches.map((events, place) => {
        const observations = [observation(place, place % 2 === 0 ? form : form.slice(0, 5))]
        const seen = events.map(([kind, at, fields]): Told => [kind, at, { observation: place, ...fields }])
        const part = stretch(seen, { producer: `doc-${document}`, firstSeq, observations, closedAtEpochMs: 1_000 + place * 10 + document })
        firstSeq += events.length
        return batchOf(part, 'ada', 's1')
      })
    }),
  )

function reduceAll(batches: readonly Batch[]) {
  return [...reduce(inOrder(batches).map(stretchOf), { person: 'ada', session: 's1' })]
}

test('8.6 every event is in one action, a mark, dropped, or an orphan', () => {
  fc.assert(
    fc.property(session, (batches) => {
      for (const { quality, steps } of reduceAll(batches)) {
        const dropped = Object.values(quality.dropped ?? {}).reduce((sum, count) => sum + count, 0)
        expect(quality.explained + dropped + (quality.orphans ?? 0)).toBe(quality.events)
        expect(steps.map(({ index }) => index)).toEqual(steps.map((_, place) => place))
        expect(steps.every(({ action }) => action.events.length > 0)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('1.1 the same batches in any order of arrival give the same episodes', () => {
  const shuffled = session.chain((batches) => fc.tuple(fc.constant(batches), fc.shuffledSubarray(batches, { minLength: batches.length })))
  fc.assert(
    fc.property(shuffled, ([batches, mixed]) => {
      expect(reduceAll(mixed)).toEqual(reduceAll(batches))
    }),
    { numRuns: 100 },
  )
})

test('1.2 a batch that is there twice changes nothing but the count of duplicates', () => {
  fc.assert(
    fc.property(session, (batches) => {
      const steps = (all: readonly Batch[]): unknown => reduceAll(all).map((episode) => episode.steps.map(({ action }) => action))
      expect(steps(batches.flatMap((batch) => [batch, batch]))).toEqual(steps(batches))
    }),
    { numRuns: 100 },
  )
})

test('the columns of a batch hold what the rules see', () => {
  const part = stretch([['click', 3]])
  expect(stretchOf({ ...batchOf(part, 'ada', 's1'), ...encodeColumns(part.events, part.observations) })).toEqual({ ...part })
})
