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
  expect(await agreesAnew('Withdrawn on 2026-01-02.', { input, output, signal: new AbortController().signal })).toBe(agreed)
  expect(String(output.read())).toContain('Withdrawn on 2026-01-02.')
})

test('a Ctrl-C at the question is no answer: it interrupts the command', async () => {
  let raw = false
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => (raw = true) })
  const output = Object.assign(new PassThrough(), { isTTY: true })
  const interrupt = new AbortController()
  const asked = agreesAnew('Withdrawn on 2026-01-02.', { input, output, signal: interrupt.signal })
  // A terminal that gives out single keys sends no SIGINT.
  expect(raw).toBe(false)
  interrupt.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})
