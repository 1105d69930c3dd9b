import { expect, test } from 'vitest'

import { mayAsk } from './ask.ts'

test('C26 who has refused is not asked again for 90 days', () => {
  const nowEpochMs = Date.UTC(2026, 10, 2)
  const daysAgo = (days: number) => mayAsk(nowEpochMs - days * 86_400_000, nowEpochMs)
  expect([mayAsk(null, nowEpochMs), daysAgo(0), daysAgo(89.99), daysAgo(90)]).toEqual([true, false, false, true])
})
