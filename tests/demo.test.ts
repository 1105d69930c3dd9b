import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const scratch = mkdtempSync(join(tmpdir(), 'overt demo '))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly words: string
}

/** The walk-through with few demonstrations and trials: the same parts, in a minute. */
function demo(house: string): Promise<Ended> {
  const flags = ['--headless', '--json', '--demonstrations', '2', '--episodes', '1', '--miniwob-demos', join(scratch, 'none')]
  const child = spawn(process.execPath, [join(house, 'apps/cli/src/main.ts'), 'demo', ...flags, '--data', join(scratch, basename(house))])
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, words })))
}

/** The house as it stands, built, but for one thing. */
function houseWithout(name: string, gone: string): string {
  const house = join(scratch, name)
  const left: ReadonlySet<string> = new Set(['node_modules', '.git', '.cache', '.overt'])
  cpSync(root, house, { recursive: true, filter: (path) => !left.has(basename(path)) })
  mkdirSync(join(house, 'node_modules/@overt'), { recursive: true })
  for (const entry of readdirSync(join(root, 'node_modules')))
    if (entry !== '@overt') symlinkSync(join(root, 'node_modules', entry), join(house, 'node_modules', entry))
  for (const group of ['packages', 'apps'])
    for (const entry of readdirSync(join(house, group))) symlinkSync(join(house, group, entry), join(house, 'node_modules/@overt', entry))
  expect(existsSync(join(house, gone))).toBe(true)
  rmSync(join(house, gone), { recursive: true })
  return house
}

test('the whole loop runs: recorded, trained, tried, erased, and the ledger holds', async () => {
  const { code, out, words } = await demo(root)
  expect({ code, words: code === 0 ? '' : words }).toEqual({ code: 0, words: '' })
  const report = JSON.parse(out)
  expect(report).toMatchObject({
    v: 1,
    human: null,
    correction: { success: true },
    agent: { n: 8 },
    erased: { canaryHits: 0, decrypts: 0, revoked: true },
    ledger: { ok: true },
  })
  expect(report.correction.steps).toBeGreaterThan(2)
  expect(words).toContain(`The correction: ${report.correction.steps} steps, recorded for learning.`)
  expect(report.erased.canaryHitsBefore).toBeGreaterThan(1)
  expect(Object.keys(report.baselines)).toEqual(['random', 'stringMatch', 'macroReplay'])
  expect(report.curve.map((point: { demonstrations: number }) => point.demonstrations)).toEqual([1, 2])
  expect(report.agent.successes).toBeGreaterThan(0)
})

test("without the recorder's bundle nothing is demonstrated, and nothing is learnt", async () => {
  const { code, out, words } = await demo(houseWithout('no recorder', 'packages/capture/dist/overt.iife.js'))
  expect(code).toBe(3)
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'OVT-1503' } })
  expect(words).not.toContain('demonstrations by a scripted colleague')
})
