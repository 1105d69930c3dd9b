import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { makeFolder, makeNamedFolder } from './make-folder.ts'

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

test('a folder that somebody named and that can’t be made is refused in words, with what it is', () => {
  const dir = mkdtempSync(join(tmpdir(), 'overt-make-'))
  writeFileSync(join(dir, 'file'), '')
  for (const path of [join(dir, 'file'), join(dir, 'file', 'below'), join(dir, 'a'.repeat(300))])
    expect(() => makeNamedFolder(path)).toThrow(
      expect.objectContaining({ code: 'OVT-1311', exitCode: 3, message: expect.stringContaining(`${path} can't be made as a folder`) }),
    )
  makeNamedFolder(join(dir, 'open', 'to all'), 0o755)
  expect(statSync(join(dir, 'open', 'to all')).mode & 0o777).toBe(0o755 & ~process.umask())
  rmSync(dir, { recursive: true })
})
