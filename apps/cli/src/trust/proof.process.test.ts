import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// Each rule starts the program several times.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const dir = mkdtempSync(join(tmpdir(), 'overt-proof-'))
const data = join(dir, 'data')
const kept = join(dir, 'kept.json')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function overt(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly words: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args, '--data', data])
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, words })))
}

const enrol = (person: string) => overt('device', 'enrol', '--person', person, '--origin', 'http://127.0.0.1:8080', '--json')
const verify = (file: string) => overt('ledger', 'verify', '--checkpoint', file, '--json')

beforeAll(async () => {
  await enrol('ada')
  cpSync(data, join(dir, 'before'), { recursive: true })
  await enrol('bob')
  writeFileSync(kept, (await overt('ledger', 'show', '--json')).out)
})

test('a kept checkpoint is proved to begin the ledger as it is now', async () => {
  for (const file of [kept, join(data, 'ledger', 'checkpoint')]) {
    const { code, out } = await verify(file)
    expect({ code, ok: JSON.parse(out).ok }).toEqual({ code: 0, ok: true })
  }
})

test('garbage, and a ledger that was rolled back, end with 1 and say why; a file that is not there with 5', async () => {
  writeFileSync(join(dir, 'garbage'), readFileSync(process.execPath).subarray(0, 1_000))
  const garbage = await verify(join(dir, 'garbage'))
  expect([garbage.code, JSON.parse(garbage.out)]).toEqual([1, expect.objectContaining({ ok: false, reason: 'malformed' })])
  expect((await verify(join(dir, 'nowhere'))).code).toBe(5)
  const { size } = JSON.parse((await overt('ledger', 'verify', '--json')).out)
  rmSync(data, { recursive: true })
  cpSync(join(dir, 'before'), data, { recursive: true })
  const back = await verify(kept)
  const verdict = JSON.parse(back.out)
  expect([back.code, verdict]).toEqual([1, expect.objectContaining({ ok: false, reason: 'rolled-back', firstBad: verdict.size })])
  expect(verdict.size).toBeLessThan(size)
})

test('erasing somebody who is not here ends with 5 and leaves the ledger as it was', async () => {
  const before = readFileSync(join(data, 'ledger', 'entries.jsonl'))
  const typo = await overt('erase', '--person', 'adda')
  expect([typo.code, typo.words]).toEqual([5, expect.stringContaining('adda')])
  expect(readFileSync(join(data, 'ledger', 'entries.jsonl'))).toEqual(before)
  expect((await overt('erase', '--person', 'ada')).code).toBe(0)
})
