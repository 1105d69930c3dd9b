import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

import { writeModel } from './write-model.ts'

test('a model is its owner’s alone, also in a folder that everybody reads, and in the place of one that everybody did', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-model-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  chmodSync(dir, 0o755)
  const paths = ['new.model', 'old.model', 'made/a.model'].map((name) => join(dir, name))
  for (const name of ['old.model', 'new.model.partial']) writeFileSync(join(dir, name), 'of before', { mode: 0o644 })
  for (const path of paths) await writeModel(path, Buffer.from('weights'))
  expect(paths.map((path) => [readFileSync(path, 'utf8'), statSync(path).mode & 0o777])).toEqual(paths.map(() => ['weights', 0o600]))
  expect(statSync(join(dir, 'made')).mode & 0o777).toBe(0o700)
  expect(readdirSync(dir).toSorted()).toEqual(['made', 'new.model', 'old.model'])
})

test('of a model that can’t be written nothing is left', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-model-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  mkdirSync(join(dir, 'a.model', 'inside'), { recursive: true })
  await expect(writeModel(join(dir, 'a.model'), Buffer.from('weights'))).rejects.toThrow('a.model')
  expect(readdirSync(dir)).toEqual(['a.model'])
})
