import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { readLogFolder } from '@overt/data/ledger'
import { cosignedAt, parseVerifierKey } from '@overt/privacy/ledger'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// Each rule starts the program several times.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const dir = mkdtempSync(join(tmpdir(), 'overt-witness-'))
const data = join(dir, 'data')
const state = join(dir, 'state')
let server: Server
let url = ''
/** The folder that the server shows now; null where it does not answer. */
let shown: string | null = data
let key = ''

async function overt(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly words: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args])
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, words })))
}

const enrol = (person: string, folder = data) =>
  overt('device', 'enrol', '--person', person, '--origin', 'http://127.0.0.1:8080', '--json', '--data', folder)
const witness = (place: string, ...more: readonly string[]) => overt('ledger', 'witness', place, '--json', '--state', state, ...more)

beforeAll(async () => {
  await enrol('ada')
  cpSync(data, join(dir, 'before'), { recursive: true })
  await enrol('bob')
  key = JSON.parse((await overt('ledger', 'show', '--json', '--data', data)).out).log
  server = createServer((request, response) => {
    void (async () => {
      const bytes = shown === null ? null : await (await readLogFolder(shown))((request.url ?? '').slice(1))
      response.writeHead(bytes === null ? 404 : 200).end(bytes)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
})
afterAll(() => {
  server.close()
  rmSync(dir, { recursive: true, force: true })
})

test('a witness needs the log’s key once, signs, and signs what the log grew to, from an address and from a folder', async () => {
  expect((await witness(url)).code).toBe(2)
  expect((await witness(url, '--log-key', 'garbage')).code).toBe(2)
  const out = join(dir, 'cosigned')
  const first = await witness(url, '--log-key', key, '--name', 'council.example/w', '--out', out)
  const signed = JSON.parse(first.out)
  expect([first.code, signed.ok]).toEqual([0, true])
  const own = await parseVerifierKey(signed.witness, 'cosignature')
  expect(own?.name).toBe('council.example/w')
  expect(await cosignedAt(readFileSync(out, 'utf8'), own ?? { name: '', publicKey: '' })).toBeGreaterThan(0)
  await enrol('cleo')
  const again = JSON.parse((await witness(data)).out)
  expect(again).toMatchObject({ ok: true, witness: signed.witness })
  expect(again.size).toBeGreaterThan(signed.size)
})

test('37 a rolled-back log, and one that was written anew under the same key, end with 1 and say why; nothing is forgotten by that', async () => {
  shown = join(dir, 'before')
  const back = await witness(url)
  expect([back.code, JSON.parse(back.out)]).toEqual([1, expect.objectContaining({ ok: false, reason: 'rolled-back', note: null })])
  for (const person of ['dan', 'eve', 'fay']) await enrol(person, shown)
  const forked = await overt('ledger', 'witness', url, '--state', state)
  expect([forked.code, forked.out]).toEqual([1, expect.stringContaining('written anew')])
  shown = data
  expect((await witness(url)).code).toBe(0)
})

test('a log under another key is refused, one that is not there ends with 6, a place without a log with 5', async () => {
  const other = join(dir, 'other')
  await enrol('ada', other)
  const foreign = JSON.parse((await overt('ledger', 'show', '--json', '--data', other)).out).log.split('+')
  const name = key.split('+')[0] ?? ''
  // Another key under this log's name, as an operator would have to show it.
  const { printVerifierKey } = await import('@overt/privacy/ledger')
  const publicKey = Buffer.from(foreign.slice(2).join('+'), 'base64').subarray(1).toString('base64url')
  expect((await witness(url, '--log-key', await printVerifierKey({ name, publicKey }))).code).toBe(1)
  shown = null
  expect((await witness(url, '--log-key', key)).code).toBe(6)
  shown = data
  expect((await witness(join(dir, 'nowhere'))).code).toBe(5)
})

test('with --every it looks again, and ends with 1 at the first look that shows another history', async () => {
  const copy = join(dir, 'copy')
  cpSync(data, copy, { recursive: true })
  shown = copy
  const out = join(dir, 'again')
  const running = overt('ledger', 'witness', url, '--state', state, '--every', '1s', '--out', out)
  await vi.waitFor(() => expect(existsSync(out)).toBe(true), { timeout: 120_000, interval: 100 })
  shown = join(dir, 'before')
  const ended = await running
  expect(ended.code).toBe(1)
})
