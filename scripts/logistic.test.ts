import { expect, test } from 'vitest'

import { contrasts, markedIn, shielded } from './learn-texts.ts'
import { type Example, learned } from './logistic.ts'

const slices = ({ text, spans }: ReturnType<typeof markedIn>): readonly string[] => spans.map(({ start, end }) => text.slice(start, end))

test('what tells things apart is learned, the same from the same examples', () => {
  const examples = Array.from({ length: 200 }, (_, place): Example => ({ places: [place % 2, 2 + (place % 7)], is: place % 2 === 1 }))
  const weights = learned(examples, 16)
  expect(weights[1]).toBeGreaterThan(1)
  expect(weights[0]).toBeLessThan(-1)
  for (const noise of [2, 5, 8]) expect(Math.abs(weights[noise] ?? 9)).toBeLessThan(0.5)
  expect(learned(examples, 16)).toEqual(weights)
})

test('what is learned on keeps what no new example tells of, and gives up what they deny', () => {
  const before = Float32Array.from({ length: 8 }, (_, place) => (place < 2 ? 1 : 0))
  const weights = learned(
    Array.from({ length: 200 }, () => ({ places: [1], is: false })),
    8,
    before,
  )
  expect(weights[0]).toBe(1)
  expect(weights[1]).toBeLessThan(0.2)
  expect(before[1]).toBe(1)
})

test('spans stand where they were marked, also once others are shielded or words put in', () => {
  const marked = markedIn('{"text":"ask ⟦person|Ada⟧, the gate is ⟦code|4471⟧ or ⟦code|12 34⟧"}')
  expect(slices(marked)).toEqual(['Ada', '4471', '12 34'])
  expect(slices(shielded(marked, marked.spans.slice(0, 1)))).toEqual(['4471', '12 34'])
  expect(shielded(marked, marked.spans.slice(0, 1)).text).toBe('ask \x80, the gate is 4471 or 12 34')
  const others = contrasts(marked, 1)
  expect(others.map(({ text }) => text)).toEqual([
    'ask Ada, the gate is 4471 mm or 12 34',
    'ask Ada, the gate is order no. 4471 or 12 34',
    'ask Ada, the gate is 4471 or 12 34 mm',
    'ask Ada, the gate is 4471 or order no. 12 34',
  ])
  for (const [at, left] of [['12 34'], ['12 34'], ['4471'], ['4471']].entries())
    expect(slices(others[at] ?? marked)).toEqual(['Ada', ...left])
})
