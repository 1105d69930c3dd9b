import { describe, expect, test } from 'vitest'

import { faultRows } from './fault-rows.ts'
import { planted } from './plants.ts'
import { powerRows } from './power-rows.ts'
import { isGreen } from './report.ts'
import type { Outcome } from './row.ts'

const rows = [...powerRows, ...faultRows]
const none = (): Outcome => ({ acknowledged: 0, lost: 0, twice: 0, wrong: [] })

describe('the rows of the crash matrix that need no process', () => {
  test.each(rows)('$name: nothing acknowledged is lost, nothing is there twice', async (row) => {
    const outcome = none()
    for (const seed of [1, 2, 3]) await row.round(seed, outcome, {})
    expect(outcome).toEqual({ acknowledged: expect.any(Number), lost: 0, twice: 0, wrong: [] })
    expect(isGreen(outcome)).toBe(true)
  })

  test.each(planted.filter(({ row }) => rows.some(({ name }) => name === row)))('$row: turns red where the store $what', async (one) => {
    const row = rows.find(({ name }) => name === one.row)
    const outcome = none()
    for (let seed = 1; seed <= 20 && outcome.lost + outcome.twice + outcome.wrong.length === 0; seed += 1)
      await row?.round(seed, outcome, one.plant).catch((error: unknown) => outcome.wrong.push(String(error)))
    expect(outcome.lost + outcome.twice + outcome.wrong.length).toBeGreaterThan(0)
  })
})
