import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { makeFolder } from './make-folder.ts'

test('a folder is made with those above it, for its owner alone, and may be there already', () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-make-'))
  const deep = join(dir, 'a', 'b', 'c')
  makeFolder(deep)
  makeFolder(deep)
  expect([join(dir, 'a'), deep].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700])
  writeFileSync(join(dir, 'file'), '')
  expect(() => makeFolder(join(dir, 'file'))).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  expect(() => makeFolder(join(dir, 'file', 'below'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }))
  rmSync(dir, { recursive: true })
})

test.runIf(process.platform === 'linux')('where a folder takes no other, that is told', () => {
  expect(() => makeFolder('/proc/nope/below')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
})
