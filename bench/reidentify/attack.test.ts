import { expect, test } from 'vitest'

import { type Measures, reidentify, type Sitting } from './attack.ts'
import { drawFrom } from '../redact/random.ts'

/** Sessions of 20 people; `habit`: how far their means lie apart, in spreads of a session. */
function sittings(sessions: number, from: number, habit: number): readonly Sitting[] {
  return Array.from({ length: 20 * sessions }, (_, at) => {
    const person = at % 20
    const draw = drawFrom(at * 101 + from)
    const own = drawFrom(person + 1)
    const noise = (): number => (draw.whole(1_000) + draw.whole(1_000) + draw.whole(1_000)) / 500 - 3
    const measures: Measures = new Map(Array.from({ length: 12 }, (__, place) => [`m${place}`, [habit * own.whole(6) + noise()]]))
    return { person, task: Math.floor(at / 20) + from, measures }
  })
}

test('people with habits are told by both attacks, and people without by neither', () => {
  for (const told of Object.values(reidentify(sittings(4, 0, 1), sittings(5, 4, 1)))) {
    expect(told.rank1).toBeGreaterThan(0.8)
    expect(told.equalError).toBeLessThan(0.1)
  }
  for (const told of Object.values(reidentify(sittings(4, 0, 0), sittings(5, 4, 0)))) {
    expect(told.interval[0]).toBeLessThan(2 * told.chance)
    expect(told.equalError).toBeGreaterThan(0.4)
  }
})

test('where nothing differs everybody is as likely: chance, and as many strangers taken as people missed', () => {
  const same = (from: number): readonly Sitting[] =>
    sittings(3, from, 0).map((one) => ({ ...one, measures: new Map([['gap', [one.task]]]) }))
  for (const told of Object.values(reidentify(same(0), same(3)))) {
    expect(told).toMatchObject({ varying: 0, chance: 0.05, people: 20, probes: 60 })
    expect(told.rank1).toBeCloseTo(0.05)
    expect(told.equalError).toBeCloseTo(0.5)
  }
})
