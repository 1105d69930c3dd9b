import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'

// Each rule starts the program several times.
vi.setConfig({ testTimeout: 240_000 })

const dir = mkdtempSync(join(tmpdir(), 'overt-kill-'))
const data = join(dir, 'data')
const councilKey = join(dir, 'council.json')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args, '--data', data, '--json'], { cwd: dir })
}

interface Ended {
  readonly code: number | null
  readonly told: Record<string, unknown>
  readonly words: string
}

async function overt(...args: readonly string[]): Promise<Ended> {
  const child = start(...args)
  let [out, words] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, told: JSON.parse(out), words }
}

const list = () => overt('sessions', 'list', '--purpose', 'ground')

test('one command stops what a running server records and reads; the operator’s key alone does not lift it, and with the council’s it is lifted', async () => {
  expect((await overt('device', 'enrol', '--person', 'ada', '--origin', 'http://127.0.0.1:8080')).code).toBe(0)
  const server = start('up', '--port', '0')
  const ended = new Promise((resolve) => server.once('close', resolve))
  await new Promise((resolve) => server.stdout?.once('data', resolve))
  expect((await list()).code).toBe(0)
  const killed = await overt('kill', '--why', 'a colleague is on the screen', '--council-key', councilKey)
  expect(killed).toMatchObject({ code: 0, told: { stopped: true, why: 'a colleague is on the screen', turned: [] } })
  expect(existsSync(councilKey)).toBe(true)
  const again = await overt('kill', '--why', 'another reason')
  expect(again).toMatchObject({ code: 0, told: { stopped: true, why: 'a colleague is on the screen' } })
  expect(again.words).toContain('stopped already')
  expect(killed.words).not.toContain('stopped already')
  expect(await list()).toMatchObject({ code: 4, told: { error: { code: 'OVT-1715' } } })
  // What would be of less than there is says so, and is not made.
  const spec = join(dir, 'spec.yaml')
  writeFileSync(spec, 'purpose: ground\n')
  for (const args of [
    ['takeout', '--person', 'ada', '--out', join(dir, 'ada.zip')],
    ['manifest', 'facts'],
    ['dataset', 'build', spec, '--out', join(dir, 'release')],
  ])
    expect([args[0], await overt(...args)]).toMatchObject([args[0], { code: 4, told: { error: { code: 'OVT-1315' } } }])
  expect(existsSync(join(dir, 'ada.zip'))).toBe(false)
  expect((await overt('kill', '--lift')).told).toMatchObject({ stopped: true, turned: ['operator'] })
  expect((await list()).code).toBe(4)
  server.kill('SIGTERM')
  await ended
  expect((await overt('kill', '--status')).told).toMatchObject({ stopped: true, turned: ['operator'] })
  expect((await overt('kill', '--lift', '--key', councilKey)).told).toMatchObject({ stopped: false })
  expect((await list()).code).toBe(0)
  const { told } = await overt('ledger', 'show')
  const kinds = (told['entries'] as { kind: string }[]).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'kill' || kind === 'lift')).toEqual(['kill', 'lift', 'lift'])
})
