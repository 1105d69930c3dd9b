import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { type Stage, openStage } from '../packages/capture/chromium.ts'
import { cli, type Server, startServer } from './server.fixture.ts'

const house = join(import.meta.dirname, '..')
const page = readFileSync(join(house, 'docs/spec/sdk.md'), 'utf8')
let folder = ''
let stage: Stage
let server: Server | undefined

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overt-sdk-doc-'))
  stage = await openStage()
})

afterEach(async () => {
  await stage.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the example of docs/spec/sdk.md, as it stands, records into a server that the person has enrolled with', async () => {
  server = await startServer(join(folder, 'data'))
  const { url } = server
  const here = (text: string): string => text.replaceAll('http://127.0.0.1:4747', url).replaceAll('http://127.0.0.1:8080', stage.origin)
  const block = here(/```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
  const commands = block.replaceAll(/\.\/overt (\w+ \w+)/g, `"${process.execPath}" "${cli}" $1 --data "${join(folder, 'data')}"`)
  await promisify(execFile)('sh', ['-euc', commands], { cwd: folder })
  for (const file of ['device.json', 'keys.json']) stage.serve(`/${file}`, readFileSync(join(folder, file), 'utf8'), 'application/json')
  stage.serve('/overt.iife.js', readFileSync(join(house, 'packages/capture/dist/overt.iife.js'), 'utf8'), 'text/javascript')
  const html = here(/```html\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
  expect(html).toContain('data-enrolment')
  const shown = await stage.browser.newPage()
  await shown.goto(stage.serve('/orders', html))
  await shown.waitForSelector('overt-indicator', { state: 'attached' })
  const answered = shown.waitForResponse((response) => response.url() === `${url}/v1/batches` && response.request().method() === 'POST')
  await shown.click('#order')
  await shown.keyboard.type('1042')
  await shown.click('button')
  expect((await answered).status()).toBe(200)
  await shown.close()
})
