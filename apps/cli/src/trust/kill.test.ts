import { upkeep } from '@overt/data'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openFolder, serveFolder, type Folder } from '../folder/folder.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { run } from './kill.ts'

let dir: string
let folder: Folder
let stopServing: Awaited<ReturnType<typeof serveFolder>>

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-kill-words-'))
  folder = await openFolder(join(dir, 'data'), () => {}, new AbortController().signal)
  stopServing = await serveFolder(folder)
})
afterEach(async () => {
  await stopServing()
  await folder.store.close()
  rmSync(dir, { recursive: true })
})

/** What `overt kill` says: beside its result, or as that. */
async function kill(why: string, as: 'say' | 'result' = 'say'): Promise<string> {
  const said: string[] = []
  const terminal = openTerminal({ quiet: true, data: join(dir, 'data') }, new AbortController().signal)
  const result = (_: unknown, lines: readonly string[]): void => void (as === 'result' && said.push(...lines))
  const say = (line: string): void => void (as === 'say' && said.push(line))
  await run({ ...terminal, result, say }, [], { why, councilKey: join(dir, 'council.json') })
  return said.join('\n')
}

const kills = async (): Promise<readonly unknown[]> =>
  (await Array.fromAsync(folder.store.ledger.entries())).filter(({ kind }) => kind === 'kill').map(({ body }) => body['why'])

test('a stop that the disk refused is written down by the next command, which does not say that nothing was', async () => {
  const { control } = folder.store
  // As a full disk has it: a council's key is taken, and then nothing more.
  control.exec(`CREATE TRIGGER full BEFORE INSERT ON unfinished WHEN NEW.act LIKE '%"kill"%' BEGIN SELECT RAISE(ABORT, 'no room'); END`)
  await expect(kill('a colleague is on the screen')).rejects.toThrow('no room')
  expect([folder.store.killSwitch.stop?.why, await kills()]).toEqual(['a colleague is on the screen', []])
  control.exec('DROP TRIGGER full')
  const said = await kill('another reason')
  expect(await kills()).toEqual(['a colleague is on the screen'])
  expect(said).toContain('stopped already')
  expect(said).toContain('of the stop that holds, not of this command')
  expect(said).not.toContain('nothing new was written down')
})

test('a stop names the copy of the keys that it could not reach', async () => {
  const keys = join(dir, 'keys')
  await upkeep.backUp(folder.store, { data: join(dir, 'backup'), keys })
  rmSync(keys, { recursive: true })
  expect(await kill('a colleague is on the screen', 'result')).toContain(`Not reached: the copy of the keys at ${keys}: it is not there`)
})
