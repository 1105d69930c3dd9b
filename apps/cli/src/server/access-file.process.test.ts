import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'

// Each rule starts the program.
vi.setConfig({ testTimeout: 240_000 })

const dir = mkdtempSync(join(tmpdir(), 'overt-access-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const good = {
  v: 'overt.access/1',
  publicUrl: 'http://localhost:0',
  issuer: 'http://127.0.0.1:1',
  clientId: 'overt',
  reach: 'private',
  roles: { staff: 'admin' },
}

function up(access: object) {
  const file = join(dir, 'access.json')
  writeFileSync(file, JSON.stringify(access))
  const args = [join(import.meta.dirname, '../main.ts'), 'up', '--port', '0', '--access', file, '--data', join(dir, 'data'), '--json']
  const child = spawn(process.execPath, args, { env: { ...process.env, OVERT_CLIENT_SECRET: 'a-secret-that-must-not-be-told' } })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, ended, first: new Promise((resolve) => child.stdout.once('data', resolve)), words: () => words }
}

test('with an access file nobody gets in by a link: a page leads to the provider, and the secret is nowhere told', async () => {
  const { child, ended, first, words } = up(good)
  await first
  const { url, signIn } = JSON.parse(words())
  expect(url).toMatch(/^http:\/\/localhost:[1-9]/)
  expect(signIn).toBe(`${url}/sign-in/start`)
  const page = await fetch(`${url}/mine`, { redirect: 'manual' })
  expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in/start'])
  // The provider of this test is not there.
  expect((await fetch(signIn)).status).toBe(401)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(words()).not.toContain('a-secret-that-must-not-be-told')
})

test('an access file that can’t be meant ends the start, and says which place', async () => {
  for (const [change, said] of [
    [{ roles: { staff: 'boss' } }, 'OVT-1706'],
    [{ issuer: 'http://id.example' }, 'OVT-1606'],
    [{ clientSecret: 'in a file' }, 'OVT-1706'],
  ] as const) {
    const { ended, words } = up({ ...good, ...change })
    expect(await ended).not.toBe(0)
    expect(words()).toContain(said)
  }
})
