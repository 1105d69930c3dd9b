import { expect, test } from 'vitest'

import { runReidentification } from './run.ts'

test(
  'attack 43: how a hand types and presses gives its person away, and nothing of that is left in a release',
  { timeout: 900_000 },
  async () => {
    const { rows } = await runReidentification({ people: 50, known: 3, probes: 2, keystrokes: process.env['OVERT_KEYSTROKES'] })
    // From a real set only what is left is asked: how well its people can be told apart is theirs.
    for (const one of rows.filter(({ hands, from }) => hands === 'made' && from === 'strokes')) {
      expect(one.rank1, JSON.stringify(one)).toBeGreaterThan(0.5)
      expect(one.interval[0], JSON.stringify(one)).toBeGreaterThan(10 * one.chance)
      expect(one.equalError, JSON.stringify(one)).toBeLessThan(0.2)
    }
    for (const one of rows.filter(({ from }) => from === 'release')) {
      expect(one.rank1, JSON.stringify(one)).toBeLessThanOrEqual(2 * one.chance)
      expect(one.equalError, JSON.stringify(one)).toBeGreaterThanOrEqual(0.45)
    }
  },
)
