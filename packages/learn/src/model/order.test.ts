import { expect, test } from 'vitest'

import { descending } from './order.ts'

test('keys come from the greatest to the least, equals in their order', () => {
  for (let length = 0; length < 70; length += 1) {
    const keys = Float64Array.from({ length }, (_, at) => (at * 7919) % 13)
    const wanted = [...keys.keys()].sort((left, right) => (keys[right] ?? 0) - (keys[left] ?? 0))
    expect([...descending(keys)]).toEqual(wanted)
  }
})
