import { datasetContext, registerModel } from '@overt/data'
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { inFolder, openFolder } from '../folder/folder.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'
import { openModel } from './model-file.ts'
import { smallData as data, smallHash as hash, smallModel } from './small-model.fixture.ts'

let dir: string
let terminal: Terminal
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'overt-model-'))
  terminal = openTerminal({ quiet: true, data: join(dir, 'data') }, new AbortController().signal)
})
afterEach(() => rmSync(dir, { recursive: true }))

const at = (name: string) => join(dir, name)
const refused = { code: 'OVT-1725', exitCode: 4 }

test('a model opens where nothing speaks against it, and no data folder is made to ask', async () => {
  writeFileSync(at('a.model'), smallModel())
  expect((await openModel(terminal, at('a.model'))).head.hash).toBe(hash)
  expect(readdirSync(dir)).toEqual(['a.model'])
})

test('a model that the data folder knows as revoked is refused wherever its file is copied to', async () => {
  writeFileSync(at('a.model'), smallModel())
  const { store } = await openFolder(at('data'), () => undefined, new AbortController().signal)
  const episodes = [{ episode: 'ep-a', person: 'ada', session: 'session-1' }]
  await datasetContext(store).register({ hash: data.hash, name: data.name, path: dir, purpose: 'ground', episodes })
  await registerModel(store, { hash, path: at('a.model'), dataset: data.hash })
  await store.close()
  expect((await openModel(terminal, at('a.model'))).head.hash).toBe(hash)
  await inFolder(terminal, 'erase', { person: 'ada', session: null, lastMs: null })
  copyFileSync(at('a.model'), at('copy.model'))
  await expect(openModel(terminal, at('copy.model'))).rejects.toMatchObject(refused)
  rmSync(at('a.model.revoked.json'))
  await expect(openModel(terminal, at('a.model'))).rejects.toMatchObject(refused)
})

test('a note beside the file revokes the model that it names, and not a new one in its place', async () => {
  writeFileSync(at('a.model'), smallModel())
  for (const note of [JSON.stringify({ model: hash }), '{}', '{"mod']) {
    writeFileSync(at('a.model.revoked.json'), note)
    await expect(openModel(terminal, at('a.model')), note).rejects.toMatchObject(refused)
  }
  writeFileSync(at('a.model.revoked.json'), JSON.stringify({ model: '00'.repeat(32) }))
  expect((await openModel(terminal, at('a.model'))).head.hash).toBe(hash)
})

test('a file that is no model is named', async () => {
  writeFileSync(at('words.txt'), 'words')
  await expect(openModel(terminal, at('words.txt'))).rejects.toMatchObject({
    code: 'OVT-1401',
    exitCode: 3,
    message: expect.stringContaining(`${at('words.txt')} can't be used: not a model file`),
  })
})
