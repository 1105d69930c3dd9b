import { execFile, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

import { enrolDevice } from '../govern/enrol.ts'
import { openStore } from '../store/open-store.ts'
import { scratchFolder, trustedManifest } from './fixture.ts'
import { createIngest, ingestBatch } from './ingest.ts'

const page = join(import.meta.dirname, '../../../../docs/spec/ingest.md')
const withCurl = spawnSync('curl', ['--version']).status === 0

/** The shell script of the page, from the step after the enrolment. */
function script(): string {
  const [, block = ''] = /```sh\n([^]*?)```/.exec(readFileSync(page, 'utf8')) ?? []
  const [enrol = '', ...rest] = block.split('\n')
  expect(enrol).toMatch(/^\.\/overt device enrol .*>device\.json$/)
  return rest.join('\n')
}

test.skipIf(!withCurl)('the page’s smallest batch and its curl line are taken as they stand', async () => {
  const folder = scratchFolder()
  const store = await openStore(folder.dir)
  const ingest = createIngest(store)
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      void ingestBatch(ingest, { headers: request.headers, body: Buffer.concat(chunks) }).then(({ status, body }) =>
        response.writeHead(status).end(JSON.stringify(body)),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const manifest = await trustedManifest(store, ['ground'], 'http://127.0.0.1:8080')
  const enrolment = await enrolDevice(store, { person: 'ada', manifest, endpoint: `http://127.0.0.1:${port}` })
  const work = scratchFolder()
  writeFileSync(join(work.dir, 'device.json'), JSON.stringify(enrolment))
  const env = { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env['PATH']}` }
  const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', script().replaceAll('127.0.0.1:4747', `127.0.0.1:${port}`)], {
    cwd: work.dir,
    env,
  })
  expect(JSON.parse(stdout)).toEqual({ acked: expect.any(String), duplicate: false })
  expect(ingest.counters()).toMatchObject({ stored: 1, redacted: 0, refused: {} })
  server.close()
  await store.close()
  folder.remove()
  work.remove()
})

test('the page names every reason of a refusal with its status', async () => {
  const { refusals } = await import('./refusal.ts')
  const rows = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
  for (const [kind, { status }] of Object.entries(refusals))
    expect(
      rows.some((row) => row.includes(String(status)) && row.includes(`\`${kind}\``)),
      kind,
    ).toBe(true)
})
