import { withdrawReceipt } from '@overt/data'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { erase } from '../folder/erasing.ts'
import { openFolder } from '../folder/folder.ts'
import { build } from '../folder/release.ts'
import { workFor } from '../folder/worked.fixture.ts'
import { run as evaluate } from '../learn/evaluate.ts'
import { examplesFor } from '../learn/examples.ts'
import { openModel } from '../learn/model-file.ts'
import { run as train } from '../learn/train.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'
import { run as check } from './check.ts'
import { run as write } from './export.ts'

let dir: string
let told: unknown
let said: string[] = []
const at = (name: string): string => join(dir, name)

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'overt-use-'))
  said = []
  const folder = await open('data')
  await workFor(folder, 'ada')
  await build(folder, { spec: { purpose: 'ground' }, outDir: at('release') })
  await folder.store.close()
  cpSync(at('release'), at('moved'), { recursive: true })
})
afterEach(() => {
  // A check that finds something sets it.
  process.exitCode = undefined
  rmSync(dir, { recursive: true })
})

const open = (name: string) => openFolder(at(name), () => {}, new AbortController().signal)

function terminal(data: string): Terminal {
  const result = (document: object): void => void (told = document)
  const say = (line: string): void => void said.push(line)
  return { ...openTerminal({ quiet: true, data: at(data) }, new AbortController().signal), result, say }
}

const trained = (release: string, data = 'data') => train(terminal(data), [], { dataset: at(release), out: at('a.model'), seed: '1' })
const exported = (release: string, data: string) => write(terminal(data), [at(release)], { format: 'jsonl', out: at('lines') })

const evaluated = (release: string, data = 'data') =>
  evaluate(terminal(data), [], { model: at('a.model'), dataset: at(release), seed: '1' })

/** Changes a byte of a release's first file of rows; returns its name. */
function spoil(release: string): string {
  const [name = ''] = readdirSync(join(release, 'data'))
  const path = join(release, 'data', name)
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
  writeFileSync(path, bytes)
  return name
}

/** Rows that the baselines get of the model's own release. */
async function own(): Promise<number> {
  const one = terminal('data')
  return (await examplesFor(one, await openModel(one, at('a.model')), undefined)).length
}

async function checked(release: string, data: string): Promise<unknown> {
  await check(terminal(data), [at(release)])
  return told
}

test('nobody can be asked about a release that a data folder did not build: it is neither trained on nor exported there', async () => {
  await (await open('other')).store.close()
  const elsewhere = { code: 'OVT-1317', exitCode: 4 }
  await expect(trained('release', 'other')).rejects.toMatchObject(elsewhere)
  await expect(exported('release', 'other')).rejects.toMatchObject(elsewhere)
  const missing = { code: 'OVT-1720', exitCode: 5 }
  await expect(trained('release', 'mistyped')).rejects.toMatchObject(missing)
  await expect(exported('release', 'mistyped')).rejects.toMatchObject(missing)
  expect(readdirSync(dir).toSorted()).toEqual(['data', 'moved', 'other', 'release'])
  await trained('moved')
  expect(existsSync(at('a.model'))).toBe(true)
})

test('a release is not trained on where its manifest or a file of it is not what its hash says', async () => {
  const damaged = { code: 'OVT-1343', exitCode: 1 }
  const path = join(at('moved'), 'manifest.json')
  const manifest = readFileSync(path, 'utf8')
  const { hash } = JSON.parse(manifest)
  writeFileSync(path, manifest.replace(hash, `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`))
  await expect(trained('moved')).rejects.toMatchObject({ ...damaged, message: expect.stringContaining('own hash') })
  const name = spoil(at('release'))
  await expect(trained('release')).rejects.toMatchObject({ ...damaged, message: expect.stringContaining(name) })
  expect(existsSync(at('a.model'))).toBe(false)
})

test('the baselines of an evaluation get no row of a release that may not be trained on', async () => {
  await trained('release')
  expect(await own()).toBeGreaterThan(0)
  await (await open('other')).store.close()
  await expect(evaluated('release', 'other')).rejects.toMatchObject({ code: 'OVT-1317', exitCode: 4 })
  await expect(evaluated('release', 'mistyped')).rejects.toMatchObject({ code: 'OVT-1720', exitCode: 5 })
  spoil(at('moved'))
  await expect(evaluated('moved')).rejects.toMatchObject({ code: 'OVT-1343', exitCode: 1 })
  const folder = await open('data')
  await withdrawReceipt(folder.store, { person: 'ada' })
  await folder.store.close()
  await expect(evaluated('release')).rejects.toMatchObject({ code: 'OVT-1723', exitCode: 4 })
  said = []
  expect([await own(), said]).toEqual([0, [expect.stringMatching(/1 of its 1 people no longer agree.* have no examples/)]])
})

test('a check says what the data folder knows of a release, wherever it lies', async () => {
  const unasked = expect.objectContaining({ code: 'OVT-1358' })
  expect(await checked('moved', 'data')).toMatchObject({ ok: true, problems: expect.not.arrayContaining([unasked]) })
  const folder = await open('data')
  await withdrawReceipt(folder.store, { person: 'ada' })
  await folder.store.close()
  const noMore = { code: 'OVT-1349', level: 'error', what: expect.stringContaining('1 of its 1 people no longer agree') }
  for (const release of ['release', 'moved'])
    expect(await checked(release, 'data')).toMatchObject({ ok: false, problems: expect.arrayContaining([noMore]) })
  const again = await open('data')
  await erase(again, { person: 'ada', session: null, lastMs: null })
  await again.store.close()
  const gone = expect.objectContaining({ code: 'OVT-1350', level: 'error' })
  expect(await checked('moved', 'data')).toMatchObject({ ok: false, problems: expect.arrayContaining([gone]) })
  expect(process.exitCode).toBe(1)
})

test('a check without the data folder that built the release says that nobody could be asked, and makes none', async () => {
  await (await open('other')).store.close()
  for (const data of ['other', 'mistyped']) {
    const unasked = expect.objectContaining({ code: 'OVT-1358', level: 'warning', what: expect.stringContaining(at(data)) })
    expect(await checked('release', data)).toMatchObject({ ok: true, problems: expect.arrayContaining([unasked]) })
  }
  expect(existsSync(at('mistyped'))).toBe(false)
})
