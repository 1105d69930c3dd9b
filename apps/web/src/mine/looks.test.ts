import { expect, test } from 'vitest'

import { looksOf } from './looks.ts'

const minuteMs = 60_000

test('the person is called "You", and nobody is left out', () => {
  const looks = looksOf([
    { index: 9, atEpochMs: 90 * minuteMs, who: 'overt dataset build', why: 'ground' },
    { index: 4, atEpochMs: 80 * minuteMs, who: 'person', why: 'ground' },
  ])
  expect(looks.map(({ who, why }) => [who, why])).toEqual([
    ['overt dataset build', 'to teach models to see and act on screens'],
    ['You', 'to see your own recordings'],
  ])
})

test('looks in a row become one line that says how many', () => {
  const looks = looksOf([30, 20, 10].map((minutes, index) => ({ index, atEpochMs: minutes * minuteMs, who: 'person', why: 'ground' })))
  expect(looks).toMatchObject([{ times: 3, atEpochMs: 30 * minuteMs }])
})

test('another reader in between, or an hour, begins a new line', () => {
  const at = (index: number, minutes: number, who: string) => ({ index, atEpochMs: minutes * minuteMs, who, why: 'ground' })
  expect(looksOf([at(3, 300, 'person'), at(2, 299, 'overt train'), at(1, 298, 'person'), at(0, 100, 'person')])).toHaveLength(4)
})
