import { loadModel } from '@overt/learn'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openOperator } from '../folder/operator.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { examplesFor } from './examples.ts'
import { smallModel } from './small-model.fixture.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'overt-examples-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test.each([
  ['is not there', async () => {}],
  ['is empty but for its operator’s key', openOperator],
])('where the data folder %s, a model is evaluated without examples, and that is said', async (_, begin) => {
  const data = join(dir, 'data')
  await begin(data)
  const before = readdirSync(dir, { recursive: true })
  const said: string[] = []
  const terminal = { ...openTerminal({ quiet: true, data }, new AbortController().signal), say: (line: string) => void said.push(line) }
  expect(await examplesFor(terminal, loadModel(smallModel()), undefined)).toEqual([])
  expect(said).toEqual([expect.stringContaining("The model's release is not here")])
  expect(readdirSync(dir, { recursive: true })).toEqual(before)
})
