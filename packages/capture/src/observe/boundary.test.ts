import { expect, test } from 'vitest'

import { createBoundary } from './boundary.ts'

test('a failure is counted and goes no further; the fifth switches its observer off, and only that one', () => {
  const counts: string[] = []
  const boundary = createBoundary((reason) => counts.push(reason))
  let runs = 0
  const broken = boundary.guard('click', () => {
    runs += 1
    throw new Error('broken')
  })
  for (let turn = 0; turn < 8; turn += 1) broken()
  let others = 0
  boundary.guard('keydown', () => (others += 1))()
  expect([runs, others]).toEqual([5, 1])
  expect(counts).toEqual(['failed.click', 'failed.click', 'failed.click', 'failed.click', 'off.click'])
})

test('the time that the page waits is told once for what runs inside of each other, and for what fails too', () => {
  const told: number[] = []
  const boundary = createBoundary(
    () => {},
    (ms) => told.push(ms),
  )
  const rest = (ms: number): void => {
    const untilMs = performance.now() + ms
    while (performance.now() < untilMs);
  }
  boundary.guard('outer', () => {
    rest(4)
    boundary.guard('inner', () => rest(4))()
  })()
  boundary.guard('broken', () => {
    rest(4)
    throw new Error('broken')
  })()
  expect(told.map((ms) => Math.sign(ms - 3.9))).toEqual([1, 1])
  expect(told[0]).toBeGreaterThan(7.9)
})
