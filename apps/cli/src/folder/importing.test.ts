import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { openFolder, type Folder } from './folder.ts'
import { importMiniwob } from './importing.ts'

let dir: string
let folder: Folder
const at = (...names: string[]): string => join(dir, ...names)

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-import-'))
  mkdirSync(at('demos'))
  folder = await openFolder(at('data'), () => {}, new AbortController().signal)
})
afterEach(async () => {
  await folder.store.close()
  rmSync(dir, { recursive: true, force: true })
})

const imported = (): Promise<object> => importMiniwob(folder, { paths: [at('demos')], person: 'miniwob' })

test('attack 8: a link in a folder of demonstrations is not followed, and nothing is imported', async () => {
  writeFileSync(at('demos', 'a.jsonl.gz'), gzipSync('{"not":"a demonstration"}\n'))
  expect(await imported()).toMatchObject({ files: 1, stored: 0, skipped: { 'not-a-demonstration': 1 } })
  writeFileSync(at('secret.jsonl'), '{"of":"somebody else"}\n')
  symlinkSync(at('secret.jsonl'), at('demos', 'b.jsonl'))
  await expect(imported()).rejects.toMatchObject({ code: 'OVT-1718' })
  rmSync(at('demos', 'b.jsonl'))
  mkdirSync(at('demos', 'c.jsonl'))
  await expect(imported()).rejects.toMatchObject({ code: 'OVT-1718' })
})
