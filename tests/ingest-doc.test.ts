import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterEach, beforeEach, expect, test } from 'vitest'

const house = join(import.meta.dirname, '..')
const cli = join(house, 'apps/cli/src/main.ts')
let folder = ''
let server: ChildProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overt-ingest-doc-'))
})

afterEach(async () => {
  const gone = new Promise((resolve) => (server === undefined ? resolve(0) : server.once('exit', resolve)))
  server?.kill('SIGTERM')
  await gone
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a server on any free port and returns its address. */
function up(): Promise<string> {
  const child = spawn(process.execPath, [cli, 'up', '--port', '0', '--data', join(folder, 'data')])
  server = child
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`the server ended: ${said}`)))
  })
}

test('the commands of docs/spec/ingest.md, run as they stand, send a batch that is acknowledged', async () => {
  const url = await up()
  const block = /```sh\n([\s\S]*?)```/.exec(readFileSync(join(house, 'docs/spec/ingest.md'), 'utf8'))?.[1] ?? ''
  expect(block).toContain('curl')
  const script = block
    .replaceAll('./overt device enrol', `"${process.execPath}" "${cli}" device enrol --data "${join(folder, 'data')}"`)
    .replaceAll('http://127.0.0.1:4747', url)
    .replaceAll('$(node ', `$("${process.execPath}" `)
  const { stdout } = await promisify(execFile)('sh', ['-euc', script], { cwd: folder })
  const answer = JSON.parse(stdout)
  expect(answer).toEqual({ acked: JSON.parse(readFileSync(join(folder, 'batch.json'), 'utf8')).id, duplicate: false })
})
