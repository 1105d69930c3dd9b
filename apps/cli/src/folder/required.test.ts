import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { requireFolder } from './required.ts'

const dir = mkdtempSync(join(tmpdir(), 'overt-required-'))
afterAll(() => rmSync(dir, { recursive: true }))

const nobody = 65_534

test('a place without a folder, a file and a folder where nothing began are no data folder', () => {
  writeFileSync(join(dir, 'file'), '')
  mkdirSync(join(dir, 'begun'))
  writeFileSync(join(dir, 'begun', 'operator.json'), '{}')
  for (const [name, message] of [
    ['nowhere', /There is no data folder/],
    ['file', /There is no data folder/],
    ['begun', /nothing else yet/],
  ] as const)
    expect(() => requireFolder(join(dir, name)), name).toThrow(
      expect.objectContaining({ code: 'OVT-1720', exitCode: 5, message: expect.stringMatching(message) }),
    )
})

test('another’s folder is told as one that may not be opened, and not as none', () => {
  mkdirSync(join(dir, 'closed'), { mode: process.getuid?.() === 0 ? 0o700 : 0 })
  if (process.getuid?.() === 0) process.seteuid?.(nobody)
  try {
    expect(() => requireFolder(join(dir, 'closed'))).toThrow(expect.objectContaining({ code: 'EACCES' }))
  } finally {
    if (process.getuid?.() === 0) process.seteuid?.(0)
  }
})
