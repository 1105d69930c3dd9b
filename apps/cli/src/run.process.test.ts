import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test, vi } from 'vitest'

// Each rule starts the program several times.
vi.setConfig({ testTimeout: 240_000 })

const main = join(import.meta.dirname, 'main.ts')
const dir = mkdtempSync(join(tmpdir(), 'overt cli '))
const data = join(dir, 'data')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly words: string
}

function overt(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args, ...(args.includes('--data') ? [] : ['--data', data])], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  child.stdin.end(input)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, words })))
}

async function saved(name: string, args: readonly string[]): Promise<string> {
  const { code, out, words } = await overt(args)
  expect({ code, words: code === 0 ? '' : words }).toEqual({ code: 0, words: '' })
  const path = join(dir, name)
  writeFileSync(path, out)
  return path
}

const sample = (): Promise<string> => saved('manifest.json', ['manifest', 'sample', '--origin', 'http://127.0.0.1:8080'])

test('a command that does not exist, and a flag that is missing, end with 2 and say what to do', async () => {
  const unknown = await overt(['fly'])
  expect(unknown.code).toBe(2)
  expect(unknown.words).toContain('overt --help')
  const missing = await overt(['manifest', 'sample'])
  expect(missing.code).toBe(2)
  expect(missing.words).toMatch(/--origin is missing[\s\S]*--help[\s\S]*OVT-1705/)
  for (const args of [
    ['device', 'enrol'],
    ['receipt', 'grant', '--manifest', await saved('named.json', ['manifest', 'sample', '--origin', 'http://127.0.0.1:8080', '--json'])],
  ]) {
    const strange = await overt([...args, '--person', '../ada lovelace'])
    expect([strange.code, strange.words]).toEqual([2, expect.stringMatching(/--person takes[\s\S]*ada lovelace[\s\S]*OVT-1705/)])
  }
  const told = await overt(['manifest', 'check', '--json'])
  expect({ code: told.code, error: JSON.parse(told.out).error.code }).toEqual({ code: 2, error: 'OVT-1704' })
})

test.each([
  ['device', 'enrol', '--person', 'ada', '--endpoint', 'nope'],
  ['device', 'enrol', '--person', 'ada', '--origin', 'foo'],
  ['device', 'enrol', '--person', 'ada', '--origin', 'http://127.0.0.1:8080', '--endpoint', 'nope'],
  ['manifest', 'sample', '--origin', 'foo'],
  ['manifest', 'sample', '--origin', 'http://example.com'],
  ['manifest', 'sample', '--origin', 'http://127.0.0.1:8080', '--purposes', ','],
  ['up', '--host', '', '--port', '0'],
])('what no command can use ends with 2 and words: %s %s %s %s %s %s', async (...args) => {
  const { code, out, words } = await overt(args.filter((arg) => arg !== undefined))
  expect({ code, out, words }).toEqual({
    code: 2,
    out: '',
    words: expect.stringMatching(/^--(endpoint|origin|purposes|host) [\s\S]*OVT-1705/),
  })
})

test('a device that is enrolled beside a server is told that server’s address; an explicit one is kept', async () => {
  const server = spawn(process.execPath, [main, 'up', '--port', '0', '--json', '--data', join(dir, 'served')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((resolve) => server.once('close', resolve))
  const { url } = JSON.parse(await new Promise((resolve) => server.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString()))))
  const enrol = async (...more: readonly string[]): Promise<string> =>
    JSON.parse((await overt(['device', 'enrol', '--person', 'ada', '--data', join(dir, 'served'), ...more])).out).endpoint
  expect(await enrol()).toBe(url)
  expect(await enrol('--endpoint', 'http://127.0.0.1:4747')).toBe('http://127.0.0.1:4747')
  server.kill('SIGTERM')
  await ended
})

test('a sample manifest passes its check, and an unsigned or altered one is refused with 4', async () => {
  const path = await sample()
  expect((await overt(['manifest', 'check', path])).code).toBe(0)
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(join(dir, 'unsigned.json'), JSON.stringify({ ...manifest, signatures: [] }))
  writeFileSync(join(dir, 'wider.json'), JSON.stringify({ ...manifest, purposes: ['ground', 'automate'] }))
  for (const name of ['unsigned.json', 'wider.json']) {
    const refused = await overt(['manifest', 'check', join(dir, name)])
    expect({ name, code: refused.code }).toEqual({ name, code: 4 })
    expect(refused.words).toContain('OVT-1710')
  }
  const diff = await overt(['manifest', 'diff', path, join(dir, 'wider.json'), '--json'])
  expect(JSON.parse(diff.out).changes.join(' ')).toContain('automate')
})

