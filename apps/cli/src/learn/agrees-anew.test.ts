import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'

import { agreesAnew } from './agrees-anew.ts'

test.each([
  ['y\n', true],
  ['Yes\n', true],
  ['n\n', false],
  ['\n', false],
  ['you decide\n', false],
  ['', false],
])('a person who is told what they took back agrees anew by a plain yes alone: %j', async (typed, agreed) => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  input.end(typed)
  expect(await agreesAnew('Withdrawn on 2026-01-02.', input, output)).toBe(agreed)
  expect(String(output.read())).toContain('Withdrawn on 2026-01-02.')
})
