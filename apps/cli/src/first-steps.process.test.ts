import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'

// Each rule starts the program several times.
vi.setConfig({ testTimeout: 240_000 })

const main = join(import.meta.dirname, 'main.ts')
const dir = mkdtempSync(join(tmpdir(), 'overt-first-'))
const data = join(dir, 'data')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly words: string
}

function overt(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args, ...(args.includes('--data') ? [] : ['--data', data])], { cwd: dir })
  child.stdin.end()
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, words })))
}

const enrolled = (): Promise<Ended> => overt('device', 'enrol', '--person', 'ada', '--origin', 'http://127.0.0.1:8080')

test('a folder that has an operator’s key alone is told as one where nothing began, and what is checked there is checked', async () => {
  expect((await overt('manifest', 'keys')).code).toBe(0)
  for (const command of [
    ['manifest', 'facts'],
    ['ledger', 'show'],
  ])
    expect(await overt(...command)).toMatchObject({
      code: 5,
      words: expect.stringMatching(/has its operator’s key, and nothing else yet[\s\S]*Begin with `overt up`[\s\S]*OVT-1720/),
    })
  const other = join(dir, 'other')
  const granted = JSON.parse((await overt('device', 'enrol', '--person', 'ada', '--origin', 'http://127.0.0.1:1', '--data', other)).out)
  const receipt = join(dir, 'receipt.json')
  writeFileSync(receipt, JSON.stringify(granted.receipt))
  expect((await overt('receipt', 'verify', receipt)).code).toBe(0)
})

test('who only checks a manifest gets no folder with a key in it', async () => {
  const file = join(dir, 'manifest.json')
  writeFileSync(file, (await overt('manifest', 'sample', '--origin', 'http://127.0.0.1:8080')).out)
  const nowhere = join(dir, 'mistyped')
  expect(await overt('manifest', 'check', file, '--data', nowhere)).toMatchObject({
    code: 4,
    words: expect.stringMatching(/untrusted-key[\s\S]*--data DIR[\s\S]*OVT-1710/),
  })
  expect(existsSync(nowhere)).toBe(false)
})

test.each([
  ['webhook', [], /--url is missing[\s\S]*OVT-1705/, 2],
  ['syslog', [], /--url is missing[\s\S]*OVT-1705/, 2],
  ['file', [], /--out is missing[\s\S]*OVT-1705/, 2],
  ['webhook', ['--url', 'siem'], /siem is no https address[\s\S]*OVT-1741/, 4],
  ['webhook', ['--url', 'https://siem.example', '--allow', 'all'], /--allow is not a list[\s\S]*OVT-1705/, 2],
  ['syslog', ['--url', 'siem:514'], /no address of a syslog collector[\s\S]*OVT-1744/, 2],
])('an export to %s %j is refused at once, also where nothing is to be sent', async (way, flags, words, code) => {
  await enrolled()
  const refused = await overt('ledger', 'export', '--to', way, '--from', '999', ...flags)
  expect(refused).toEqual({ code, out: '', words: expect.stringMatching(words) })
})

test.each([
  ['ingest', '--stores', 'zzz', /no store zzz; there are overt, sqlite/],
  ['ingest', '--workloads', 'demo,zzz', /no workload zzz; there are demo, full, demo\+text, full\+text/],
  ['capture', '--recorders', 'zzz', /no recorder zzz; there are none, rrweb/],
  ['capture', '--workloads', 'zzz', /no workload zzz; there are form/],
  ['capture', '--recorders', ',', /--recorders names none/],
  ['capture', '--stores', 'sqlite', /--stores is no flag of `overt bench capture`/],
  ['model', '--corpora', '.', /--corpora is no flag of `overt bench model`/],
  ['reidentify', '--keystrokes', main, /not of the CMU benchmark's form/],
])('bench %s %s %s is refused before anything runs, with what there is', async (what, flag, value, words) => {
  expect(await overt('bench', what, flag, value)).toEqual({ code: 2, out: '', words: expect.stringMatching(words) })
})

test.runIf(process.platform === 'linux')('a place that takes no folder is refused in words, by whatever was to write there', async () => {
  await enrolled()
  for (const command of [
    ['backup', '--keys', join(dir, 'k1'), '--out', '/proc/nope/deep'],
    ['backup', '--out', join(dir, 'b1'), '--keys', '/proc/nope'],
    [
      'deploy',
      'extension',
      '--target',
      'linux-json',
      '--id',
      'a',
      '--package',
      'https://a.example',
      '--endpoint',
      'https://a.example',
      '--out',
      '/proc/nope',
    ],
  ])
    expect(await overt(...command)).toMatchObject({
      code: 3,
      words: expect.stringMatching(/\/proc\/nope.* can't be made as a folder[\s\S]*Name another place[\s\S]*OVT-1311/),
    })
})

test('nothing is not erased, and neither is an empty name', async () => {
  await enrolled()
  for (const [flags, words] of [
    [['--person', 'ada', '--last', '0m'], /"0m" is no time at all[\s\S]*OVT-1705/],
    [['--person', 'ada', '--last=-5m'], /"-5m" is no time at all[\s\S]*OVT-1705/],
    [['--person', ''], /--person names nothing: it is empty[\s\S]*OVT-1705/],
    [['--session', '', '--last', '5m'], /--session names nothing: it is empty[\s\S]*OVT-1705/],
  ] as const)
    expect(await overt('erase', ...flags)).toEqual({ code: 2, out: '', words: expect.stringMatching(words) })
})

test('a doctor sees that a folder below a file can’t be one', async () => {
  const file = join(dir, 'a file')
  cpSync(main, file)
  const { findings } = JSON.parse((await overt('doctor', '--json', '--data', join(file, 'data'))).out)
  expect(findings.find(({ name }: { readonly name: string }) => name === 'permissions')).toMatchObject({ ok: false })
})
