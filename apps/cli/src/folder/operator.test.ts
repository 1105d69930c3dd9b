import { openStore } from '@overt/data'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openFolder } from './folder.ts'
import { openOperator } from './operator.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'overt-operator-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const path = () => join(dir, 'data', 'operator.json')
const data = () => join(dir, 'data')
const open = async () => (await openFolder(data(), () => undefined, new AbortController().signal)).store.close()

test('a new folder gets one operator, however many ask at once, and keeps it', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => openOperator(data())))
  expect(new Set(all.map(({ keyId }) => keyId)).size).toBe(1)
  expect(readdirSync(data())).toEqual(['operator.json'])
  expect(statSync(path()).mode & 0o077).toBe(0)
  await open()
  await open()
  expect((await openOperator(data())).keyId).toBe(all[0]?.keyId)
})

test('an operator that is missing in a folder that is not new is an error, and none is made', async () => {
  await open()
  const key = readFileSync(path())
  rmSync(path())
  const lost = { code: 'OVT-1707', exitCode: 3, message: expect.stringContaining(path()) }
  await expect(openOperator(data())).rejects.toMatchObject(lost)
  await expect(open()).rejects.toMatchObject(lost)
  expect(readdirSync(data())).not.toContain('operator.json')
  writeFileSync(path(), key)
  await open()
})

test('a path that can be no folder is refused in words', async () => {
  writeFileSync(data(), '')
  await expect(open()).rejects.toMatchObject({ code: 'OVT-1707', exitCode: 3, message: expect.stringContaining(data()) })
  await expect(openStore(data())).rejects.toMatchObject({ code: 'OVT-1311' })
})
