import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { cli, type Server, startServer } from './server.fixture.ts'

const house = join(import.meta.dirname, '..')
let folder = ''
let server: Server | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overt-ingest-doc-'))
})

afterEach(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the commands of docs/spec/ingest.md, run as they stand, send a batch that is acknowledged', async () => {
  server = await startServer(join(folder, 'data'))
  const { url } = server
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