test('a receipt is granted, verified, shown and withdrawn; an expired one permits nothing', async () => {
  const manifest = await sample()
  const receipt = await saved('receipt.json', [
    'receipt',
    'grant',
    '--manifest',
    manifest,
    '--person',
    'ada',
    '--purposes',
    'ground',
    '--modalities',
    'actions,structure',
  ])
  expect((await overt(['receipt', 'verify', receipt, '--manifest', manifest])).code).toBe(0)
  const expired = await saved('expired.json', ['receipt', 'grant', '--manifest', manifest, '--person', 'bob', '--expires', '1s'])
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  const late = await overt(['receipt', 'verify', expired, '--manifest', manifest])
  expect({ code: late.code, told: late.words.includes('OVT-1719') }).toEqual({ code: 4, told: true })
  expect((await overt(['receipt', 'withdraw', '--person', 'ada'])).code).toBe(0)
  const shown = await overt(['receipt', 'show', '--person', 'ada', '--json'])
  expect(JSON.parse(shown.out).receipts[0].withdrawnAtEpochMs).toBeGreaterThan(0)
  expect((await overt(['sessions', 'list', '--purpose', 'ground', '--person', 'ada'])).code).toBe(4)
  expect((await overt(['receipt', 'verify', receipt])).code).toBe(4)
  expect((await overt(['device', 'enrol', '--person', 'ada'])).words).toContain('OVT-1728')
  const recorded = await overt(['record', '--suite', 'own', '--episodes', '1', '--person', 'ada'])
  expect([recorded.code, recorded.words]).toEqual([
    4,
    expect.stringMatching(/for ground: withdrawn on \d[\s\S]*receipt grant[\s\S]*OVT-1728/),
  ])
})

test('a person’s devices are listed, and one is ended for good', async () => {
  const enrolled = await saved('device.json', ['device', 'enrol', '--person', 'dora', '--json'])
  const { deviceId } = JSON.parse(readFileSync(enrolled, 'utf8'))
  const list = async () => JSON.parse((await overt(['device', 'list', '--person', 'dora', '--json'])).out).devices
  expect(await list()).toMatchObject([{ id: deviceId, revokedAtEpochMs: null, lastSentAtEpochMs: null }])
  expect(JSON.parse((await overt(['device', 'revoke', deviceId, '--json'])).out)).toMatchObject({
    device: deviceId,
    revoked: true,
    left: [],
  })
  expect((await list())[0].revokedAtEpochMs).toBeGreaterThan(0)
  expect((await overt(['device', 'revoke', deviceId])).out).toContain('had ended before')
  const unknown = await overt(['device', 'revoke', 'dev-nothing'])
  expect([unknown.code, unknown.words]).toEqual([5, expect.stringContaining('OVT-1767')])
})

test('a restriction keeps a person’s recordings from every reading, and is lifted by the same command', async () => {
  const manifest = await sample()
  await overt(['receipt', 'grant', '--manifest', manifest, '--person', 'rita', '--purposes', 'ground'])
  const list = ['sessions', 'list', '--purpose', 'ground', '--person', 'rita']
  expect((await overt(list)).code).toBe(0)
  const begun = await overt(['restrict', '--person', 'rita', '--json'])
  expect(JSON.parse(begun.out)).toMatchObject({ restricted: true, left: [], receipt: { entries: [{}] } })
  const refused = await overt(list)
  expect({ code: refused.code, told: /restrict/i.test(refused.words) }).toEqual({ code: 4, told: false })
  expect(JSON.parse((await overt(['restrict', '--person', 'rita', '--status', '--json'])).out)).toMatchObject({ restricted: true })
  expect((await overt(['restrict', '--person', 'rita', '--lift'])).code).toBe(0)
  expect((await overt(list)).code).toBe(0)
  expect((await overt(['restrict', '--person', 'nobody'])).code).toBe(5)
})

test.each([
  ['in the past', ['--expires', '2020-01-01']],
  ['for a purpose that is not offered', ['--purposes', 'share']],
  ['of a modality that is not offered', ['--modalities', 'pixels']],
])('a receipt %s is not granted', async (_, flags) => {
  const refused = await overt(['receipt', 'grant', '--manifest', await sample(), '--person', 'eve', ...flags])
  expect({ code: refused.code, out: refused.out }).toEqual({ code: 2, out: '' })
  expect(refused.words).toContain('OVT-1709')
})

test('each purpose is agreed to by its name: none, or an empty list, agrees to nothing', async () => {
  const several = await saved('several.json', [
    'manifest',
    'sample',
    '--origin',
    'http://127.0.0.1:8080',
    '--purposes',
    'ground,automate,share',
  ])
  const grant = (...flags: readonly string[]) => overt(['receipt', 'grant', '--manifest', several, '--person', 'eve', ...flags])
  for (const flags of [[], ['--purposes', ''], ['--purposes', ','], ['--purposes', 'ground', '--modalities', ',']]) {
    const { code, out, words } = await grant(...flags)
    expect({ flags, code, out }).toEqual({ flags, code: 2, out: '' })
    expect(words).toMatch(/name them with --[\s\S]*ground, automate, share[\s\S]*actions, text, structure[\s\S]*OVT-1709/)
  }
  expect(JSON.parse((await grant('--purposes', 'ground')).out).purposes).toEqual(['ground'])
})

