import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test, vi } from 'vitest'

// Each rule starts the program several times.
vi.setConfig({ testTimeout: 240_000 })

const dir = mkdtempSync(join(tmpdir(), 'overt-beside-'))
const data = join(dir, 'data')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Started {
  readonly child: ChildProcess
  readonly out: () => string
  readonly words: () => string
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly words: string }>
}

function start(...args: readonly string[]): Started {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args, '--data', data], { cwd: dir })
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const ended = new Promise<Awaited<Started['ended']>>((resolve) => child.once('close', (code) => resolve({ code, out, words })))
  return { child, out: () => out, words: () => words, ended }
}

const overt = (...args: readonly string[]): Started['ended'] => start(...args).ended

async function sample(): Promise<string> {
  const { out } = await overt('manifest', 'sample', '--origin', 'http://127.0.0.1:8080')
  const path = join(dir, 'manifest.json')
  writeFileSync(path, out)
  return path
}

/** A click on a button, as MiniWoB's recorder wrote it. */
function demonstration(): string {
  const button = { tag: 'BUTTON', ref: 2, left: 10, top: 10, width: 40, height: 20, text: 'OK', recordingTarget: true }
  const dom = { tag: 'BODY', ref: 1, left: 0, top: 0, width: 160, height: 210, children: [button] }
  const acts = ['mousedown', 'mouseup', 'click'].flatMap((type) => [1, 3].map((timing) => ({ type, timing, x: 20, y: 20 })))
  const states = acts.map((action, time) => ({ time, action, dom }))
  return `${JSON.stringify({ utterance: 'Press OK', rawReward: 1, states })}\n`
}

/** An import that goes on for as long as the pipe that it reads is open. */
async function endlessImport(person: string): Promise<Started & { readonly end: (line: string) => void }> {
  const pipe = join(dir, `${person}.jsonl`)
  execFileSync('mkfifo', [pipe])
  const started = start('import', 'miniwob', pipe, '--person', person, '--json')
  const stream = createWriteStream(pipe)
  await new Promise((resolve) => stream.once('open', resolve))
  return { ...started, end: (line) => stream.end(line) }
}

test('beside a command that holds the folder for long, people are shown what is theirs, erase and withdraw, and it stores no more of theirs', async () => {
  const running = await endlessImport('ada')
  const shown = await overt('receipt', 'show', '--person', 'ada', '--json')
  expect([shown.code, JSON.parse(shown.out).receipts.length]).toEqual([0, 1])
  expect((await overt('erase', '--person', 'ada')).code).toBe(0)
  expect((await overt('receipt', 'withdraw', '--person', 'ada')).code).toBe(0)
  expect(running.child.exitCode).toBe(null)
  running.end(demonstration())
  expect((await running.ended).code).toBe(4)
  const after = await overt('receipt', 'show', '--person', 'ada', '--json')
  expect(JSON.parse(after.out).receipts[0].withdrawnAtEpochMs).toBeGreaterThan(0)
  expect(existsSync(join(data, 'control.sock'))).toBe(false)
})

test('beside a command that holds the folder for long, its own work goes on', async () => {
  const running = await endlessImport('bob')
  expect((await overt('kill', '--status')).code).toBe(0)
  // What fails there is told as it would be here.
  const file = join(dir, 'a file')
  writeFileSync(file, '')
  const failed = await overt('backup', '--out', join(dir, 'backup'), '--keys', file)
  expect(failed).toMatchObject({ code: 3, words: expect.stringMatching(/a file goes through a file as if[\s\S]*OVT-1708/) })
  running.end(demonstration())
  expect(await running.ended).toMatchObject({ code: 0, out: expect.stringContaining('"stored":1') })
})

test('commands that are started at once in one folder are all done, one after the other', async () => {
  const manifest = await sample()
  const names = ['a', 'b', 'c', 'd', 'e']
  const ended = await Promise.all(names.map((person) => overt('receipt', 'grant', '--manifest', manifest, '--person', person)))
  expect(ended.map(({ code, words }) => ({ code, words: code === 0 ? '' : words }))).toEqual(names.map(() => ({ code: 0, words: '' })))
})

test('a server waits for what holds its folder for a moment, and does not for one that goes on', async () => {
  await sample()
  const lock = new DatabaseSync(join(data, 'lock'))
  lock.exec('BEGIN EXCLUSIVE')
  const server = start('up', '--port', '0', '--json')
  await expect.poll(server.words, { timeout: 60_000 }).toMatch(/in use by process .*Waiting/)
  lock.close()
  await expect.poll(server.out, { timeout: 60_000 }).toContain('"url"')
  const second = await overt('up', '--port', '0')
  expect(second).toMatchObject({ code: 1, words: expect.stringMatching(/in use by process [\s\S]*OVT-1301/) })
  expect(second.words).not.toContain('Waiting')
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
})

test('a folder whose owner takes no commands is waited for with a word, and in the end refused with what to do', async () => {
  const manifest = await sample()
  const lock = new DatabaseSync(join(data, 'lock'))
  lock.exec('BEGIN EXCLUSIVE')
  const waiting = start('receipt', 'grant', '--manifest', manifest, '--person', 'eve')
  await expect.poll(waiting.words, { timeout: 60_000 }).toMatch(/in use by process .*Waiting/)
  lock.exec('ROLLBACK')
  expect((await waiting.ended).code).toBe(0)
  lock.exec('BEGIN EXCLUSIVE')
  const refused = await overt('receipt', 'grant', '--manifest', manifest, '--person', 'eve')
  lock.close()
  expect(refused.code).toBe(6)
  expect(refused.words).toMatch(/in use by process [\s\S]*Wait until that process has ended[\s\S]*OVT-1309/)
})
