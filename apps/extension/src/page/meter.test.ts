import { expect, test, vi } from 'vitest'

import { createMeter, type Meter } from './meter.ts'

/** A meter with a budget of 5%, and a clock to set. */
function begun(): { readonly meter: Meter; at(ms: number): void } {
  let nowMs = 0
  const meter = createMeter(() => nowMs)
  meter.allow(0.05)
  return { meter, at: (ms) => (nowMs = ms) }
}

test('the share is of the last minute alone, also right after the start', () => {
  const { meter, at } = begun()
  meter.worked(600)
  expect(meter.read().share01).toBe(0.01)
  at(30_000)
  meter.worked(600)
  expect(meter.read().share01).toBe(0.02)
  at(61_000)
  expect(meter.read().share01).toBe(0.01)
  expect(meter.isOver()).toBe(false)
})

test('over the budget once it stays so, however long it rests, until its person has it go on, with a fresh minute', () => {
  const { meter, at } = begun()
  for (let second = 0; second < 10; second += 1) {
    at(second * 1_000)
    meter.worked(301)
  }
  expect(meter.isOver()).toBe(true)
  at(600_000)
  expect([meter.isOver(), meter.read().share01]).toEqual([true, 0])
  meter.goOn()
  expect(meter.isOver()).toBe(false)
  meter.worked(3_001)
  expect(meter.isOver()).toBe(true)
  expect(meter.read().pauses).toBe(2)
})

test('time by act is of all since the start; memory is what the browser tells, and nothing where it does not', async () => {
  const { meter } = begun()
  expect(meter.read()).toEqual({ share01: 0, msPerAct: 0, acts: 0, pauses: 0, pageBytes: null })
  meter.worked(10)
  meter.acted()
  meter.acted()
  expect(meter.read()).toMatchObject({ msPerAct: 5, acts: 2, pageBytes: null })
  vi.stubGlobal('performance', { measureUserAgentSpecificMemory: () => Promise.resolve({ bytes: 5_000_000 }) })
  const told = begun().meter
  told.read()
  await Promise.resolve()
  expect(told.read().pageBytes).toBe(5_000_000)
  vi.unstubAllGlobals()
})
