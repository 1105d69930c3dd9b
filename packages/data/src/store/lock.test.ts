import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { lockFolder } from './lock.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'overt-lock-'))
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('a folder has one owner; the refusal names it', () => {
  const unlock = lockFolder(dir)
  expect(() => lockFolder(dir)).toThrow(`in use by process ${process.pid}`)
  unlock()
  lockFolder(dir)()
})

test('another process is refused, and the lock of a killed one is free at once', async () => {
  const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))}; globalThis.unlock = lockFolder(${JSON.stringify(dir)}); console.log('locked'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  expect(() => lockFolder(dir)).toThrow(`in use by process ${child.pid}`)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  lockFolder(dir)()
})
