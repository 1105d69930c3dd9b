import { expect, test } from 'vitest'

import { counted } from './counted.ts'

test('one is told as one', () => {
  expect([0, 1, 2].map((count) => counted(count, 'event'))).toEqual(['0 events', '1 event', '2 events'])
  expect([1, 2].map((count) => counted(count, 'person', 'people'))).toEqual(['1 person', '2 people'])
})
