import { withdrawReceipt } from '@overt/data'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { erase } from '../folder/erasing.ts'
import { inFolder, openFolder, serveFolder, type Folder } from '../folder/folder.ts'
import { build } from '../folder/release.ts'
import { killedAt, workFor } from '../folder/worked.fixture.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'
import { run } from './train.ts'

let dir: string
let folder: Folder
let terminal: Terminal
const at = (name: string): string => join(dir, name)

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-train-'))
  folder = await openFolder(at('data'), () => {}, new AbortController().signal)
  await workFor(folder, 'ada')
  await build(folder, { spec: { purpose: 'ground' }, outDir: at('release') })
  terminal = openTerminal({ quiet: true, data: at('data') }, new AbortController().signal)
})
afterEach(async () => {
  await folder.store.close()
  rmSync(dir, { recursive: true })
})

const everything = { person: 'ada', session: null, lastMs: null }

test('a model that is there when its training is cut off is reached by a later erasure', async () => {
  await folder.store.close()
  const args = ['train', '--dataset', at('release'), '--out', at('a.model'), '--data', at('data')]
  expect(await killedAt('after', 'rename', 'a.model.partial', args)).toBe('SIGKILL')
  expect(existsSync(at('a.model'))).toBe(true)
  expect(await inFolder(terminal, 'erase', everything)).toMatchObject({ reached: { models: 1 } })
  expect(existsSync(at('a.model.revoked.json'))).toBe(true)
})

test.each(['withdraws', 'erases'] as const)('a model that is being trained while somebody in its release %s is not kept', async (act) => {
  const stop = await serveFolder(folder)
  let ending: Promise<unknown> | undefined
  const meanwhile = (): void => {
    ending ??= act === 'erases' ? erase(folder, everything) : withdrawReceipt(folder.store, { person: 'ada' })
  }
  const training = run({ ...terminal, progress: meanwhile }, [], { dataset: at('release'), out: at('a.model'), seed: '1' })
  await expect(training).rejects.toMatchObject({ code: 'OVT-1723', exitCode: 4 })
  expect(ending).toBeDefined()
  await ending
  expect([existsSync(at('a.model')), existsSync(at('a.model.revoked.json'))]).toEqual([false, false])
  const entries = await Array.fromAsync(folder.store.ledger.entries())
  expect(entries.filter(({ kind }) => kind === 'training')).toEqual([])
  await stop()
})
