import { expect, test } from 'vitest'

import { oneTime } from './one-time.ts'

test('a secret works once, for ten minutes, and whoever asks for very many makes the oldest forgotten', () => {
  let nowEpochMs = 0
  const secrets = oneTime<string>(() => nowEpochMs)
  const first = secrets.issue('first')
  expect([secrets.take(first), secrets.take(first)]).toEqual(['first', undefined])
  const late = secrets.issue('late')
  nowEpochMs = 600_001
  expect(secrets.take(late)).toBeUndefined()
  const kept = Array.from({ length: 10_001 }, (_, place) => secrets.issue(String(place)))
  expect([secrets.take(kept[0] ?? ''), secrets.take(kept[1] ?? ''), secrets.take(kept[10_000] ?? '')]).toEqual([undefined, '1', '10000'])
})
