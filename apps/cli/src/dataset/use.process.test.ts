import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openFolder } from '../folder/folder.ts'
import { build } from '../folder/release.ts'
import { workFor } from '../folder/worked.fixture.ts'
import { run as train } from '../learn/train.ts'
import { openTerminal } from '../terminal/terminal.ts'

let dir: string
const at = (name: string): string => join(dir, name)

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-use-'))
  const folder = await open('data')
  await workFor(folder, 'ada')
  await build(folder, { spec: { purpose: 'ground' }, outDir: at('release') })
  await folder.store.close()
  cpSync(at('release'), at('moved'), { recursive: true })
})
afterEach(() => rmSync(dir, { recursive: true }))

const open = (name: string) => openFolder(at(name), () => {}, new AbortController().signal)

function trained(release: string): Promise<void> {
  const terminal = openTerminal({ quiet: true, data: at('data') }, new AbortController().signal)
  return train(terminal, [], { dataset: at(release), out: at('a.model'), seed: '1' })
}

test('a release is not trained on where its manifest or a file of it is not what its hash says', async () => {
  const damaged = { code: 'OVT-1343', exitCode: 1 }
  const path = join(at('moved'), 'manifest.json')
  const manifest = readFileSync(path, 'utf8')
  const { hash } = JSON.parse(manifest)
  writeFileSync(path, manifest.replace(hash, `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`))
  await expect(trained('moved')).rejects.toMatchObject({ ...damaged, message: expect.stringContaining('own hash') })
  const [name = ''] = readdirSync(join(at('release'), 'data'))
  const parquet = join(at('release'), 'data', name)
  const bytes = readFileSync(parquet)
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
  writeFileSync(parquet, bytes)
  await expect(trained('release')).rejects.toMatchObject({ ...damaged, message: expect.stringContaining(name) })
  expect(existsSync(at('a.model'))).toBe(false)
})