test('a receipt that ends sooner than was asked for says so, and when', async () => {
  const grant = async (until: string) => overt(['receipt', 'grant', '--manifest', await sample(), '--person', 'eve', '--expires', until])
  const cut = await grant('400d')
  const ends = new Date(JSON.parse(cut.out).expiresAtEpochMs).toISOString()
  expect({ code: cut.code, words: cut.words }).toEqual({ code: 0, words: expect.stringMatching(`sooner than was asked for.*${ends}`) })
  expect(await grant('30d')).toMatchObject({ code: 0, words: '' })
  for (const until of ['2027-02-30', '99999999999999999999d']) expect(await grant(until)).toMatchObject({ code: 2, out: '' })
})

test('a pipe that is read slowly gets all that was written', async () => {
  const line = JSON.stringify({ id: 'a', text: 'a row of plain words '.repeat(50) })
  const child = spawn(process.execPath, [main, 'redact'], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(`${line}\n`.repeat(400))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  let lines = 0
  for await (const chunk of child.stdout) lines += String(chunk).split('\n').length - 1
  expect(lines).toBe(400)
})

test('an interrupted redaction whose input goes on ends at once, with 130', async () => {
  const child = spawn(process.execPath, [main, 'redact'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.stdin.write('{"id":"a","text":"plain"}\n')
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGINT')
  expect(await ended).toBe(130)
})

test('where no folder can be made, and in a working folder that is gone, a command ends with 3 and what to do', async () => {
  for (const args of [
    ['manifest', 'keys'],
    ['up', '--port', '0'],
  ]) {
    const { code, words } = await overt([...args, '--data', '/proc/nope'])
    expect({ code, words }).toEqual({ code: 3, words: expect.stringMatching(/can't be a data folder[\s\S]*--data DIR[\s\S]*OVT-1707/) })
  }
  const gone = mkdtempSync(join(tmpdir(), 'overt-gone-'))
  const script = `rmdir "$PWD"; exec "$0" "$@"`
  const child = spawn('sh', ['-c', script, process.execPath, main, 'manifest', 'keys'], { cwd: gone, stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(3)
  expect(words).toMatch(/folder[\s\S]*OVT-1749/)
})

test('an import that is no gzip file, or half of one, is told', async () => {
  writeFileSync(join(dir, 'task.jsonl.gz'), 'not gzip')
  writeFileSync(join(dir, 'half.jsonl.gz'), gzipSync('{}\n').subarray(0, 12))
  for (const name of ['task.jsonl.gz', 'half.jsonl.gz']) {
    const broken = await overt(['import', 'miniwob', join(dir, name), '--person', 'people'])
    expect({ code: broken.code, told: broken.words.includes('OVT-1718') }).toEqual({ code: 1, told: true })
  }
})

test('redact answers in JSON lines with spans in the input, and names the line that is no JSON', async () => {
  const text = 'mail ada@example.org now'
  const masked = await overt(['redact'], `${JSON.stringify({ id: 'a', text })}\n`)
  const { spans, text: after } = JSON.parse(masked.out)
  expect(after).not.toContain('ada@example.org')
  expect(spans).toEqual([{ start: 5, end: 20, kind: 'email' }])
  const broken = await overt(['redact'], '{"id":"a","text":"x"}\nnot json\n')
  expect({ code: broken.code, told: broken.words.includes('Line 2') }).toEqual({ code: 1, told: true })
})

test('the ledger verifies, one flipped byte names its entry, and a folder that is not there is 5', async () => {
  await saved('again.json', ['manifest', 'keys', '--json'])
  await overt(['ledger', 'show'])
  const good = await overt(['ledger', 'verify', '--json'])
  expect({ code: good.code, ok: JSON.parse(good.out).ok }).toEqual({ code: 0, ok: true })
  const entries = join(data, 'ledger', 'entries.jsonl')
  const lines = readFileSync(entries, 'utf8').split('\n')
  const [second = ''] = lines.slice(1, 2)
  lines[1] = second.replace('"kind":"', '"kind":"x')
  writeFileSync(entries, lines.join('\n'))
  const bad = await overt(['ledger', 'verify', '--json'])
  expect({ code: bad.code, firstBad: JSON.parse(bad.out).firstBad }).toEqual({ code: 1, firstBad: 1 })
  lines[1] = second
  writeFileSync(entries, lines.join('\n'))
  const nowhere = spawn(process.execPath, [main, 'ledger', 'verify', '--data', join(dir, 'nowhere')], { stdio: 'ignore' })
  expect(await new Promise((resolve) => nowhere.once('close', resolve))).toBe(5)
})

test.each([
  ['erase', '--person', 'ada'],
  ['manifest', 'facts'],
  ['kill', '--status'],
  ['kill'],
  ['retention'],
  ['sessions', 'list', '--purpose', 'ground'],
  ['receipt', 'show', '--person', 'ada'],
  ['ledger', 'show'],
])('where no data folder is, %s %s does not make one and say that all is well: it ends with 5', async (...args) => {
  const nowhere = join(dir, 'mistyped')
  const { code, words } = await overt([...args, '--data', nowhere])
  expect({ code, words }).toEqual({ code: 5, words: expect.stringMatching(/no data folder at .*mistyped[\s\S]*--data[\s\S]*OVT-1720/) })
  expect(existsSync(nowhere)).toBe(false)
})

test('a period that is no date is no period: facts are not found sound by it', async () => {
  await saved('receipt.json', ['receipt', 'grant', '--person', 'ada', '--manifest', await sample()])
  const wrong = await overt(['manifest', 'facts', '--from', 'yesterday'])
  expect({ code: wrong.code, words: wrong.words }).toEqual({ code: 2, words: expect.stringMatching(/--from takes a date[\s\S]*OVT-1705/) })
  const right = await overt(['manifest', 'facts', '--from', '2026-01-01', '--until', '2026-01-02T09:30Z'])
  expect({ code: right.code, out: right.out }).toEqual({ code: 0, out: expect.stringContaining('Nothing was captured in this time') })
})

test('a dataset spec that does not fit says which place, and an empty store builds nothing', async () => {
  writeFileSync(join(dir, 'bad.yaml'), 'name: first\npurpose: spying\n')
  const bad = await overt(['dataset', 'build', join(dir, 'bad.yaml'), '--out', join(dir, 'set')])
  expect({ code: bad.code, told: bad.words.includes('/purpose') }).toEqual({ code: 3, told: true })
  writeFileSync(join(dir, 'good.yaml'), 'name: first\npurpose: ground\n')
  const empty = await overt(['dataset', 'build', join(dir, 'good.yaml'), '--out', join(dir, 'set'), '--json'])
  expect({ code: empty.code, rows: JSON.parse(empty.out).rows }).toEqual({ code: 1, rows: 0 })
})

test('a damaged data folder is named, and nothing in it is changed', async () => {
  const broken = join(dir, 'broken')
  cpSync(data, broken, { recursive: true })
  const control = join(broken, 'control.sqlite')
  writeFileSync(control, 'no database')
  const child = spawn(process.execPath, [main, 'receipt', 'show', '--person', 'ada', '--data', broken], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1)
  expect(words).toMatch(/control\.sqlite[\s\S]*backup[\s\S]*OVT-1302/)
  expect(readFileSync(control, 'utf8')).toBe('no database')
})

test('a folder is backed up in two halves and restored from both; into a folder that is not empty it is refused with 3', async () => {
  await saved('keys-again.json', ['manifest', 'keys', '--json'])
  const [out, keys, fresh] = [join(dir, 'backup'), join(dir, 'backup-keys'), join(dir, 'restored')]
  expect((await overt(['backup', '--out', out])).code).toBe(2)
  expect((await overt(['backup', '--out', out, '--keys', keys])).words).toBe('')
  const into = async (target: string): Promise<number | null> => {
    const child = spawn(process.execPath, [main, 'restore', '--from', out, '--keys', keys, '--data', target], { stdio: 'ignore' })
    return new Promise((resolve) => child.once('close', resolve))
  }
  expect([await into(data), await into(fresh), await into(fresh)]).toEqual([3, 0, 3])
  const verified = spawn(process.execPath, [main, 'ledger', 'verify', '--data', fresh], { stdio: 'ignore' })
  expect(await new Promise((resolve) => verified.once('close', resolve))).toBe(0)
  expect(JSON.parse((await overt(['retention', '--json'])).out)).toMatchObject({
    events: { kept: 0, ended: 0, nextAtEpochMs: null },
    left: [],
  })
})

test('an occupied port ends with 3 and says how to go on', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const taken = await overt(['up', '--port', port])
  server.close()
  expect({ code: taken.code, told: /taken[\s\S]*--port[\s\S]*OVT-1601/.test(taken.words) }).toEqual({ code: 3, told: true })
})

test('a missing browser ends with what to install', async () => {
  const child = spawn(process.execPath, [main, 'record', '--suite', 'own', '--person', 'ada', '--episodes', '1', '--data', data], {
    env: { ...process.env, OVERT_CHROMIUM: join(dir, 'no-browser'), PATH: dir },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(3)
  expect(words).toMatch(/chromium[\s\S]*OVT-15/i)
})
