import { describe, expect, test } from 'vitest'

import { median, middleOf, quantile, ratio, rounded } from './figures.ts'

describe('figures', () => {
  test('a median is the middle, and the mean of two middles', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
  })

  test('nothing has no median', () => {
    expect(median([])).toBeNaN()
  })

  test('a quantile is a value that was measured, by the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1), quantile([7], 0.01)]).toEqual([50, 99, 100, 7])
  })

  test('what was not measured is left out of a middle, and of its number', () => {
    expect(middleOf([1, Number.NaN, 3, 5])).toEqual({ median: 3, spread: [1, 5], n: 3 })
  })

  test('a ratio to nothing is none', () => {
    expect([ratio(1, 4), ratio(1, 0), ratio(null, 4), ratio(1, undefined)]).toEqual([0.25, null, null, null])
  })

  test('what was not measured is null in JSON', () => {
    expect([rounded(Number.NaN), rounded(0.123_456), rounded(2_631_123)]).toEqual([null, 0.123, 2_631_120])
  })
})
