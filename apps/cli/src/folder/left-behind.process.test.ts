import { upkeep } from '@overt/data'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { failureOf } from '../terminal/failure.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { inFolder, openFolder } from './folder.ts'

let dir: string
let said: string[]

const at = (...names: string[]): string => join(dir, ...names)

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-left-'))
  said = []
  await begin(at('backed-up'), (store) => upkeep.backUp(store, { data: at('backup'), keys: at('keys') }))
})
afterEach(() => rmSync(dir, { recursive: true }))

async function begin(data: string, use: (store: Awaited<ReturnType<typeof openFolder>>['store']) => Promise<unknown>): Promise<void> {
  const { store } = await openFolder(data, () => {}, new AbortController().signal)
  await use(store)
  await store.close()
}

/** Asks how the folder stands; answers with the code of what stood in the way. */
async function ask(data: string): Promise<string> {
  const terminal = { ...openTerminal({ quiet: true, data }, new AbortController().signal), say: (line: string) => void said.push(line) }
  return inFolder(terminal, 'stopState', undefined).then(
    () => '',
    (error: unknown) => failureOf(error).code,
  )
}

/** Restores the backup, and is killed once the keys of its draft can be opened. */
async function killedRestore(data: string): Promise<void> {
  const script = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const { renameSync } = fs
    fs.renameSync = (from, to) => {
      renameSync(from, to)
      if (to === ${JSON.stringify(join(`${data}.restoring`, 'keys.sqlite'))}) process.kill(process.pid, 'SIGKILL')
    }
    syncBuiltinESMExports()
    const { upkeep } = await import('@overt/data')
    await upkeep.restore(${JSON.stringify({ data: at('backup'), keys: at('keys'), dir: data })})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
}

test.each([
  ['its folder is not there', 'OVT-1720'],
  ['its folder is there', ''],
])('what a restore left that was cut off is removed by the next command, and said: %s', async (_, code) => {
  const data = at('data')
  await killedRestore(data)
  expect(readdirSync(`${data}.restoring`)).toEqual(expect.arrayContaining(['tenant.key', 'keys.sqlite']))
  if (code === '') await begin(data, async () => {})
  expect(await ask(data)).toBe(code)
  expect([existsSync(`${data}.restoring`), said]).toEqual([false, [expect.stringContaining(`${data}.restoring was left`)]])
})

test('a command on a folder leaves every byte of another whose name is that of what a restore leaves', async () => {
  const [data, other] = [at('live'), at('live.restoring')]
  await begin(data, async () => {})
  await upkeep.restore({ data: at('backup'), keys: at('keys'), dir: other })
  const bytes = () =>
    readdirSync(other, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(parentPath, name)))
          .digest('hex'),
      ])
  const before = bytes()
  expect([await ask(data), said, bytes()]).toEqual(['', [], before])
  expect(await ask(other)).toBe('')
})
