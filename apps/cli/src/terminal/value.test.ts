import { expect, test } from 'vitest'

import { dateFlag, lengthMs, momentMs } from './value.ts'

const usage = expect.objectContaining({ code: 'OVT-1705', exitCode: 2 })

test.each(['2027-02-30', '2027-02-29', '2027-04-31', '2027-13-01', '2027-00-10', '2027-01-00', '2027-02-30T09:30Z', '2027-01-31T25:00Z'])(
  '%s is no date',
  (text) => {
    expect(() => momentMs(text, 0)).toThrow(usage)
    expect(() => dateFlag({ from: text }, 'from')).toThrow(usage)
  },
)

test('a day that its month has is that day, with a time or without', () => {
  expect(momentMs('2028-02-29', 0)).toBe(Date.UTC(2028, 1, 29))
  expect(dateFlag({ from: '2027-01-31T09:30Z' }, 'from')).toBe(Date.UTC(2027, 0, 31, 9, 30))
  expect(momentMs('2027-01-31T00:30+02:00', 0)).toBe(Date.UTC(2027, 0, 30, 22, 30))
})

test('no time and less than none are no length, and that is said', () => {
  for (const text of ['0m', '0s', '00d', '-5m', '-0m'])
    expect(() => lengthMs(text), text).toThrow(
      expect.objectContaining({ code: 'OVT-1705', exitCode: 2, message: `"${text}" is no time at all.` }),
    )
  expect(lengthMs('1s')).toBe(1_000)
})

test('a length counts from now, and one that no clock tells is none', () => {
  expect(momentMs('90d', 1_000)).toBe(90 * 86_400_000 + 1_000)
  expect(lengthMs('36500d')).toBe(36_500 * 86_400_000)
  for (const text of ['36501d', '99999999999999999999d', `${'9'.repeat(400)}s`]) expect(() => lengthMs(text), text).toThrow(usage)
})
