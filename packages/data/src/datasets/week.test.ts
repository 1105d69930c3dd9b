import { expect, test } from 'vitest'

import { isoWeek } from './week.ts'

test.each([
  ['2026-01-01', '2026-W01'],
  ['2027-01-01', '2026-W53'],
  ['2024-12-30', '2025-W01'],
  ['2026-11-02', '2026-W45'],
  ['2021-01-03', '2020-W53'],
])('%s lies in %s', (day, week) => {
  expect(isoWeek(Date.parse(`${day}T12:00:00Z`))).toBe(week)
})
